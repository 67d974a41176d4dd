import * as vscode from 'vscode';
import type { SessionPort } from './sessionPort.ts';

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
