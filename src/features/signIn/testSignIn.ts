import { l10n } from 'vscode';
import { type Identity, isAppOnly, registrationOf, sameRegistration } from '../../auth/account.ts';
import type { SessionPort } from '../../auth/sessions.ts';
import { offeredTiers, type SignIn } from '../../auth/signIn.ts';
import { refusalOf } from '../../auth/signInError.ts';
import { refusalWords } from '../../auth/signInErrorText.ts';
import type { Clock } from '../../base/clock.ts';
import { clouds } from '../../graph/clouds.ts';
import { cloudTitle, type Settings } from '../../host/settings.ts';
import type { Tier } from '../../intune/model/families.ts';
import type { Connection } from '../../intune/read/connection.ts';
import { type Check, check, checkReport } from './check.ts';
import { accountName } from './showOutcome.ts';
import { type NetworkCheckParts, networkCheck, remediationCheck, tierCheck } from './tierChecks.ts';

export interface TestSignInParts extends NetworkCheckParts {
  readonly readSettings: () => Settings;
  readonly signIn: Pick<SignIn, 'identity' | 'ensureTier'>;
  readonly sessions: Pick<SessionPort, 'getSession' | 'getAccounts'>;
  readonly connection: () => Connection | undefined;
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  readonly withProgress: (work: () => Promise<void>) => Promise<void>;
  /** Shows a text that stays as it is. */
  readonly showText: (title: string, content: string) => Promise<void>;
  readonly say: (text: string, ...buttons: string[]) => Promise<string | undefined>;
  /** Reads the tree again. */
  readonly refresh: () => Promise<void>;
  readonly report: (error: unknown) => void;
}

type Parts = TestSignInParts;

interface Tested {
  readonly checks: readonly Check[];
  /** Whether something could not be read for want of a role. */
  readonly roleMissing: boolean;
}

const isSame = (one: Identity | undefined, other: Identity | undefined): boolean =>
  sameRegistration(one, other) && one?.account.id === other?.account.id;

const changedCheck = (): Check =>
  check(l10n.t('Account'), 'attention', [l10n.t('The account or the tenant was changed during the test.')], l10n.t('Test again.'));

async function testAll(parts: Parts, chosen: readonly Tier[] | undefined): Promise<Tested> {
  const settings = parts.readSettings();
  const start = [settingsCheck(settings)];
  const ended = (...checks: readonly Check[]): Tested => ({ checks: [...start, ...checks], roleMissing: false });
  const registration = registrationOf(settings);
  if (!registration) return ended(await networkCheck(parts, settings, false));
  const before = parts.signIn.identity;
  const method = await methodCheck(parts.sessions, settings, before !== undefined);
  const { identity } = parts.signIn;
  if (before ? !isSame(before, identity) : identity && !sameRegistration(registration, identity)) return ended(changedCheck());
  start.push(method);
  const client = parts.connection()?.client;
  const account = l10n.t('Account');
  if (!identity || !client || parts.connection()?.sample) {
    const remedy = l10n.t('Run Intune Scripts: Sign In, then test again.');
    return ended(check(account, 'fails', [l10n.t('Nobody is signed in.')], remedy), await networkCheck(parts, settings, false));
  }
  start.push(check(account, 'works', [accountName(identity.account)]));
  const tiers: Awaited<ReturnType<typeof tierCheck>>[] = [];
  // One after another: tokens of one account are not asked for at once.
  for (const tier of offeredTiers(settings.readOnly).filter(one => chosen?.includes(one) ?? true)) {
    const tested = await tierCheck({ ...parts, signInMethod: settings.signInMethod, identity, client }, tier);
    // What it found may be of the other tenant, which this report is not about.
    if (!isSame(identity, parts.signIn.identity)) return ended(...tiers.map(tier => tier.check), changedCheck());
    tiers.push(tested);
  }
  const done = tiers.flatMap(tier => tier.reads);
  const remediations = done.some(({ name, works }) => name === 'deviceHealthScripts' && works) ? [await remediationCheck(client)] : [];
  const clock = clockCheck(
    parts.clock.now(),
    done.flatMap(({ date }) => date ?? []),
  );
  const reached = done.some(({ works, lacks }) => works || lacks !== undefined);
  const network = await networkCheck(parts, settings, reached);
  if (!isSame(identity, parts.signIn.identity)) return ended(...tiers.map(tier => tier.check), changedCheck());
  return {
    checks: [...start, ...tiers.map(tier => tier.check), ...remediations, clock, network],
    // An app has no role that could be activated.
    roleMissing: !isAppOnly(identity.account) && done.some(({ lacks }) => lacks === 'role'),
  };
}

/** Milliseconds before each try after a role was activated: it takes minutes until all of Intune knows. */
const roleWaits = [0, 15_000, 30_000, 60_000];

/** Tries with new tokens until the role is there, or nobody would wait longer. */
async function testWithRole(parts: Parts, chosen: readonly Tier[] | undefined): Promise<Tested> {
  let tested: Tested | undefined;
  for (const wait of roleWaits) {
    await parts.clock.sleep(wait);
    parts.connection()?.client.renewTokens();
    tested = await testAll(parts, chosen);
    if (!tested.roleMissing) break;
  }
  return tested ?? testAll(parts, chosen);
}

async function showReport({ clock, showText }: Parts, { checks }: Tested): Promise<void> {
  const line = l10n.t(
    'Made on {0}. Nothing was changed, and no secret is in it. It may name the account and the tenant.',
    new Date(clock.now()).toISOString(),
  );
  await showText(l10n.t('Sign-in test.md'), checkReport(checks, line));
}

/** A role that was activated while nobody looked is in no token that there is. */
async function askForRole(parts: Parts, chosen: readonly Tier[] | undefined): Promise<void> {
  const activated = l10n.t('I Just Activated My Role');
  const text = l10n.t('Your account has no Intune role that allows all of this. The report says more.');
  if ((await parts.say(text, activated)) !== activated) return;
  await parts.withProgress(async () => {
    const tested = await testWithRole(parts, chosen);
    await showReport(parts, tested);
    if (!tested.roleMissing) await parts.refresh();
  });
}

/**
 * Test Sign-In: looks at each step from the settings to a read of each permission, or of the `chosen` ones, asks nobody, writes nothing, and
 * opens a report.
 */
export const testSignIn = (parts: TestSignInParts, chosen?: readonly Tier[]) => async (): Promise<void> => {
  await parts.withProgress(async () => {
    const tested = await testAll(parts, chosen);
    await showReport(parts, tested);
    // Not awaited: a notification may stand for hours.
    if (tested.roleMissing) void askForRole(parts, chosen).catch(parts.report);
  });
};

/** Whether the settings name an app registration. */
function settingsCheck({ clientId, tenantId, cloud, useSampleTenant, problems }: Settings): Check {
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
async function methodCheck(
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
function clockCheck(now: number, dates: readonly number[]): Check {
  const title = l10n.t('Clock');
  const [date] = dates;
  if (date === undefined) return check(title, 'notTested', [l10n.t('Microsoft Graph told no time.')]);
  const skew = Math.round(Math.abs(now - date) / 1000);
  const found = l10n.t('This computer and Microsoft Graph differ by {0} s.', skew);
  return skew * 1000 <= mostSkew
    ? check(title, 'works', [found])
    : check(title, 'attention', [found], l10n.t('Set the clock of this computer.'));
}
