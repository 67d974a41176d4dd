import * as vscode from 'vscode';
import type { SignIn } from '../auth/signIn.ts';
import { say } from '../views/say.ts';
import { accountName } from '../views/signIn/accountName.ts';

/** Sign Out: forgets the account here. What ends its session in VS Code is VS Code's own menu. */
export const signOut = (parts: { readonly signIn: SignIn }) => async (): Promise<void> => {
  const account = parts.signIn.identity?.account;
  await parts.signIn.signOut();
  const message =
    account === undefined
      ? vscode.l10n.t('You are not signed in to Intune Scripts.')
      : vscode.l10n.t(
          'Signed out of Intune Scripts. VS Code still knows {0}: to remove the account, use the Accounts menu in the activity bar.',
          accountName(account),
        );
  await say(message);
};
