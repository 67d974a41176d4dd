import { l10n } from 'vscode';
import * as z from 'zod/mini';
import { type Identity, isAppOnly } from '../../auth/account.ts';
import { entraNotReached, graphNotReached, type NetworkParts } from '../../auth/connectivity.ts';
import { notReachedHelp, whyNotReached } from '../../auth/connectivityErrorText.ts';
import { tokenScopes } from '../../auth/identity/cliAccount.ts';
import { tierSessionScopes } from '../../auth/scopes.ts';
import type { Session, SessionPort } from '../../auth/sessions.ts';
import { type SignInOutcome, tierTitle } from '../../auth/signIn.ts';
import { type NotReached, type Refusal, refusalOf } from '../../auth/signInError.ts';
import { refusalWords } from '../../auth/signInErrorText.ts';
import { type GraphClient, GraphError, type GraphRequest } from '../../graph/client.ts';
import { clouds } from '../../graph/clouds.ts';
import type { NetworkSetting } from '../../host/networkSettings.ts';
import type { Settings, SignInMethod } from '../../host/settings.ts';
import { type Tier, tierScopes } from '../../intune/model/families.ts';
import { errorText, errorWords } from '../../ui/errorText.ts';
import { type Check, check } from './check.ts';

export interface TierParts {
  readonly signIn: { ensureTier(tier: Tier, options: { readonly interactive: false }): Promise<SignInOutcome> };
  readonly sessions: Pick<SessionPort, 'getSession'>;
  readonly signInMethod: SignInMethod;
  readonly identity: Identity;
  readonly client: GraphClient;
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

export interface Read {
  readonly name: string;
  readonly works: boolean;
  readonly found: string;
  /** Whether it is a permission, and which, or a role that is missing. */
  readonly lacks: 'permission' | 'role' | undefined;
  /** The time of the service, in milliseconds since the epoch. */
  readonly date: number | undefined;
}

async function readOne(client: GraphClient, name: string, request: GraphRequest): Promise<Read> {
  try {
    const { headers } = await client.send(request);
    const date = Date.parse(headers.get('date') ?? '');
    return { name, works: true, found: l10n.t('{0} can be read.', name), lacks: undefined, date: Number.isNaN(date) ? undefined : date };
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    const found = errorText(errorWords(error, l10n.t('{0} cannot be read.', name)));
    const lacks = error.kind !== 'forbidden' ? undefined : error.requiredScopes.length > 0 ? 'permission' : 'role';
    return { name, works: false, found, lacks, date: undefined };
  }
}

/** What a token says of its permissions. Consent from before 2025 names settings in place of scripts. */
function tokenFound(scopes: readonly string[] | undefined, tier: Tier): readonly string[] {
  if (!scopes) return [];
  const missing = tierScopes[tier].filter(scope => !scopes.some(one => one.toLowerCase() === scope.toLowerCase()));
  const isOld =
    missing.some(scope => scope.startsWith('DeviceManagementScripts')) &&
    !scopes.some(one => one.startsWith('DeviceManagementScripts')) &&
    scopes.some(one => one.startsWith('DeviceManagementConfiguration'));
  return [
    l10n.t('The token names {0}.', scopes.join(', ')),
    ...(missing.length > 0 ? [l10n.t('It does not name {0}. A permission that includes it may stand for it.', missing.join(', '))] : []),
    ...(isOld ? [l10n.t('The consent is from before 2025: DeviceManagementConfiguration no longer reads scripts.')] : []),
  ];
}

/** What is asked for by name comes with consent only; an app and the Azure CLI get whatever they were granted. */
const isByName = (method: SignInMethod): boolean => method === 'vscode' || method === 'deviceCode';

const consentRemedy = ({ identity, signInMethod }: TierParts): string =>
  isAppOnly(identity.account) || !isByName(signInMethod)
    ? l10n.t('An administrator grants the app application permissions of these names in the Microsoft Entra admin center.')
    : l10n.t('An administrator consents for the tenant with Intune Scripts: Open Consent Page.');

const roleRemedy = (): string =>
  l10n.t(
    'Consent is one half: the account also needs an Intune role that allows this. A role that was just activated takes a few minutes.',
  );

/** Whether a tier that writes can be used, as far as that shows without a write. */
function writeCheck(parts: TierParts, tier: Tier, scopes: readonly string[] | undefined): Check {
  const token = tokenFound(scopes, tier);
  const isNamed = scopes?.some(scope => scope === tierScopes[tier][0]) ?? false;
  if (isByName(parts.signInMethod) || isNamed) {
    const found = l10n.t('There is consent. Nothing was written to test it: whether your role may assign shows with the first change.');
    return check(tierTitle(tier), 'works', [found, ...token]);
  }
  const found = l10n.t('Nothing was written to test it: whether the token allows it shows with the first change.');
  return check(tierTitle(tier), 'attention', [found, ...token], consentRemedy(parts));
}

function readCheck(parts: TierParts, tier: Tier, done: readonly Read[], scopes: readonly string[] | undefined): Check {
  const found = [...done.map(one => one.found), ...tokenFound(scopes, tier)];
  const failed = done.filter(({ works }) => !works);
  if (failed.length === 0) return check(tierTitle(tier), 'works', found);
  const result = failed.length < done.length ? 'attention' : 'fails';
  if (failed.some(({ lacks }) => lacks === 'permission')) return check(tierTitle(tier), result, found, consentRemedy(parts));
  // Where all other scripts can be read, it is not the role.
  if (failed.every(({ name }) => name === 'deviceHealthScripts')) return check(tierTitle(tier), result, found, remediationNeeds());
  return check(tierTitle(tier), result, found, failed.some(({ lacks }) => lacks === 'role') ? roleRemedy() : undefined);
}

/** A refusal that is not about consent says itself what helps: consent would not end it, and would grant more for nothing. */
function refusedCheck(parts: TierParts, tier: Tier, refusal: Refusal): Check {
  const isOfConsent = refusal.reason === 'consentMissing' || refusal.reason === 'consentDeclined';
  const { message } = refusalWords(refusal, parts.identity.cloud);
  return check(tierTitle(tier), 'fails', [message], isOfConsent ? consentRemedy(parts) : undefined);
}

/** Tests the tokens of a tier, and what a tier that reads can read with them. Asks nobody and writes nothing. */
export async function tierCheck(parts: TierParts, tier: Tier): Promise<{ readonly check: Check; readonly reads: readonly Read[] }> {
  const { signIn, sessions, identity, client } = parts;
  const title = tierTitle(tier);
  const outcome = await signIn.ensureTier(tier, { interactive: false });
  if (outcome.kind === 'refused') return { check: refusedCheck(parts, tier, outcome.refusal), reads: [] };
  if (outcome.kind !== 'ok') {
    const found = l10n.t(
      'There is no token without a question: {0} may lack consent, or was not asked for yet.',
      tierScopes[tier].join(', '),
    );
    return { check: check(title, tier === 'browse' ? 'fails' : 'attention', [found], consentRemedy(parts)), reads: [] };
  }
  const { provider } = clouds[identity.cloud];
  let session: Session | undefined;
  try {
    session = await sessions.getSession(provider, tierSessionScopes(identity, tier), { silent: true, account: identity.account });
  } catch (error) {
    return { check: refusedCheck(parts, tier, refusalOf(error)), reads: [] };
  }
  const scopes = session && tokenScopes(session.accessToken);
  const wanted = reads[tier];
  if (!wanted) return { check: writeCheck(parts, tier, scopes), reads: [] };
  const done = await Promise.all(wanted.map(([name, path]) => readOne(client, name, { path, scopes: tierScopes[tier] })));
  return { check: readCheck(parts, tier, done, scopes), reads: done };
}

/** What remediations need beside permissions. Source: deploy-remediations.md in MicrosoftDocs/memdocs. */
const remediationNeeds = (): string =>
  l10n.t(
    'Remediations need a license that includes them (Windows E3 or E5, Education A3 or A5, or VDA), and an Intune Service Administrator confirms that once under Scripts and remediations in the Intune admin center.',
  );

const path = '/beta/deviceManagement/deviceHealthScripts/areGlobalScriptsAvailable()';
const answer = z.looseObject({ value: z.string() });

/** The state by its documented names; undefined where the service does not tell, which nobody has seen it do or not do. */
async function readState(client: GraphClient): Promise<string | undefined> {
  try {
    const { body } = await client.send({ path, scopes: tierScopes.browse });
    return answer.safeParse(body).data?.value;
  } catch (error) {
    if (error instanceof GraphError) return undefined;
    throw error;
  }
}

/**
 * Whether remediations were set up in the tenant, as the service tells it of its built-in ones.
 * Source: https://learn.microsoft.com/graph/api/intune-devices-devicehealthscript-areglobalscriptsavailable
 */
export async function remediationCheck(client: GraphClient): Promise<Check> {
  const title = l10n.t('Remediations');
  switch (await readState(client)) {
    case 'enabled':
      return check(title, 'works', [l10n.t('They are set up in this tenant.')]);
    case 'pending':
      return check(title, 'attention', [l10n.t('They are being set up in this tenant. That takes a while.')]);
    case 'notConfigured':
      return check(title, 'attention', [l10n.t('They were not set up in this tenant yet.')], remediationNeeds());
    default:
      return check(title, 'notTested', [l10n.t('Intune does not tell whether they are set up in this tenant.')]);
  }
}

export interface NetworkCheckParts {
  readonly network: () => readonly NetworkSetting[];
  readonly networkParts: NetworkParts;
}

/** What was found of a host. */
const hostFound = (host: string, failure: NotReached | undefined): string =>
  failure ? `${whyNotReached(failure.reason, failure.host)} (${failure.message})` : l10n.t('{0} answered.', host);

/**
 * Whether the network works, and what decides how it is reached. Where no read says that it works, both hosts are asked without a token:
 * whoever cannot sign in has none.
 */
export async function networkCheck(
  { network, networkParts }: NetworkCheckParts,
  { cloud, signInMethod, useSampleTenant }: Settings,
  reached: boolean,
): Promise<Check> {
  const title = l10n.t('Network, proxy and certificates');
  const settings = network().map(({ name, value }) => `${name}: ${value ?? l10n.t('not set')}`);
  if (reached) return check(title, 'works', [l10n.t('Microsoft Graph answered.'), ...settings]);
  // The sample tenant is to be had without a network.
  if (useSampleTenant) return check(title, 'notTested', settings);
  const [entra, graph] = await Promise.all([
    entraNotReached(networkParts, { cloud, method: signInMethod }),
    graphNotReached(networkParts, cloud),
  ]);
  const found = [hostFound(new URL(clouds[cloud].authority).host, entra), hostFound(new URL(clouds[cloud].graph).host, graph)];
  const failure = entra ?? graph;
  return check(title, failure ? 'fails' : 'works', [...found, ...settings], failure && notReachedHelp(failure.reason));
}
