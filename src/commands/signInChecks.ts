import { l10n } from 'vscode';
import type { SessionPort } from '../auth/sessions.ts';
import { refusalOf } from '../auth/signInError.ts';
import { refusalWords } from '../auth/signInErrorText.ts';
import { clouds } from '../graph/clouds.ts';
import type { Settings } from '../host/settings.ts';
import { cloudTitle } from '../host/settings.ts';
import { type Check, check } from '../views/signInTest/check.ts';

/** Whether the settings name an app registration. */
export function settingsCheck({ clientId, tenantId, cloud, useSampleTenant, problems }: Settings): Check {
  const title = l10n.t('Settings');
  const ids = [
    l10n.t('Client ID: {0}', clientId ?? l10n.t('missing')),
    l10n.t('Tenant ID: {0}', tenantId ?? l10n.t('missing')),
    l10n.t('Cloud: {0}', cloudTitle(cloud)),
    ...problems.map(({ message }) => message),
  ];
  const setUp = l10n.t('Run Intune Scripts: Set Up Sign-In.');
  const sample = useSampleTenant ? [l10n.t('The sample tenant is shown in place of your own, and needs none of this.')] : [];
  const found = [...sample, ...ids];
  if (clientId === undefined || tenantId === undefined) return check(title, 'fails', found, setUp);
  if (problems.length > 0) return check(title, 'attention', found, l10n.t('Correct the settings that are named.'));
  if (!useSampleTenant) return check(title, 'works', found);
  return check(title, 'attention', found, l10n.t('Run Intune Scripts: Leave the Sample Tenant.'));
}

/**
 * Whether there is somebody to sign in as, by the way that the settings name. Asks nobody: no token of an app or of the Azure CLI is asked
 * for before somebody has agreed to that by signing in.
 */
export async function methodCheck(
  sessions: Pick<SessionPort, 'getAccounts'>,
  { cloud, signInMethod }: Settings,
  isSignedIn: boolean,
): Promise<Check> {
  const { provider } = clouds[cloud];
  const ofVSCode = signInMethod === 'vscode';
  const title = ofVSCode ? l10n.t('Microsoft accounts of VS Code') : l10n.t('Way to sign in');
  const way = ofVSCode ? [] : [l10n.t('{0} is {1}.', 'intuneScripts.signInMethod', signInMethod)];
  try {
    const accounts = ofVSCode || isSignedIn ? await sessions.getAccounts(provider) : [];
    const known = ofVSCode ? l10n.t('Microsoft accounts that VS Code knows: {0}', accounts.length) : l10n.t('There is a token.');
    if (accounts.length > 0) return check(title, 'works', [...way, known]);
    const none = ofVSCode ? l10n.t('VS Code knows no Microsoft account.') : l10n.t('There is no token.');
    return check(title, 'attention', [...way, none], l10n.t('Run Intune Scripts: Sign In.'));
  } catch (error) {
    return check(title, 'fails', [...way, refusalWords(refusalOf(error), cloud).message]);
  }
}

/** Milliseconds between two clocks that sign-in bears: tokens are refused at five minutes. */
const mostSkew = 60_000;

/** Whether the clock of this computer is right, by the times that the service told. All in milliseconds since the epoch. */
export function clockCheck(now: number, dates: readonly number[]): Check {
  const title = l10n.t('Clock');
  const [date] = dates;
  if (date === undefined) return check(title, 'notTested', [l10n.t('Microsoft Graph told no time.')]);
  const skew = Math.round(Math.abs(now - date) / 1000);
  const found = l10n.t('This computer and Microsoft Graph differ by {0} s.', skew);
  return skew * 1000 <= mostSkew
    ? check(title, 'works', [found])
    : check(title, 'attention', [found], l10n.t('Set the clock of this computer.'));
}
