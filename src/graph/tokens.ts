import { type Shared, share } from '../base/async.ts';
import type { Clock } from '../base/clock.ts';
import type { Cloud } from './clouds.ts';
import { GraphError, type RequestName } from './errors.ts';
import type { Scopes, SendOptions } from './request.ts';

/** A kept token is not used in its last minute, in milliseconds, for it must outlive its way to the service. */
const tokenMargin = 60_000;

interface TokenOptions extends SendOptions {
  /** Milliseconds that a kept token must live on; {@link tokenMargin} if missing. */
  readonly minLife?: number;
  /** What the token is for, as errors name it. */
  readonly request: RequestName;
}

/** Tokens for one cloud and one credential, kept in memory. */
export interface TokenSource {
  /** @throws GraphError `noToken` where the credential has none without asking the user; with the claims that it was asked for */
  get(scopes: Scopes, options: TokenOptions): Promise<AccessToken>;
  /** Whether a token is kept that lives on for a request. */
  has(scopes: Scopes): boolean;
  /** Forgets a token that the service refused; the next one is asked for with the claims of the challenge, if there was one. */
  refuse(scopes: Scopes, token: AccessToken, claims: string | undefined): void;
  /** Forgets all tokens, and those of the credential: the next ones of their scopes are as new as can be had. */
  renew(): void;
}

/**
 * Claims that only a token from now on has, as a continuous access evaluation asks for one: a cached token is of no use with them
 * (https://learn.microsoft.com/entra/identity-platform/claims-challenge).
 */
const issuedFrom = (now: number): string =>
  JSON.stringify({ access_token: { nbf: { essential: true, value: String(Math.floor(now / 1000)) } } });

interface Entry {
  token?: AccessToken;
  /** The request for a token that is under way. */
  pending?: Shared<AccessToken>;
  /** The claims of a challenge, for the next request for a token and no other: whether that one succeeds is up to the user then. */
  claims?: string;
}

const noToken = (request: RequestName, claims: string | undefined, cause: unknown): GraphError => {
  const reason = cause instanceof Error && cause.message ? cause.message : 'You are not signed in, or a sign-in needs you again.';
  return new GraphError({ kind: 'noToken', message: reason, request, claims, sent: 'no', cause: cause ?? undefined });
};

/** Tokens by scopes: each is asked for once, by however many at the same time, and kept until its last minute. */
export function createTokenSource({ cloud, credential, clock }: { cloud: Cloud; credential: TokenCredential; clock: Clock }): TokenSource {
  const entries = new Map<string, Entry>();
  const entryOf = (scopes: Scopes): Entry => {
    const key = [cloud.id, ...[...new Set(scopes)].toSorted()].join(' ');
    const entry = entries.get(key) ?? {};
    entries.set(key, entry);
    return entry;
  };

  const ask = async (scopes: Scopes, entry: Entry, request: RequestName, abortSignal: AbortSignal): Promise<AccessToken> => {
    const { claims } = entry;
    delete entry.claims;
    const names = scopes.map(scope => `${cloud.graph}/${scope}`);
    let token: AccessToken | null;
    try {
      token = await credential.getToken(names, { abortSignal, ...(claims === undefined ? {} : { claims }) });
    } catch (error) {
      throw error instanceof GraphError ? error : noToken(request, claims, error);
    }
    if (token === null) throw noToken(request, claims, undefined);
    return token;
  };

  const renew = (scopes: Scopes, entry: Entry, request: RequestName): Shared<AccessToken> => {
    const pending = share(async signal => {
      // Nobody waits for it any longer: who comes next asks anew.
      signal.addEventListener('abort', () => entry.pending === pending && delete entry.pending);
      try {
        const token = await ask(scopes, entry, request, signal);
        if (entry.pending === pending) entry.token = token;
        return token;
      } finally {
        if (entry.pending === pending) delete entry.pending;
      }
    });
    entry.pending = pending;
    return pending;
  };

  return {
    async get(scopes, { signal, minLife = tokenMargin, request }) {
      signal?.throwIfAborted();
      const entry = entryOf(scopes);
      if (entry.token && entry.token.expiresOnTimestamp - clock.now() > minLife) return entry.token;
      return (entry.pending ?? renew(scopes, entry, request)).wait(signal);
    },
    has(scopes) {
      const { token } = entryOf(scopes);
      return token !== undefined && token.expiresOnTimestamp - clock.now() > tokenMargin;
    },
    refuse(scopes, token, claims) {
      const entry = entryOf(scopes);
      // Others were refused with the same token, and the first of them has seen to a new one.
      if (entry.token?.token !== token.token) return;
      delete entry.token;
      if (claims === undefined) return;
      entry.claims = claims;
      // Asked for without the claims, so of no use.
      delete entry.pending;
    },
    renew() {
      for (const entry of entries.values()) {
        delete entry.token;
        delete entry.pending;
        entry.claims = issuedFrom(clock.now());
      }
    },
  };
}

/** A bearer token, as in `@azure/core-auth`. */
export interface AccessToken {
  token: string;
  /** Milliseconds since the epoch. */
  expiresOnTimestamp: number;
}

/** What a credential may be told with a token request; the part of `GetTokenOptions` of `@azure/core-auth` that is used here. */
export interface GetTokenOptions {
  abortSignal?: AbortSignal;
  /** The claims of a challenge, as JSON text. A token with these claims is wanted, not a cached one. */
  claims?: string;
}

/**
 * The `TokenCredential` of `@azure/identity`, in the part that is used here, so that any of its credentials fits.
 * Resolves to null when a token cannot be had without asking the user.
 */
export interface TokenCredential {
  getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken | null>;
}
