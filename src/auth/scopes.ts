import { clouds } from '../graph/clouds.ts';
import { type Tier, tierScopes } from '../intune/model/families.ts';
import type { Registration } from './account.ts';

/**
 * The scopes of a tier by their full names, such as `https://graph.microsoft.com/User.Read`.
 * A short name would mean the global Microsoft Graph in every cloud.
 */
export const fullScopes = (cloud: Registration['cloud'], tier: Tier): string[] =>
  tierScopes[tier].map(scope => `${clouds[cloud].graph}/${scope}`);

/**
 * What VS Code's Microsoft provider is asked for: the scopes as they are, with the client and the tenant as pseudo scopes.
 * Sorted and unique, because a repeated scope makes another cache key. The provider strips `VSCODE_…` before it sends the rest.
 * `offline_access` is not needed: the MSAL library in the provider adds it itself.
 * The tenant must be a GUID: with a domain name the provider refreshes the token over the network with every call.
 * Source: extensions/microsoft-authentication/src/common/scopeData.ts and src/node/authProvider.ts of microsoft/vscode.
 */
export const sessionScopes = (registration: Pick<Registration, 'clientId' | 'tenantId'>, scopes: readonly string[]): string[] =>
  [...new Set([...scopes, `VSCODE_CLIENT_ID:${registration.clientId}`, `VSCODE_TENANT:${registration.tenantId}`])].sort();

/** The session scopes of one tier. */
export const tierSessionScopes = (registration: Registration, tier: Tier): string[] =>
  sessionScopes(registration, fullScopes(registration.cloud, tier));

/** The scopes of a request for a session, without the pseudo scopes. */
export const withoutPseudoScopes = (scopes: readonly string[]): string[] => scopes.filter(scope => !scope.startsWith('VSCODE_'));
