import { type CloudId, clouds } from '../graph/clouds.ts';
import type { SovereignCloud } from '../host/sovereignCloud.ts';
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
