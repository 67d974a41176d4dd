import * as vscode from 'vscode';
import type { Account, Identity } from '../../auth/account.ts';
import type { SignIn } from '../../auth/signIn.ts';
import type { Settings, updateSetting } from '../../host/settings.ts';
import { say } from '../../ui/notifications.ts';
import { showSettingProblems } from './settingProblems.ts';
import { accountName, type RefusalLog, showOutcome } from './showOutcome.ts';

/** What the command Sign In is made of. */
export interface SignInCommandParts {
  readonly signIn: SignIn;
  readonly readSettings: () => Settings;
  readonly updateSetting: typeof updateSetting;
  readonly log: RefusalLog;
}

/** Whether the user leaves the sample tenant, which needs no account, to sign in. */
const leaveSample = async (parts: SignInCommandParts): Promise<boolean> => {
  const leave = vscode.l10n.t('Leave It and Sign In');
  const choice = await say(vscode.l10n.t('You are working on the sample tenant.'), leave);
  if (choice !== leave) return false;
  await parts.updateSetting('useSampleTenant', undefined);
  return true;
};

/** Whether somebody who is signed in wants to be somebody else. */
const wantsAnother = async (account: Account): Promise<boolean> => {
  const another = vscode.l10n.t('Use Another Account');
  return (await say(vscode.l10n.t('You are signed in as {0}.', accountName(account)), another)) === another;
};

/** Sign In. Asks only for what reads scripts; the permission to change is asked for when something is changed for the first time. */
export const signIn = (parts: SignInCommandParts) => async (): Promise<void> => {
  if (parts.readSettings().useSampleTenant && !(await leaveSample(parts))) return;
  const { cloud, problems } = parts.readSettings();
  const problem = problems.find(({ key }) => key === 'clientId' || key === 'tenantId' || key === 'cloud' || key === 'signInMethod');
  if (problem) return showSettingProblems([problem]);
  const current = parts.signIn.identity;
  if (current && !(await wantsAnother(current.account))) return;
  const outcome = await parts.signIn.signIn({ anotherAccount: current !== undefined });
  await showOutcome(parts.signIn, outcome, cloud, parts.log);
};

/** Signs in with an account that the user chooses anew, without asking whether that is meant. */
export const signInAsAnother = (parts: Pick<SignInCommandParts, 'signIn' | 'readSettings' | 'log'>) => async (): Promise<void> => {
  const outcome = await parts.signIn.signIn({ anotherAccount: true });
  await showOutcome(parts.signIn, outcome, parts.readSettings().cloud, parts.log);
};

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
