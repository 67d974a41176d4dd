import * as vscode from 'vscode';
import type { SignInOutcome } from '../../auth/outcome.ts';
import type { Refusal } from '../../auth/refusal.ts';
import { type Remedy, refusalWords } from '../../auth/refusalWords.ts';
import type { SignIn } from '../../auth/signIn.ts';
import { environmentOf } from '../../auth/sovereignSessions.ts';
import { commands } from '../../contract.ts';
import type { CloudId } from '../../graph/clouds.ts';
import { setSovereignEnvironment } from '../../host/settings.ts';
import { ask, sayError, sayWarning } from '../say.ts';
import { accountName } from './accountName.ts';

const remedyTitle = (remedy: Remedy, cloud: CloudId): string =>
  ({
    consent: vscode.l10n.t('Open Consent Page'),
    setUp: vscode.l10n.t('Set Up Sign-In'),
    sovereignSetting: vscode.l10n.t('Set It to {0}', environmentOf(cloud)),
  })[remedy];

const apply = (remedy: Remedy, cloud: CloudId): Thenable<unknown> => {
  if (remedy === 'consent') return vscode.commands.executeCommand(commands.openConsentPage);
  if (remedy === 'setUp') return vscode.commands.executeCommand(commands.setUpSignIn);
  return setSovereignEnvironment(environmentOf(cloud)).then(() => vscode.commands.executeCommand(commands.signIn));
};

const showRefusal = async (refusal: Refusal, cloud: CloudId): Promise<void> => {
  const { message, remedy } = refusalWords(refusal, cloud);
  const help = remedy && remedyTitle(remedy, cloud);
  const log = vscode.l10n.t('Show Log');
  const choice = await sayError(message, ...(help === undefined ? [] : [help]), log);
  if (remedy && choice === help) await apply(remedy, cloud);
  else if (choice === log) await vscode.commands.executeCommand(commands.showLog);
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
export const showOutcome = async (signIn: SignIn, outcome: SignInOutcome, cloud: CloudId): Promise<boolean> => {
  const settled = outcome.kind === 'otherAccount' ? await askForOther(signIn, outcome) : outcome;
  if (settled.kind === 'notSetUp') await vscode.commands.executeCommand(commands.setUpSignIn);
  if (settled.kind === 'refused') await showRefusal(settled.refusal, cloud);
  if (settled.kind === 'needsUser') await showNeedsUser();
  return settled.kind === 'ok';
};
