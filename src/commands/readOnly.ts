import { l10n } from 'vscode';
import { say } from '../views/say.ts';
import type { WriteCommandParts } from './writeCommandParts.ts';

/** Whether nothing may be changed, after words that say so. Asked before anything is picked, read or written: the setting may change between. */
export function refusesAsReadOnly({ settings }: Pick<WriteCommandParts, 'settings'>): boolean {
  const { readOnly } = settings();
  if (readOnly) void say(l10n.t('Intune Scripts is set to read only.'));
  return readOnly;
}
