import * as vscode from 'vscode';
import type { Account } from '../auth/account.ts';
import type { SignIn } from '../auth/signIn.ts';
import type { Settings, updateSetting } from '../host/settings.ts';
import { say } from '../views/say.ts';
import { showSettingProblems } from '../views/settingProblems.ts';
import { accountName } from '../views/signIn/accountName.ts';
import { type RefusalLog, showOutcome } from '../views/signIn/showOutcome.ts';

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
