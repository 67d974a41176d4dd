import { l10n } from 'vscode';
import { type Identity, registrationOf } from '../auth/account.ts';
import { refusalOf } from '../auth/refusal.ts';
import { refusalWords } from '../auth/refusalWords.ts';
import { tierSessionScopes } from '../auth/scopes.ts';
import type { SessionPort } from '../auth/sessionPort.ts';
import type { SignIn } from '../auth/signIn.ts';
import { offeredTiers, tierTitle } from '../auth/tierWords.ts';
import { tokenScopes } from '../auth/tokenScopes.ts';
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
  readonly clock: Pick<Clock, 'now'>;
  readonly withProgress: (work: () => Promise<void>) => Promise<void>;
  readonly openDocument: (language: string, content: string) => Promise<void>;
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

interface Read {
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
    return { works: true, found: l10n.t('{0} can be read.', name), role: false, date: Number.isNaN(date) ? undefined : date };
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    const found = errorText(errorWords(error, l10n.t('{0} cannot be read.', name)));
    return { works: false, found, role: error.kind === 'forbidden', date: undefined };
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
  const remedy = done.some(({ role }) => role)
    ? l10n.t(
        'Consent is one half: the account also needs an Intune role that allows this. A role that was just activated takes a few minutes.',
      )
    : undefined;
  return { check: check(title, done.some(({ works }) => works) ? 'attention' : 'fails', found, remedy), reads: done };
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

async function checksOf(parts: Parts): Promise<readonly Check[]> {
  const settings = parts.readSettings();
  const start = [settingsCheck(settings)];
  if (!registrationOf(settings)) return [...start, networkCheck(parts.network(), false)];
  start.push(await providerCheck(parts, settings));
  const { identity } = parts.signIn;
  const client = parts.connection()?.client;
  const account = l10n.t('Account');
  if (!identity || !client || parts.connection()?.sample) {
    const remedy = l10n.t('Run Intune Scripts: Sign In, then test again.');
    return [...start, check(account, 'fails', [l10n.t('Nobody is signed in.')], remedy), networkCheck(parts.network(), false)];
  }
  start.push(check(account, 'works', [accountName(identity.account)]));
  const tiers: Awaited<ReturnType<typeof tierCheck>>[] = [];
  // One after another: tokens of one account are not asked for at once.
  for (const tier of offeredTiers(settings.readOnly)) tiers.push(await tierCheck(parts, identity, tier, client));
  const done = tiers.flatMap(tier => tier.reads);
  return [
    ...start,
    ...tiers.map(tier => tier.check),
    clockCheck(
      parts.clock.now(),
      done.flatMap(({ date }) => date ?? []),
    ),
    networkCheck(
      parts.network(),
      done.some(({ works, role }) => works || role),
    ),
  ];
}

/** Test Sign-In: looks at each step from the settings to a read of each permission, asks nobody, writes nothing, and opens a report. */
export const testSignIn = (parts: TestSignInParts) => async (): Promise<void> => {
  await parts.withProgress(async () => {
    const checks = await checksOf(parts);
    const line = l10n.t(
      'Made on {0}. Nothing was changed, and no secret is in it. It names the account and the tenant.',
      new Date(parts.clock.now()).toISOString(),
    );
    await parts.openDocument('markdown', checkReport(checks, line));
  });
};
