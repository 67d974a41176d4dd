/** A Microsoft cloud. The values are those of the setting `intuneScripts.cloud`. */
export type CloudId = 'global' | 'usGov' | 'usGovDoD' | 'china';

export interface Cloud {
  readonly id: CloudId;
  /** Origin of Microsoft Graph, without a trailing slash. Scopes use the same origin. */
  readonly graph: string;
  /** Origin of the Microsoft Entra authority. */
  readonly authority: string;
  /** Origin of the Intune admin center. */
  readonly adminCenter: string;
  /** Id of VS Code's authentication provider for this cloud. */
  readonly provider: 'microsoft' | 'microsoft-sovereign-cloud';
}

/**
 * The clouds, by https://learn.microsoft.com/graph/deployments (Graph and authority)
 * and https://learn.microsoft.com/intune/intune-service/fundamentals/intune-govt-service-description (admin centers).
 */
export const clouds: Readonly<Record<CloudId, Cloud>> = {
  global: {
    id: 'global',
    graph: 'https://graph.microsoft.com',
    authority: 'https://login.microsoftonline.com',
    adminCenter: 'https://intune.microsoft.com',
    provider: 'microsoft',
  },
  usGov: {
    id: 'usGov',
    graph: 'https://graph.microsoft.us',
    authority: 'https://login.microsoftonline.us',
    adminCenter: 'https://intune.microsoft.us',
    provider: 'microsoft-sovereign-cloud',
  },
  usGovDoD: {
    id: 'usGovDoD',
    graph: 'https://dod-graph.microsoft.us',
    authority: 'https://login.microsoftonline.us',
    adminCenter: 'https://intune.microsoft.us',
    provider: 'microsoft-sovereign-cloud',
  },
  china: {
    id: 'china',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    authority: 'https://login.chinacloudapi.cn',
    adminCenter: 'https://intune.microsoftonline.cn',
    provider: 'microsoft-sovereign-cloud',
  },
};

/** Whether a value of outside names one of the clouds. */
export const isCloudId = (value: unknown): value is CloudId => typeof value === 'string' && Object.hasOwn(clouds, value);
