import { l10n, window } from 'vscode';
import type { WriteCommandParts } from './writeCommandParts.ts';

/** Whether nothing may be changed, after words that say so. Asked before anything is picked, read or written: the setting may change between. */
export function refusesAsReadOnly({ settings }: Pick<WriteCommandParts, 'settings'>): boolean {
  const { readOnly } = settings();
  if (readOnly) void window.showInformationMessage(l10n.t('Intune Scripts is set to read only.'));
  return readOnly;
}
