import { type CloudId, clouds } from '../graph/clouds.ts';
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

/** What a consent link is for. The ids are put into the link as they are: GUIDs, or what stands for them in a script. */
export interface Consent {
  readonly cloud: CloudId;
  readonly tenantId: string;
  readonly clientId: string;
  readonly tiers: readonly Tier[];
}

/**
 * The page on which an administrator consents to exactly the permissions of some tiers, for the whole tenant.
 * VS Code's provider never asks for such consent. After it, the browser ends on a page without content that Microsoft Entra hosts.
 * Every character of the link survives the decoding and encoding that `vscode.Uri` and `openExternal` do.
 * Source: https://learn.microsoft.com/entra/identity-platform/v2-admin-consent
 */
export const consentLink = (consent: Consent): string => {
  const scopes = [...new Set(consent.tiers.flatMap(tier => fullScopes(consent.cloud, tier)))].sort();
  const query = [
    `client_id=${consent.clientId}`,
    `scope=${encodeURIComponent(scopes.join(' '))}`,
    `redirect_uri=${encodeURIComponent(consentLandingPage)}`,
  ];
  return `${clouds[consent.cloud].authority}/${consent.tenantId}/v2.0/adminconsent?${query.join('&')}`;
};

/** A page of Microsoft Entra that only says that one may go back. Also what VS Code sends on Linux with a broker. */
const consentLandingPage = 'https://login.microsoftonline.com/common/oauth2/nativeclient';

/**
 * Every redirect URI that VS Code may send for an app registration of one's own; the extension cannot choose one.
 * All belong to the platform "Mobile and desktop applications". Under "Web", Microsoft Entra wants a secret (AADSTS7000218).
 * Source: extensions/microsoft-authentication/src/node/flows.ts of microsoft/vscode, and its issues 226345, 260158 and 271352.
 *
 * @param clientId the client id, or what stands for it in a script
 */
export const redirectUris = (clientId: string): readonly string[] => [
  // Desktop, in the browser: Microsoft Entra ignores the port of http://localhost for public clients.
  'http://localhost',
  // Desktop, through the broker of Windows, macOS (stable and insiders) and Linux.
  `ms-appx-web://Microsoft.AAD.BrokerPlugin/${clientId}`,
  'msauth.com.microsoft.VSCode://auth',
  'msauth.com.microsoft.VSCodeInsiders://auth',
  consentLandingPage,
  // Where VS Code takes the answer through its own links: remote windows, and when the loopback fails.
  'https://vscode.dev/redirect',
  'https://insiders.vscode.dev/redirect',
];
