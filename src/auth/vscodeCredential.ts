import { clouds } from '../graph/clouds.ts';
import { GraphError } from '../graph/errors.ts';
import type { TokenCredential } from '../graph/tokens.ts';
import type { Account, Registration } from './account.ts';
import { sessionScopes } from './scopes.ts';
import type { ChallengeRequest, SessionPort } from './sessions.ts';
import { cancellationOf, providerText } from './signInError.ts';

/**
 * A credential over VS Code's account, for an app registration of the user's own: VS Code's client has no Intune permissions.
 * Resolves to null when it needs the user; rejects with the provider's error when there is no such provider.
 */
export const createVSCodeCredential = (parts: {
  readonly settings: Registration;
  readonly account: Account;
  readonly sessions: SessionPort;
}): TokenCredential =>
  createSessionCredential({ registration: parts.settings, account: parts.account, sessions: parts.sessions, now: Date.now });

/**
 * How long a token that was handed out can be used, in milliseconds. The MSAL library in the provider renews a token that expires
 * within 5 minutes, so that each one lives that long at least; half a minute less leaves time for the request. The token is not decoded.
 * Source: `tokenRenewalOffsetSeconds` (300) of @azure/msal-common.
 */
export const tokenLifetime = 4.5 * 60_000;

/** The challenge that Microsoft Graph gave, from its claims alone. In base64, so that no character of the claims can end the quotes. */
export const challengeRequest = (claims: string, scopes: readonly string[]): ChallengeRequest => ({
  wwwAuthenticate: `Bearer claims="${Buffer.from(claims, 'utf8').toString('base64')}"`,
  fallbackScopes: scopes,
});

/** What a provider rejects with is shown and logged as an error of Microsoft Graph, so that nothing but its reason goes on. */
const forGraph = (error: unknown): never => {
  // Why there was no answer is known already, and is no matter of signing in.
  throw cancellationOf(error) || error instanceof GraphError ? error : new Error(providerText(error));
};

/**
 * A credential that hands out tokens of one account of an authentication provider. It never asks the user: null says that one must.
 * Scopes are full names and are sent as they are. A token of another account is never handed out.
 * The challenge API is used only when there are claims, for VS Code refuses a challenge without.
 */
export const createSessionCredential = (parts: {
  readonly registration: Registration;
  readonly account: Account;
  readonly sessions: Pick<SessionPort, 'getSession'>;
  readonly now: () => number;
}): TokenCredential => ({
  getToken: async (scopes, options = {}) => {
    options.abortSignal?.throwIfAborted();
    const wanted = sessionScopes(parts.registration, typeof scopes === 'string' ? [scopes] : scopes);
    const request = options.claims ? challengeRequest(options.claims, wanted) : wanted;
    const session = await parts.sessions
      .getSession(clouds[parts.registration.cloud].provider, request, { silent: true, account: parts.account })
      .catch(forGraph);
    options.abortSignal?.throwIfAborted();
    if (session?.account.id !== parts.account.id) return null;
    return { token: session.accessToken, expiresOnTimestamp: parts.now() + tokenLifetime };
  },
});
