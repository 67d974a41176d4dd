import * as vscode from 'vscode';
import type { Account } from '../../auth/account.ts';
import { environmentOf } from '../../auth/sessions.ts';
import type { SignIn, SignInOutcome } from '../../auth/signIn.ts';
import { lookUpLink, pageCode, type Refusal, refusalOf } from '../../auth/signInError.ts';
import { type Remedy, refusalWords } from '../../auth/signInErrorText.ts';
import type { CloudId } from '../../graph/clouds.ts';
import { setSovereignEnvironment } from '../../host/settings.ts';
import { commands, section, settings } from '../../manifest.ts';
import { askText } from '../../ui/inputBox.ts';
import { ask, say, sayError, sayWarning } from '../../ui/notifications.ts';
import { visibleName } from '../../ui/plainText.ts';

/** Where refusals are written down; what is in them is redacted already. */
export interface RefusalLog {
  info(line: string): void;
}

const remedyTitle = (remedy: Remedy, cloud: CloudId): string =>
  ({
    consent: vscode.l10n.t('Open Consent Page'),
    setUp: vscode.l10n.t('Set Up Sign-In'),
    testSignIn: vscode.l10n.t('Test Sign-In'),
    sovereignSetting: vscode.l10n.t('Set It to {0}', environmentOf(cloud)),
    method: vscode.l10n.t('Choose Another Way'),
    explainCode: explainCodeTitle(),
    lookUpCode: vscode.l10n.t('Look Up Code'),
  })[remedy];

const apply = async (remedy: Remedy, refusal: Refusal, cloud: CloudId, log: RefusalLog): Promise<void> => {
  const { executeCommand } = vscode.commands;
  switch (remedy) {
    case 'consent':
      return executeCommand(commands.openConsentPage);
    case 'setUp':
      return executeCommand(commands.setUpSignIn);
    case 'testSignIn':
      return executeCommand(commands.testSignIn);
    case 'sovereignSetting':
      await setSovereignEnvironment(environmentOf(cloud));
      return executeCommand(commands.signIn);
    case 'method':
      return executeCommand('workbench.action.openSettings', `${section}.${settings.signInMethod}`);
    case 'explainCode':
      return explainCode(cloud, log);
    case 'lookUpCode':
      await vscode.env.openExternal(vscode.Uri.parse(lookUpLink(refusal.code ?? ''), true));
  }
};

const showRefusal = async (refusal: Refusal, cloud: CloudId, log: RefusalLog): Promise<void> => {
  // What Show Log has to show: nothing else logs what a provider says.
  log.info(`Sign-in refused: ${refusal.reason}, ${refusal.message}`);
  const { message, remedy } = refusalWords(refusal, cloud);
  const help = remedy && remedyTitle(remedy, cloud);
  const showLog = vscode.l10n.t('Show Log');
  const choice = await sayError(message, ...(help === undefined ? [] : [help]), showLog);
  if (remedy && choice === help) await apply(remedy, refusal, cloud, log);
  else if (choice === showLog) await vscode.commands.executeCommand(commands.showLog);
};

const explainCodeTitle = (): string => vscode.l10n.t('Explain an Error Code');

/** Asks for the code that the page of Microsoft Entra showed, and says what it means and what helps. */
export const explainCode = async (cloud: CloudId, log: RefusalLog): Promise<void> => {
  const answer = await askText({
    title: explainCodeTitle(),
    prompt: vscode.l10n.t('The code that the sign-in page showed, or all of its message'),
    initial: '',
    parse: pageCode,
    problem: () => vscode.l10n.t('Enter a code such as AADSTS50011.'),
  });
  if (answer?.kind === 'picked') await showRefusal(refusalOf(new Error(answer.value)), cloud, log);
};

/** Microsoft Entra shows many a refusal on its page only, so that VS Code waits until the user leaves. */
const showLeft = async (cloud: CloudId, log: RefusalLog): Promise<void> => {
  const text = vscode.l10n.t('Sign-in was not completed. If the sign-in page showed an error, its code says who can help.');
  if ((await say(text, explainCodeTitle())) === explainCodeTitle()) await explainCode(cloud, log);
};

const showNeedsUser = async (): Promise<void> => {
  const again = vscode.l10n.t('Sign In');
  const choice = await sayWarning(vscode.l10n.t('Your sign-in has to be renewed.'), again);
  if (choice === again) await vscode.commands.executeCommand(commands.signIn);
};

/** Asks whether the account that the user signed in with is to be used from now on. Declined: the one before stays. */
const askForOther = async (signIn: SignIn, outcome: Extract<SignInOutcome, { kind: 'otherAccount' }>): Promise<SignInOutcome> => {
  const { actual, expected } = outcome;
  const use = vscode.l10n.t('Use {0}', accountName(actual));
  const choice = await ask(
    vscode.l10n.t('You signed in as {0}, not as {1}.', accountName(actual), accountName(expected)),
    vscode.l10n.t('Intune Scripts works with one account at a time. Its role decides what you see and may change.'),
    use,
  );
  return choice === use ? signIn.use(actual) : { kind: 'cancelled' };
};

/**
 * Says what an outcome of sign-in means, and asks where there is something to ask. Success and cancellation are silent.
 * Resolves to true when one may go on.
 */
export const showOutcome = async (signIn: SignIn, outcome: SignInOutcome, cloud: CloudId, log: RefusalLog): Promise<boolean> => {
  const settled = outcome.kind === 'otherAccount' ? await askForOther(signIn, outcome) : outcome;
  if (settled.kind === 'notSetUp') await vscode.commands.executeCommand(commands.setUpSignIn);
  if (settled.kind === 'refused') await showRefusal(settled.refusal, cloud, log);
  // An account that was to be used and is another one again has to sign in anew.
  if (settled.kind === 'needsUser' || settled.kind === 'otherAccount') await showNeedsUser();
  if (settled.kind === 'left') await showLeft(cloud, log);
  return settled.kind === 'ok';
};

/** What an account is called: its user principal name, or its id where nothing of that would be seen. */
export const accountName = ({ id, label }: Account): string => visibleName(label) ?? id;
