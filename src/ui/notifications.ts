// Notifications make links of their text. Everybody shows them through here, so that text of a tenant cannot become one.
import { commands, l10n, type MessageItem, window } from 'vscode';
import { commands as ids } from '../manifest.ts';
import { errorText, errorWords, isCancelled } from './errorText.ts';
import { plainText, withoutLinks } from './plainText.ts';

type Say = (message: string, ...buttons: readonly string[]) => Promise<string | undefined>;

const harmless = (message: string): string => withoutLinks(plainText(message));

/** Shows a message with buttons; the button that was pressed. */
export const say: Say = async (message, ...buttons) => window.showInformationMessage(harmless(message), ...buttons);

/** The same for what the user has to look after. */
export const sayWarning: Say = async (message, ...buttons) => window.showWarningMessage(harmless(message), ...buttons);

/** The same for what did not work. `showError` finds the words for an error. */
export const sayError: Say = async (message, ...buttons) => window.showErrorMessage(harmless(message), ...buttons);

/** Asks in a dialog that has to be answered; the button that was pressed, undefined for its Cancel. */
export const ask = async (message: string, detail: string, ...buttons: readonly string[]): Promise<string | undefined> =>
  window.showWarningMessage(harmless(message), { modal: true, detail: withoutLinks(detail) }, ...buttons);

/** The same where "Cancel" would be taken for what is asked: `keep` leaves all as it is. Resolves to whether to do it. */
export async function askOrKeep(message: string, detail: string, act: string, keep: string): Promise<boolean> {
  const choice: MessageItem = { title: act };
  const options = { modal: true, detail: withoutLinks(detail) };
  return (await window.showWarningMessage(harmless(message), options, choice, { title: keep, isCloseAffordance: true })) === choice;
}

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
