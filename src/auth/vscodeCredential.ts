import type { TokenCredential } from '../graph/tokens.ts';
import type { Account, Registration } from './account.ts';
import { createSessionCredential } from './sessionCredential.ts';
import type { SessionPort } from './sessionPort.ts';

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
