import type { CloudId } from '../../graph/clouds.ts';
import { type Tier, tierScopes } from '../../intune/model/families.ts';
import { consentLink, redirectUris } from '../scopes.ts';

/** The app id of Microsoft Graph, the same in every tenant and cloud. */
export const graphAppId = '00000003-0000-0000-c000-000000000000';

/** What an app registration is created with. Texts with the client or tenant id are functions, for the ids are known only when it exists. */
export interface RegistrationPlan {
  readonly cloud: CloudId;
  readonly name: string;
  /** Names of delegated permissions of Microsoft Graph. A script looks their ids up, so that it holds in every cloud. */
  readonly permissions: readonly string[];
  readonly redirectUris: (clientId: string) => readonly string[];
  readonly consentLink: (ids: { readonly clientId: string; readonly tenantId: string }) => string;
}

/** Plans a registration for some tiers. `browse` is always one of them: every sign-in starts with it. */
export const registrationPlan = (cloud: CloudId, chosen: readonly Tier[]): RegistrationPlan => {
  const tiers: readonly Tier[] = [...new Set<Tier>(['browse', ...chosen])];
  return {
    cloud,
    name: 'Intune Scripts for VS Code',
    permissions: [...new Set(tiers.flatMap(tier => tierScopes[tier]))].sort(),
    redirectUris,
    consentLink: ids => consentLink({ cloud, tiers, ...ids }),
  };
};
