import * as vscode from 'vscode';
import type { Identity } from '../auth/account.ts';
import type { SignIn } from '../auth/signIn.ts';
import { say } from '../views/say.ts';
import { accountName } from '../views/signIn/accountName.ts';

export interface SignOutParts {
  readonly signIn: Pick<SignIn, 'identity' | 'signOut'>;
  /** Who signed in last here, also where the session is gone. */
  readonly remembered: () => Identity | undefined;
  /** Forgets what was kept of somebody's tenant, and of the app, even where nobody is signed in: a secret may be there all the same. */
  readonly forget: (identity: Identity | undefined) => Promise<void>;
  /** Whether the account is one of VS Code's. */
  readonly usesVSCode: () => boolean;
}

/** Sign Out: forgets the account here, and the names of its tenant. What ends its session in VS Code is VS Code's own menu. */
export const signOut = (parts: SignOutParts) => async (): Promise<void> => {
  const { identity } = parts.signIn;
  // Of the pin, which the sign-out takes away: a session may be gone before.
  const known = identity ?? parts.remembered();
  const account = identity?.account;
  await parts.signIn.signOut();
  await parts.forget(known);
  if (!parts.usesVSCode()) {
    const gone = account
      ? vscode.l10n.t('Signed out of Intune Scripts. The secret and the tokens of {0} are deleted here.', accountName(account))
      : vscode.l10n.t('You are not signed in to Intune Scripts. A secret that was kept of the app is deleted.');
    await say(gone);
    return;
  }
  const message =
    account === undefined
      ? vscode.l10n.t('You are not signed in to Intune Scripts.')
      : vscode.l10n.t(
          'Signed out of Intune Scripts. VS Code still knows {0}: to remove the account, use the Accounts menu in the activity bar.',
          accountName(account),
        );
  await say(message);
};
