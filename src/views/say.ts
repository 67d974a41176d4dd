import { window } from 'vscode';
import { withoutLinks } from './plainText.ts';

/** Shows a message with buttons, in which text of a tenant makes no link; the button that was pressed. */
export const say = async (message: string, ...buttons: readonly string[]): Promise<string | undefined> =>
  window.showInformationMessage(withoutLinks(message), ...buttons);
