import { readClaims } from '../../graph/answer.ts';
import { clouds } from '../../graph/clouds.ts';
import type { AccessToken } from '../../graph/tokens.ts';
import type { SignInMethod } from '../../host/settings.ts';
import { type Account, type Registration, registrationKey } from '../account.ts';
import { sessionScopes, withoutPseudoScopes } from '../scopes.ts';
import type { ChallengeRequest, SessionPort } from '../sessions.ts';
import { declinedError } from '../signInError.ts';
import type { IdentityCredential, IdentityKind, identityCredential, TokenRequest } from './identityCredential.ts';
import type { CredentialPrompts, SecretStore } from './prompts.ts';

export interface IdentityParts {
  readonly settings: () => { readonly signInMethod: SignInMethod; readonly registration: Registration | undefined };
  readonly secrets: SecretStore;
  readonly prompts: CredentialPrompts;
  /** Makes the credential of a kind. */
  readonly credentialOf: typeof identityCredential;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Sessions by credentials of @azure/identity, in place of those of VS Code. */
export interface IdentitySessions extends Omit<SessionPort, 'onDidChangeSessions'> {
  /** Forgets what was entered for a registration, and all tokens. */
  forget(registration: Registration): Promise<void>;
}

interface Made {
  readonly credential: IdentityCredential;
  readonly tokens: Map<string, { readonly token: AccessToken; readonly account: Account }>;
}

/** Milliseconds that a kept token has to live on: whoever gets it takes it for good that long. */
const minLife = 5 * 60_000;

/** Secrets that Microsoft Entra does not take, or not any more: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const badSecret = /AADSTS(?:7000215|7000222|700027)\b/;

const isStored = (kind: IdentityKind): kind is 'clientSecret' | 'clientCertificate' =>
  kind === 'clientSecret' || kind === 'clientCertificate';
/** The way is named once, and first. */
const secretKey = (kind: IdentityKind, { cloud, tenantId, clientId }: Registration): string =>
  `${kind}/${registrationKey({ cloud, tenantId, clientId })}`;

/** The scopes and claims of a request; undefined where it is for another registration, or another cloud, than the one that is set up. */
function tokenRequest(registration: Registration, request: readonly string[] | ChallengeRequest): TokenRequest | undefined {
  const all = 'fallbackScopes' in request ? request.fallbackScopes : request;
  const scopes = withoutPseudoScopes(all);
  if (sessionScopes(registration, scopes).join() !== [...all].sort().join()) return undefined;
  // Ids may be the same in two clouds, and what is had for one is for no other.
  if (!scopes.every(scope => scope.startsWith(`${clouds[registration.cloud].graph}/`))) return undefined;
  return { scopes, claims: 'fallbackScopes' in request ? readClaims(request.wwwAuthenticate) : undefined };
}

export function createIdentitySessions({ settings, secrets, prompts, credentialOf, now }: IdentityParts): IdentitySessions {
  const made = new Map<string, Promise<Made>>();
  /** How often everything was forgotten: what was entered before is not kept after it. */
  let forgotten = 0;

  function chosen(): { readonly kind: IdentityKind; readonly registration: Registration } | undefined {
    const { signInMethod: kind, registration } = settings();
    return kind === 'vscode' || !registration ? undefined : { kind, registration };
  }

  const build = async (kind: IdentityKind, registration: Registration, secret: string | undefined): Promise<Made> => ({
    credential: await credentialOf(kind, registration, secret, prompts),
    tokens: new Map(),
  });

  /** The same from the moment on at which it is begun, for two who ask at once need one. */
  function keep(key: string, one: Promise<Made>): Promise<Made> {
    made.set(key, one);
    one.catch(() => made.delete(key));
    return one;
  }

  const storedSecret = async (kind: IdentityKind, registration: Registration): Promise<string | undefined> =>
    isStored(kind) ? secrets.get(secretKey(kind, registration)) : undefined;

  /** What there is without the user; undefined where a secret is missing. */
  async function existing(kind: IdentityKind, registration: Registration): Promise<Made | undefined> {
    const key = secretKey(kind, registration);
    const secret = made.has(key) ? undefined : await storedSecret(kind, registration);
    const known = made.get(key);
    if (known) return known;
    return isStored(kind) && secret === undefined ? undefined : keep(key, build(kind, registration, secret));
  }

  /** One that knows nobody yet, for whoever is to be chosen anew. The one before stays until somebody was. */
  async function anew(kind: IdentityKind, registration: Registration): Promise<Made | undefined> {
    const secret = await storedSecret(kind, registration);
    return isStored(kind) && secret === undefined ? undefined : build(kind, registration, secret);
  }

  async function tokenOf({ credential, tokens }: Made, request: TokenRequest) {
    const key = [...request.scopes].sort().join(' ');
    const kept = request.claims === undefined ? tokens.get(key) : undefined;
    if (kept && kept.token.expiresOnTimestamp - now() > minLife) return kept;
    const fresh = await credential.silent(request);
    if (fresh) tokens.set(key, fresh);
    return fresh;
  }

  async function silent(kind: IdentityKind, registration: Registration, request: TokenRequest) {
    const one = await existing(kind, registration);
    return one && tokenOf(one, request);
  }

  async function agree(kind: IdentityKind, registration: Registration): Promise<boolean> {
    if (kind === 'deviceCode') return true;
    return kind === 'azureCli' ? prompts.agreeToAzureCli() : prompts.agreeToAppOnly(registration);
  }

  /** Has the user enter what is missing, and keeps it once a token was had with it. */
  async function entered(kind: 'clientSecret' | 'clientCertificate', registration: Registration, request: TokenRequest) {
    const before = forgotten;
    const secret = await (kind === 'clientSecret' ? prompts.clientSecret() : prompts.clientCertificate());
    if (secret === undefined) throw declinedError();
    const one = await build(kind, registration, secret);
    const found = await tokenOf(one, request);
    if (forgotten !== before) throw declinedError();
    await secrets.store(secretKey(kind, registration), secret);
    void keep(secretKey(kind, registration), Promise.resolve(one));
    return found;
  }

  async function interactive(kind: IdentityKind, registration: Registration, request: TokenRequest, isFirst: boolean) {
    if (isFirst && !(await agree(kind, registration))) throw declinedError();
    const before = forgotten;
    const one = await (isFirst ? anew(kind, registration) : existing(kind, registration));
    if (!one) return isStored(kind) ? entered(kind, registration, request) : undefined;
    try {
      await one.credential.ask(request);
      // They may be of somebody else.
      one.tokens.clear();
      const found = await tokenOf(one, request);
      if (forgotten !== before) throw declinedError();
      void keep(secretKey(kind, registration), Promise.resolve(one));
      return found;
    } catch (error) {
      // Who signs in again is asked for another one.
      if (isStored(kind) && error instanceof Error && badSecret.test(error.message)) await forgetSecret(kind, registration);
      throw error;
    }
  }

  async function forgetSecret(kind: IdentityKind, registration: Registration): Promise<void> {
    made.delete(secretKey(kind, registration));
    await secrets.delete(secretKey(kind, registration));
  }

  return {
    async getSession(_provider, request, options) {
      const now = chosen();
      const wanted = now && tokenRequest(now.registration, request);
      if (!now || !wanted) return undefined;
      const { kind, registration } = now;
      const found =
        'silent' in options
          ? await silent(kind, registration, wanted)
          : await interactive(kind, registration, wanted, options.account === undefined);
      return found && { accessToken: found.token.token, account: found.account };
    },
    async getAccounts() {
      const now = chosen();
      const one = now && (await existing(now.kind, now.registration));
      if (!now || !one) return [];
      const known = [...one.tokens.values()].map(({ account }) => account);
      if (known.length > 0) return known;
      const found = await tokenOf(one, { scopes: [], claims: undefined });
      return found ? [found.account] : [];
    },
    async forget(registration) {
      forgotten += 1;
      for (const kind of ['clientSecret', 'clientCertificate'] as const) await forgetSecret(kind, registration);
      made.clear();
    },
  };
}
