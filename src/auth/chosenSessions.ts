import type { SignInMethod } from '../host/settings.ts';
import type { Registration } from './account.ts';
import type { IdentitySessions } from './identity/identitySessions.ts';
import type { SessionPort } from './sessions.ts';

/** The sessions of VS Code, or those of the sign-in method that the user chose in its place; `load` is called when the first of them is wanted, or is to be forgotten. */
export function chosenSessions(
  vscode: SessionPort,
  load: () => Promise<IdentitySessions>,
  signInMethod: () => SignInMethod,
): SessionPort & Pick<IdentitySessions, 'forget'> {
  let loaded: Promise<IdentitySessions> | undefined;
  const other = (): Promise<IdentitySessions> => {
    loaded ??= load();
    return loaded;
  };
  const ofVSCode = (): boolean => signInMethod() === 'vscode';
  return {
    getSession: async (provider, request, options) =>
      ofVSCode() ? vscode.getSession(provider, request, options) : (await other()).getSession(provider, request, options),
    getAccounts: async provider => (ofVSCode() ? vscode.getAccounts(provider) : (await other()).getAccounts(provider)),
    onDidChangeSessions: listener => vscode.onDidChangeSessions(listener),
    // A secret stays where another sign-in method was chosen after it.
    forget: async (registration: Registration) => (await other()).forget(registration),
  };
}
