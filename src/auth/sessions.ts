import * as vscode from 'vscode';
import type { Disposable } from '../base/emitter.ts';
import { type CloudId, clouds } from '../graph/clouds.ts';
import type { SovereignCloud } from '../host/settings.ts';
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

/** VS Code's own accounts and sessions. */
export const vscodeSessions: SessionPort = {
  getSession: async (provider, request, options) => vscode.authentication.getSession(provider, request, options),
  getAccounts: async provider => vscode.authentication.getAccounts(provider),
  onDidChangeSessions: listener => vscode.authentication.onDidChangeSessions(event => listener(event.provider.id)),
};

/**
 * Sessions whose failures say what they failed for. Providers say no more than "fetch failed" of a certificate that is not trusted.
 *
 * @param explain Finds what is behind an error; the error itself where there is nothing.
 */
export function explainedSessions(sessions: SessionPort, explain: (error: unknown) => Promise<unknown>): SessionPort {
  const explained = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    try {
      return await work();
    } catch (error) {
      throw await explain(error);
    }
  };
  return {
    getSession: (provider, request, options) => explained(() => sessions.getSession(provider, request, options)),
    getAccounts: provider => explained(() => sessions.getAccounts(provider)),
    onDidChangeSessions: listener => sessions.onDidChangeSessions(listener),
  };
}

/** The names of Microsoft Graph's permissions say what they allow; whatever does not say that it only reads may write. */
const onlyReads = /\.Read(\.|$)/;

/** Whether a scope, by its full name, allows to change anything. Pseudo scopes such as `VSCODE_TENANT:…` allow nothing. */
const mayWrite = (scope: string): boolean => URL.canParse(scope) && scope.startsWith('https:') && !onlyReads.test(new URL(scope).pathname);

/**
 * The sessions of VS Code, of which none that may write is asked for while `readOnly`: the one place that every token comes through.
 * Such a request rejects, and the provider never hears of it.
 */
export const readOnlySessions = (sessions: SessionPort, readOnly: () => boolean): SessionPort => ({
  getSession: async (provider, request, options) => {
    const scopes = 'fallbackScopes' in request ? request.fallbackScopes : request;
    if (readOnly() && scopes.some(mayWrite)) throw new Error(vscode.l10n.t('Intune Scripts is set to read only.'));
    return sessions.getSession(provider, request, options);
  },
  getAccounts: provider => sessions.getAccounts(provider),
  onDidChangeSessions: listener => sessions.onDidChangeSessions(listener),
});

/** The value that VS Code's setting `microsoft-sovereign-cloud.environment` needs for a cloud. Source: the extension microsoft-authentication. */
export const environmentOf = (cloud: CloudId): 'ChinaCloud' | 'USGovernment' => (cloud === 'china' ? 'ChinaCloud' : 'USGovernment');

/** VS Code would sign in to another cloud than the one that is wanted. */
export class CloudsDisagree extends Error {
  /** The value of VS Code's setting; undefined where it is not set. */
  readonly environment: string | undefined;

  constructor(cloud: CloudId, environment: string | undefined) {
    super(`intuneScripts.cloud is ${cloud}, microsoft-sovereign-cloud.environment is ${environment ?? 'not set'}.`);
    this.name = 'CloudsDisagree';
    this.environment = environment;
  }
}

/** A workspace would decide where VS Code signs in. */
export class CloudOfWorkspace extends Error {
  constructor() {
    super('A workspace sets microsoft-sovereign-cloud.');
    this.name = 'CloudOfWorkspace';
  }
}

/**
 * The sessions of VS Code, of which none is asked for while its own setting names another sovereign cloud than ours: the provider signs in
 * to whatever that names. Rejects with {@link CloudsDisagree} then. A workspace may set it, too, and even an address of its own, at which
 * the user would enter a password: the cloud has to be the user's choice in both settings, or this rejects with {@link CloudOfWorkspace}.
 */
export function sovereignSessions(sessions: SessionPort, settings: () => { readonly cloud: CloudId } & SovereignCloud): SessionPort {
  const check = (provider: string): void => {
    if (provider === clouds.global.provider) return;
    const { cloud, environment, ofUser, steered } = settings();
    const wanted = environmentOf(cloud);
    if (steered || (environment !== wanted && environment !== ofUser)) throw new CloudOfWorkspace();
    if (ofUser !== wanted) throw new CloudsDisagree(cloud, ofUser);
  };
  return {
    getSession: async (provider, request, options) => {
      check(provider);
      return sessions.getSession(provider, request, options);
    },
    getAccounts: async provider => {
      check(provider);
      return sessions.getAccounts(provider);
    },
    onDidChangeSessions: listener => sessions.onDidChangeSessions(listener),
  };
}
