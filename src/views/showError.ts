import { commands, l10n } from 'vscode';
import { commands as ids } from '../contract.ts';
import { isCancelled } from './cancellation.ts';
import { errorText, errorWords } from './errorWords.ts';
import { sayError } from './say.ts';

/**
 * Tells of an error in a notification that offers the log; of a cancellation, nothing. For commands only: what reads data or makes rows
 * shows no notification.
 *
 * @param what as in `errorWords`
 */
export async function showError(error: unknown, what?: string): Promise<void> {
  if (isCancelled(error)) return;
  const showLog = l10n.t('Show Log');
  const choice = await sayError(errorText(errorWords(error, what)), showLog);
  if (choice === showLog) await commands.executeCommand(ids.showLog);
}
