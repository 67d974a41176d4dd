import { l10n } from 'vscode';
import { type Identity, registrationOf } from '../auth/account.ts';
import { refusalOf } from '../auth/refusal.ts';
import { refusalWords } from '../auth/refusalWords.ts';
import { tierSessionScopes } from '../auth/scopes.ts';
import type { SessionPort } from '../auth/sessionPort.ts';
import type { SignIn } from '../auth/signIn.ts';
import { offeredTiers, tierTitle } from '../auth/tierWords.ts';
import { tokenScopes } from '../auth/tokenClaims.ts';
import { type GraphClient, GraphError, type GraphRequest } from '../graph/client.ts';
import type { Clock } from '../graph/clock.ts';
import { clouds } from '../graph/clouds.ts';
import type { NetworkSetting } from '../host/networkSettings.ts';
import type { Settings } from '../host/settings.ts';
import type { Connection } from '../intune/connection.ts';
import { type Tier, tierScopes } from '../intune/permissions.ts';
import { errorText, errorWords } from '../views/errorWords.ts';
import { accountName } from '../views/signIn/accountName.ts';
import type { Check } from '../views/signInTest/check.ts';
import { checkReport } from '../views/signInTest/checkReport.ts';

export interface TestSignInParts {
  readonly readSettings: () => Settings;
  readonly signIn: Pick<SignIn, 'identity' | 'ensureTier'>;
  readonly sessions: Pick<SessionPort, 'getSession' | 'getAccounts'>;
  readonly connection: () => Connection | undefined;
  readonly network: () => readonly NetworkSetting[];
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  readonly withProgress: (work: () => Promise<void>) => Promise<void>;
  readonly openDocument: (language: string, content: string) => Promise<void>;
  readonly say: (text: string, ...buttons: string[]) => Promise<string | undefined>;
  /** Reads the tree again. */
  readonly refresh: () => Promise<void>;
  readonly report: (error: unknown) => void;
}

type Parts = TestSignInParts;

const check = (title: string, result: Check['result'], found: readonly string[], remedy?: string): Check => ({
  title,
  result,
  found,
  remedy,
});

function settingsCheck({ clientId, tenantId, cloud, useSampleTenant, problems }: Settings): Check {
  const title = l10n.t('Settings');
  const ids = [
    l10n.t('Client ID: {0}', clientId ?? l10n.t('missing')),
    l10n.t('Tenant ID: {0}', tenantId ?? l10n.t('missing')),
    l10n.t('Cloud: {0}', cloud),
    ...problems.map(({ message }) => message),
  ];
  const setUp = l10n.t('Run Intune Scripts: Set Up Sign-In.');
  if (clientId === undefined || tenantId === undefined) return check(title, 'fails', ids, setUp);
  if (problems.length > 0) return check(title, 'attention', ids, l10n.t('Correct the settings that are named.'));
  if (!useSampleTenant) return check(title, 'works', ids);
  const sample = l10n.t('The sample tenant is shown in place of your own.');
  return check(title, 'attention', [...ids, sample], l10n.t('Run Intune Scripts: Leave the Sample Tenant.'));
}

async function providerCheck({ sessions }: Parts, { cloud }: Settings): Promise<Check> {
  const { provider } = clouds[cloud];
  const title = l10n.t('Microsoft accounts of VS Code');
  try {
    const accounts = await sessions.getAccounts(provider);
    return accounts.length > 0
      ? check(title, 'works', [l10n.t('Accounts that {0} knows: {1}', provider, accounts.length)])
      : check(title, 'attention', [l10n.t('{0} knows no account.', provider)], l10n.t('Run Intune Scripts: Sign In.'));
  } catch (error) {
    return check(title, 'fails', [refusalWords(refusalOf(error), cloud).message]);
  }
}

/** What is read to see whether a tier works: one item of each kind. */
const reads: Readonly<Partial<Record<Tier, readonly (readonly [string, string])[]>>> = {
  browse: [
    ['deviceManagementScripts', '/beta/deviceManagement/deviceManagementScripts?$top=1&$select=id'],
    ['deviceHealthScripts', '/beta/deviceManagement/deviceHealthScripts?$top=1&$select=id'],
    ['deviceShellScripts', '/beta/deviceManagement/deviceShellScripts?$top=1&$select=id'],
    ['groups', '/v1.0/groups?$top=1&$select=id'],
  ],
  browseMore: [['configurationPolicies', '/beta/deviceManagement/configurationPolicies?$top=1&$select=id']],
};

/** What remediations need beside permissions. Source: deploy-remediations.md in MicrosoftDocs/memdocs. */
const remediationNeeds = (): string =>
  l10n.t(
    'Remediations need a license that includes them (Windows E3 or E5, Education A3 or A5, or VDA), and an Intune Service Administrator confirms that once.',
  );

interface Read {
  readonly name: string;
  readonly works: boolean;
  readonly found: string;
  readonly role: boolean;
  /** The time of the service, in milliseconds since the epoch. */
  readonly date: number | undefined;
}

async function readOne(client: GraphClient, name: string, request: GraphRequest): Promise<Read> {
  try {
    const { headers } = await client.send(request);
    const date = Date.parse(headers.get('date') ?? '');
    return { name, works: true, found: l10n.t('{0} can be read.', name), role: false, date: Number.isNaN(date) ? undefined : date };
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    const found = errorText(errorWords(error, l10n.t('{0} cannot be read.', name)));
    return { name, works: false, found, role: error.kind === 'forbidden', date: undefined };
  }
}

/** What a token says of its permissions. Consent from before 2025 names settings in place of scripts. */
function tokenFound(scopes: readonly string[] | undefined, tier: Tier): readonly string[] {
  if (!scopes) return [];
  const missing = tierScopes[tier].filter(scope => !scopes.some(one => one.toLowerCase() === scope.toLowerCase()));
  const isOld =
    missing.some(scope => scope.startsWith('DeviceManagementScripts')) &&
    scopes.some(one => one.startsWith('DeviceManagementConfiguration'));
  return [
    l10n.t('The token names {0}.', scopes.join(', ')),
    ...(missing.length > 0 ? [l10n.t('It does not name {0}. A permission that includes it may stand for it.', missing.join(', '))] : []),
    ...(isOld ? [l10n.t('The consent is from before 2025: DeviceManagementConfiguration no longer reads scripts.')] : []),
  ];
}

async function tierCheck(
  parts: Parts,
  identity: Identity,
  tier: Tier,
  client: GraphClient,
): Promise<{ readonly check: Check; readonly reads: readonly Read[] }> {
  const title = tierTitle(tier);
  const consent = l10n.t('An administrator consents for the tenant with Intune Scripts: Open Consent Page.');
  const outcome = await parts.signIn.ensureTier(tier, { interactive: false });
  if (outcome.kind === 'refused') {
    return { check: check(title, 'fails', [refusalWords(outcome.refusal, identity.cloud).message], consent), reads: [] };
  }
  if (outcome.kind !== 'ok') {
    const found = l10n.t(
      'There is no token without a question: {0} may lack consent, or was not asked for yet.',
      tierScopes[tier].join(', '),
    );
    return { check: check(title, tier === 'browse' ? 'fails' : 'attention', [found], consent), reads: [] };
  }
  const { provider } = clouds[identity.cloud];
  const session = await parts.sessions.getSession(provider, tierSessionScopes(identity, tier), { silent: true, account: identity.account });
  const token = tokenFound(session && tokenScopes(session.accessToken), tier);
  const wanted = reads[tier];
  if (!wanted) {
    const found = l10n.t('There is consent. Nothing was written to test it: whether your role may assign shows with the first change.');
    return { check: check(title, 'works', [found, ...token]), reads: [] };
  }
  const done = await Promise.all(wanted.map(([name, path]) => readOne(client, name, { path, scopes: tierScopes[tier] })));
  const found = [...done.map(one => one.found), ...token];
  if (done.every(({ works }) => works)) return { check: check(title, 'works', found), reads: done };
  const failed = done.filter(({ works }) => !works);
  // Where all other scripts can be read, it is not the role.
  const onlyRemediations = failed.every(({ name }) => name === 'deviceHealthScripts');
  const role = l10n.t(
    'Consent is one half: the account also needs an Intune role that allows this. A role that was just activated takes a few minutes.',
  );
  const remedy = onlyRemediations ? remediationNeeds() : failed.some(one => one.role) ? role : undefined;
  return { check: check(title, failed.length < done.length ? 'attention' : 'fails', found, remedy), reads: done };
}

/** Milliseconds between two clocks that sign-in bears: tokens are refused at five minutes. */
const mostSkew = 60_000;

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

function networkCheck(settings: readonly NetworkSetting[], reached: boolean): Check {
  const found = settings.map(({ name, value }) => `${name}: ${value ?? l10n.t('not set')}`);
  const title = l10n.t('Network, proxy and certificates');
  return reached
    ? check(title, 'works', [l10n.t('Microsoft Graph answered.'), ...found])
    : check(
        title,
        'notTested',
        found,
        l10n.t('If a company certificate is in use, http.systemCertificates and the certificate store of the system decide.'),
      );
}

interface Tested {
  readonly checks: readonly Check[];
  /** Whether something could not be read for want of a role. */
  readonly roleMissing: boolean;
}

async function testAll(parts: Parts, chosen: readonly Tier[] | undefined): Promise<Tested> {
  const settings = parts.readSettings();
  const start = [settingsCheck(settings)];
  const ended = (...checks: readonly Check[]): Tested => ({ checks: [...start, ...checks], roleMissing: false });
  if (!registrationOf(settings)) return ended(networkCheck(parts.network(), false));
  start.push(await providerCheck(parts, settings));
  const { identity } = parts.signIn;
  const client = parts.connection()?.client;
  const account = l10n.t('Account');
  if (!identity || !client || parts.connection()?.sample) {
    const remedy = l10n.t('Run Intune Scripts: Sign In, then test again.');
    return ended(check(account, 'fails', [l10n.t('Nobody is signed in.')], remedy), networkCheck(parts.network(), false));
  }
  start.push(check(account, 'works', [accountName(identity.account)]));
  const tiers: Awaited<ReturnType<typeof tierCheck>>[] = [];
  // One after another: tokens of one account are not asked for at once.
  for (const tier of offeredTiers(settings.readOnly).filter(one => chosen?.includes(one) ?? true)) {
    tiers.push(await tierCheck(parts, identity, tier, client));
  }
  const done = tiers.flatMap(tier => tier.reads);
  const clock = clockCheck(
    parts.clock.now(),
    done.flatMap(({ date }) => date ?? []),
  );
  const reached = done.some(({ works, role }) => works || role);
  return {
    checks: [...start, ...tiers.map(tier => tier.check), clock, networkCheck(parts.network(), reached)],
    roleMissing: done.some(({ role }) => role),
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

async function showReport({ clock, openDocument }: Parts, { checks }: Tested): Promise<void> {
  const line = l10n.t(
    'Made on {0}. Nothing was changed, and no secret is in it. It names the account and the tenant.',
    new Date(clock.now()).toISOString(),
  );
  await openDocument('markdown', checkReport(checks, line));
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
