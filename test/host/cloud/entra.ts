import { createHash, randomUUID } from 'node:crypto';
import { type Account, ada } from './accounts.ts';
import { type EntraError, errors } from './entraErrors.ts';
import { entraPage } from './entraPages.ts';
import { openIdConfiguration } from './openIdConfiguration.ts';
import { encodePart, makeToken } from './tokens.ts';

/** What the stand-in was asked, without the secrets. */
export interface EntraRequest {
  readonly kind: 'authorize' | 'authorization_code' | 'refresh_token' | 'client_credentials' | 'devicecode' | 'device_code' | 'other';
  readonly tenant: string;
  readonly clientId: string;
  /** As sent, in order, with `openid` and its like. */
  readonly scopes: readonly string[];
  readonly challenge: string | undefined;
  readonly challengeMethod: string | undefined;
  readonly redirectUri: string | undefined;
  readonly prompt: string | undefined;
  readonly loginHint: string | undefined;
  /** The claims request of a step-up, as sent. */
  readonly claims: string | undefined;
}

export interface EntraOptions {
  readonly accounts?: readonly Account[];
}

interface Grant {
  readonly account: Account;
  readonly clientId: string;
  readonly nonce: string | undefined;
  readonly challenge: string | undefined;
  readonly redirectUri: string | undefined;
}

/** What the app was granted. */
const appRoles = [
  'DeviceManagementScripts.ReadWrite.All',
  'DeviceManagementConfiguration.ReadWrite.All',
  'GroupMember.Read.All',
  'User.Read',
];
const standardScopes = new Set(['openid', 'profile', 'email', 'offline_access']);
const shortName = (scope: string): string => scope.replace(/^https:\/\/[^/]+\//, '');

/**
 * As much of Microsoft Entra as VS Code's own Microsoft provider asks for: discovery, the authorization code flow with PKCE,
 * refresh tokens, and refusals. It answers for the authority's host of any cloud.
 */
export class Entra {
  /** Who can sign in; the first one does, where no login hint names another. */
  accounts: readonly Account[];
  /** Scopes without consent, by their short names: a request with one of them fails as a whole, as it does in Entra. */
  readonly withoutConsent = new Set<string>();
  /** What every sign-in is refused with; undefined lets it pass. */
  refused: EntraError | undefined;
  /** Makes everybody sign in anew: no refresh token counts while this is true. */
  sessionsRevoked = false;
  /** Tenants by domain: their public metadata names their ids. */
  domains: Readonly<Record<string, string>> = {};
  /** How an app may prove itself: a secret, a federated token, or any assertion that its certificate signed. */
  readonly appSecret = 'a-client-secret-of-the-test';
  readonly federatedToken = 'a-federated-token-of-the-test';
  /** What a sign-in on another device waits with, and what the user enters there. */
  private readonly deviceCodes = { device: 'device-code-of-the-test', user: 'ABC123XYZ' };
  /** Whether somebody has entered the device code. */
  deviceCodeEntered = false;
  /** Seconds that an access token says it is good for. */
  tokenLifetime = 3600;
  /** What was asked, in order. */
  readonly requests: EntraRequest[] = [];

  private readonly codes = new Map<string, Grant>();
  private readonly refreshTokens = new Map<string, Grant>();

  constructor(options: EntraOptions = {}) {
    this.accounts = options.accounts ?? [ada];
  }

  /** Answers one request. */
  readonly answer = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const tenant = url.pathname.split('/')[1] ?? '';
    if (url.pathname === '/common/discovery/instance') return Response.json(instanceDiscovery(url.host));
    if (url.pathname.endsWith('/.well-known/openid-configuration')) return this.metadata(url.origin, decodeURIComponent(tenant));
    if (url.pathname.endsWith('/oauth2/v2.0/authorize')) return this.authorize(tenant, url.searchParams);
    if (url.pathname.endsWith('/oauth2/v2.0/token')) return this.token(url.origin, tenant, new URLSearchParams(await request.text()));
    if (url.pathname.endsWith('/oauth2/v2.0/devicecode')) return this.deviceCode(tenant, new URLSearchParams(await request.text()));
    this.note('other', tenant, url.searchParams);
    return new Response('The stand-in for Microsoft Entra does not know this address.', { status: 404 });
  };

  private metadata(origin: string, tenant: string): Response {
    if (!tenant.includes('.')) return Response.json(openIdConfiguration(origin, tenant));
    const id = this.domains[tenant];
    return id === undefined
      ? refuse(errors.noTenant(tenant))
      : Response.json({ ...openIdConfiguration(origin, id), issuer: `${origin}/${id}/v2.0` });
  }

  private authorize(tenant: string, asked: URLSearchParams): Response {
    this.note('authorize', tenant, asked);
    const hint = asked.get('login_hint')?.toLowerCase();
    const account = this.accounts.find(({ userPrincipalName }) => userPrincipalName.toLowerCase() === hint) ?? this.accounts[0];
    const failed = this.refused ?? this.refusal(asked) ?? (account ? undefined : errors.noAccount);
    if (failed || !account) {
      const back = redirectBack(asked, { error: failed?.error ?? 'access_denied', error_description: failed?.description ?? '' });
      return (failed && entraPage(failed, back.headers.get('location') ?? '')) ?? back;
    }
    const code = randomUUID();
    this.codes.set(code, {
      account,
      clientId: asked.get('client_id') ?? '',
      nonce: asked.get('nonce') ?? undefined,
      challenge: asked.get('code_challenge') ?? undefined,
      redirectUri: asked.get('redirect_uri') ?? undefined,
    });
    return redirectBack(asked, { code });
  }

  private token(origin: string, tenant: string, form: URLSearchParams): Response {
    const kind = form.get('grant_type');
    if (kind === 'client_credentials') return this.appToken(tenant, form);
    if (kind?.endsWith('device_code')) return this.deviceToken(origin, tenant, form);
    this.note(kind === 'authorization_code' || kind === 'refresh_token' ? kind : 'other', tenant, form);
    const grant = kind === 'authorization_code' ? this.redeem(form) : this.refresh(form);
    const failed = grant === undefined ? errors.badGrant : this.refusal(form);
    if (failed || !grant) return refuse(failed ?? errors.badGrant);
    return Response.json(this.tokens(origin, tenant, grant, form), { headers: { 'cache-control': 'no-store' } });
  }

  private appToken(tenant: string, form: URLSearchParams): Response {
    this.note('client_credentials', tenant, form);
    const assertion = form.get('client_assertion');
    const proven = assertion === null ? form.get('client_secret') === this.appSecret : this.isAssertion(assertion);
    if (!proven) return refuse(errors.badSecret);
    const clientId = form.get('client_id') ?? '';
    const now = Math.floor(Date.now() / 1000);
    const access = {
      iat: now,
      nbf: now,
      exp: now + this.tokenLifetime,
      aud: 'https://graph.microsoft.com',
      tid: tenant,
      appid: clientId,
      oid: 'app-object',
    };
    const body = { token_type: 'Bearer', expires_in: this.tokenLifetime, access_token: makeToken({ ...access, roles: appRoles }) };
    return Response.json(body, { headers: { 'cache-control': 'no-store' } });
  }

  /** The federated token as it is, or a token for this client that names a certificate. */
  private isAssertion(assertion: string): boolean {
    if (assertion === this.federatedToken) return true;
    const header: Record<string, unknown> = JSON.parse(Buffer.from(assertion.split('.')[0] ?? '', 'base64url').toString('utf8'));
    return 'x5t' in header || 'x5t#S256' in header;
  }

  /** All that proves an app or a person here, and that nobody else may get to see. */
  get secrets(): readonly string[] {
    return [this.appSecret, this.federatedToken, ...Object.values(this.deviceCodes)];
  }

  private deviceCode(tenant: string, form: URLSearchParams): Response {
    this.note('devicecode', tenant, form);
    return Response.json({
      device_code: this.deviceCodes.device,
      user_code: this.deviceCodes.user,
      verification_uri: 'https://microsoft.com/devicelogin',
      expires_in: 900,
      interval: 1,
      message: 'To sign in, use a web browser.',
    });
  }

  private deviceToken(origin: string, tenant: string, form: URLSearchParams): Response {
    this.note('device_code', tenant, form);
    const [account] = this.accounts;
    if (!this.deviceCodeEntered || !account) return refuse(errors.authorizationPending);
    const grant = { account, clientId: form.get('client_id') ?? '', nonce: undefined, challenge: undefined, redirectUri: undefined };
    return Response.json(this.tokens(origin, tenant, grant, form), { headers: { 'cache-control': 'no-store' } });
  }

  private redeem(form: URLSearchParams): Grant | undefined {
    const code = form.get('code') ?? '';
    const grant = this.codes.get(code);
    this.codes.delete(code);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const same = grant?.clientId === form.get('client_id') && grant?.redirectUri === (form.get('redirect_uri') ?? undefined);
    return same && grant?.challenge === challenge ? grant : undefined;
  }

  private refresh(form: URLSearchParams): Grant | undefined {
    const grant = this.refreshTokens.get(form.get('refresh_token') ?? '');
    return this.sessionsRevoked || grant?.clientId !== form.get('client_id') ? undefined : grant;
  }

  private refusal(asked: URLSearchParams): EntraError | undefined {
    const refused = scopesOf(asked)
      .map(shortName)
      .find(scope => this.withoutConsent.has(scope));
    return refused === undefined ? undefined : errors.consent(asked.get('client_id') ?? '', refused);
  }

  private tokens(origin: string, tenant: string, grant: Grant, form: URLSearchParams): Record<string, unknown> {
    const { account, clientId, nonce } = grant;
    // Who is a guest gets tokens of the tenant that it is a guest of.
    const granted = scopesOf(form).filter(scope => scope !== 'offline_access');
    const now = Math.floor(Date.now() / 1000);
    const times = { iat: now, nbf: now, exp: now + this.tokenLifetime };
    const who = { oid: account.objectId, tid: tenant, name: account.name, ver: '2.0', sub: `sub-${account.objectId}` };
    const refreshToken = randomUUID();
    this.refreshTokens.set(refreshToken, grant);
    return {
      token_type: 'Bearer',
      scope: granted.join(' '),
      expires_in: this.tokenLifetime,
      ext_expires_in: this.tokenLifetime,
      refresh_token: refreshToken,
      client_info: encodePart({ uid: account.objectId, utid: account.tenantId }),
      access_token: makeToken({
        ...times,
        ...who,
        aud: 'https://graph.microsoft.com',
        appid: clientId,
        upn: account.userPrincipalName,
        scp: granted
          .filter(scope => !standardScopes.has(scope))
          .map(shortName)
          .join(' '),
      }),
      id_token: makeToken({
        ...times,
        ...who,
        aud: clientId,
        iss: `${origin}/${tenant}/v2.0`,
        preferred_username: account.userPrincipalName,
        ...(nonce === undefined ? {} : { nonce }),
      }),
    };
  }

  private note(kind: EntraRequest['kind'], tenant: string, asked: URLSearchParams): void {
    const text = (name: string) => asked.get(name) ?? undefined;
    this.requests.push({
      kind,
      tenant,
      clientId: text('client_id') ?? '',
      scopes: scopesOf(asked),
      challenge: text('code_challenge'),
      challengeMethod: text('code_challenge_method'),
      redirectUri: text('redirect_uri'),
      prompt: text('prompt'),
      loginHint: text('login_hint'),
      claims: text('claims'),
    });
  }
}

const scopesOf = (asked: URLSearchParams): string[] => (asked.get('scope') ?? '').split(/\s+/).filter(scope => scope !== '');

const refuse = ({ code, error, suberror, description }: EntraError): Response =>
  Response.json(
    { error, error_description: description, error_codes: [code], ...(suberror ? { suberror } : {}), correlation_id: randomUUID() },
    { status: 400 },
  );

/**
 * Sends the browser back to VS Code. In its browser build VS Code puts its callback page into `state`; the page's own `vscode-…`
 * parameters are no part of that address's encoding, and so arrive beside it.
 */
function redirectBack(asked: URLSearchParams, result: Readonly<Record<string, string>>): Response {
  const state = asked.get('state') ?? '';
  const callback = new URL(decodeURIComponent(state));
  for (const [name, value] of asked) if (name.startsWith('vscode-')) callback.searchParams.set(name, value);
  for (const [name, value] of Object.entries({ ...result, state })) callback.searchParams.set(name, value);
  return new Response(null, { status: 302, headers: { location: callback.href } });
}

const instanceDiscovery = (host: string): Record<string, unknown> => ({
  tenant_discovery_endpoint: `https://${host}/organizations/v2.0/.well-known/openid-configuration`,
  'api-version': '1.1',
  metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
});
