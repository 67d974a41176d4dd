import * as vscode from 'vscode';
import type { SessionPort } from './sessionPort.ts';

/** VS Code's own accounts and sessions. */
export const vscodeSessions: SessionPort = {
  getSession: async (provider, request, options) => vscode.authentication.getSession(provider, request, options),
  getAccounts: async provider => vscode.authentication.getAccounts(provider),
  onDidChangeSessions: listener => vscode.authentication.onDidChangeSessions(event => listener(event.provider.id)),
};
