import type { SessionPort } from './sessionPort.ts';

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
