import { type CloudId, clouds } from '../graph/clouds.ts';
import type { SessionPort } from './sessionPort.ts';

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

/**
 * The sessions of VS Code, of which none is asked for while its own setting names another sovereign cloud than ours: the provider signs in
 * to whatever that names. Rejects with {@link CloudsDisagree} then.
 */
export function sovereignSessions(
  sessions: SessionPort,
  settings: () => { readonly cloud: CloudId; readonly environment: string | undefined },
): SessionPort {
  const check = (provider: string): void => {
    const { cloud, environment } = settings();
    if (provider === clouds.global.provider || environment === environmentOf(cloud)) return;
    throw new CloudsDisagree(cloud, environment);
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
