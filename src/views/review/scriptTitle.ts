import { l10n } from 'vscode';
import type { Proposal } from '../../intune/proposal.ts';
import { type ScriptRef, scriptKey } from '../../intune/script.ts';
import { namesakes } from '../namesakes.ts';
import { shortId } from '../words/group.ts';
import { scriptLabel } from '../words/script.ts';

/** What a script is called in a review; where another one of its kind is called the same, with the start of its id. */
export function scriptTitle(script: ScriptRef, { connection }: Pick<Proposal, 'connection'>): string {
  const label = scriptLabel(script);
  return namesakes(connection.inventory.scripts()).has(scriptKey(script)) ? l10n.t('{0} ({1})', label, shortId(script.id)) : label;
}
