import * as vscode from 'vscode';
import type { Identity } from '../auth/account.ts';
import type { SignIn } from '../auth/signIn.ts';
import { say } from '../views/say.ts';
import { accountName } from '../views/signIn/accountName.ts';

export interface SignOutParts {
  readonly signIn: Pick<SignIn, 'identity' | 'signOut'>;
  /** Forgets what was kept to show the tenant of somebody faster. */
  readonly forget: (identity: Identity) => Promise<void>;
  /** Whether the account is one of VS Code's. */
  readonly usesVSCode: () => boolean;
}

/** Sign Out: forgets the account here, and the names of its tenant. What ends its session in VS Code is VS Code's own menu. */
export const signOut = (parts: SignOutParts) => async (): Promise<void> => {
  const { identity } = parts.signIn;
  const account = identity?.account;
  await parts.signIn.signOut();
  if (identity) await parts.forget(identity);
  if (account && !parts.usesVSCode()) {
    await say(vscode.l10n.t('Signed out of Intune Scripts. The secret and the tokens of {0} are deleted here.', accountName(account)));
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
