import { l10n } from 'vscode';
import type { ScriptRef } from '../../intune/model/script.ts';
import { visibleName } from '../plainText.ts';

/** What a script is called; words where it has no name, and its id stands in for one. Never an id. */
export const scriptLabel = ({ id, name }: Pick<ScriptRef, 'id' | 'name'>): string =>
  (name === id ? undefined : visibleName(name)) ?? l10n.t('Script without a name');
