import { l10n } from 'vscode';
import { type ScriptRef, scriptKey } from '../../intune/model/script.ts';
import { clipped } from '../words/clipped.ts';
import { shortId } from '../words/group.ts';
import { scriptLabel } from '../words/script.ts';

/** What a script is called in a review; where another one of its kind is called the same (see `namesakes`), with the start of its id. */
export function scriptTitle(script: ScriptRef, sameName: ReadonlySet<string>): string {
  const label = clipped(scriptLabel(script));
  return sameName.has(scriptKey(script)) ? l10n.t('{0} ({1})', label, shortId(script.id)) : label;
}
