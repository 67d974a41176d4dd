import type { Disposable } from '../base/emitter.ts';
import type { Account } from './account.ts';

/** A session of an authentication provider, as far as it is used here. Its scopes are left out: they echo the request, not the grant. */
export interface Session {
  readonly accessToken: string;
  readonly account: Account;
}

/** A challenge of Microsoft Graph, handed on to the provider; stable API since VS Code 1.105. */
export interface ChallengeRequest {
  /** Must have claims, else VS Code throws. */
  readonly wwwAuthenticate: string;
  /** Must name client and tenant, else the challenge runs against VS Code's own client. */
  readonly fallbackScopes: readonly string[];
}

/** How a session may be had: without any sign on the screen, or by asking the user. VS Code refuses other mixtures. */
export type SessionOptions =
  | { readonly silent: true; readonly account: Account }
  | { readonly createIfNone: { readonly detail: string }; readonly account?: Account; readonly clearSessionPreference?: boolean };

/** The part of `vscode.authentication` that sign-in uses. */
export interface SessionPort {
  /** Undefined only for a silent request that would need the user. Rejects when the user cancels or the provider fails. */
  getSession(provider: string, request: readonly string[] | ChallengeRequest, options: SessionOptions): Promise<Session | undefined>;
  /** The accounts that VS Code knows for a provider, whatever client they signed in with. Works without the network. */
  getAccounts(provider: string): Promise<readonly Account[]>;
  /** Tells the id of the provider whose sessions changed. It comes for every account list change and every token refresh. */
  onDidChangeSessions(listener: (provider: string) => void): Disposable;
}
