import { type CloudId, clouds } from '../graph/clouds.ts';
import type { Tier } from '../intune/model/families.ts';
import { consentLandingPage } from './redirectUris.ts';
import { fullScopes } from './scopes.ts';

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
