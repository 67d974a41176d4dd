/** A family of scripts, named after its collection in Microsoft Graph. */
export type FamilyId =
  | 'deviceManagementScripts'
  | 'deviceHealthScripts'
  | 'deviceShellScripts'
  | 'deviceCustomAttributeShellScripts'
  | 'deviceComplianceScripts'
  | 'configurationPolicies';

/** What can be targeted beside groups, and what an assignment can carry. */
export interface Support {
  readonly allDevices: boolean;
  readonly allUsers: boolean;
  readonly exclude: boolean;
  readonly filter: boolean;
  readonly schedule: boolean;
}

export interface Family {
  readonly id: FamilyId;
  /** Path of the collection below the origin of Microsoft Graph. None of them exists in v1.0. */
  readonly path: string;
  /** Query of the list, without `$expand=assignments`. */
  readonly filter?: string;
  readonly nameKey: 'displayName' | 'name';
  /** Key of the list in the body of `assign`; undefined where scripts are not assigned by themselves. */
  readonly assignKey?: 'deviceManagementScriptAssignments' | 'deviceHealthScriptAssignments' | 'assignments';
  readonly supports: Support;
  /** The `devicePlatformType` of the assignment filters that can be used; undefined where `supports.filter` is false. */
  readonly filterPlatform?: 'windows10AndLater';
  /** Whether the service tells how its scripts ran, at `{id}/runSummary`. */
  readonly runSummary: boolean;
  /** The tiers of permission that reading and writing need. */
  readonly readTier: Tier;
  readonly writeTier: Tier;
  /** Path below the origin of the Intune admin center of one script's page. */
  readonly adminCenterPath: (id: string) => string;
}

const groupsOnly: Support = { allDevices: true, allUsers: true, exclude: true, filter: false, schedule: false };
const scripts = { runSummary: true, readTier: 'browse', writeTier: 'write' } as const;
const configuration = { runSummary: false, readTier: 'browseMore', writeTier: 'writeMore' } as const;
const deviceManagement = '/beta/deviceManagement';
const intuneBlade = '#view/Microsoft_Intune_DeviceSettings';

/**
 * The families of scripts, in the order in which they are shown.
 *
 * Collections, body keys and entities: the beta metadata of Microsoft Graph. Permissions: the change of 2025 (Message Center MC1066336),
 * after which `DeviceManagementConfiguration.*` no longer reads scripts, Linux scripts (settings catalog) excepted.
 * Filters: https://learn.microsoft.com/intune/intune-service/fundamentals/filters-supported-workloads.
 */
export const families: readonly Family[] = [
  {
    ...scripts,
    id: 'deviceManagementScripts',
    path: `${deviceManagement}/deviceManagementScripts`,
    nameKey: 'displayName',
    assignKey: 'deviceManagementScriptAssignments',
    supports: groupsOnly,
    adminCenterPath: id => `${intuneBlade}/ConfigureWMPolicyMenuBlade/~/overview/policyId/${id}/policyType~/0`,
  },
  {
    ...scripts,
    id: 'deviceHealthScripts',
    path: `${deviceManagement}/deviceHealthScripts`,
    nameKey: 'displayName',
    assignKey: 'deviceHealthScriptAssignments',
    supports: { allDevices: true, allUsers: true, exclude: true, filter: true, schedule: true },
    filterPlatform: 'windows10AndLater',
    adminCenterPath: id => `#view/Microsoft_Intune_Enrollment/UXAnalyticsScriptMenu/~/overview/id/${id}`,
  },
  {
    ...scripts,
    id: 'deviceShellScripts',
    path: `${deviceManagement}/deviceShellScripts`,
    nameKey: 'displayName',
    assignKey: 'deviceManagementScriptAssignments',
    supports: groupsOnly,
    adminCenterPath: id => `${intuneBlade}/ConfigureWMPolicyMenuBlade/~/overview/policyId/${id}/policyType~/1`,
  },
  {
    ...scripts,
    id: 'deviceCustomAttributeShellScripts',
    path: `${deviceManagement}/deviceCustomAttributeShellScripts`,
    nameKey: 'displayName',
    assignKey: 'deviceManagementScriptAssignments',
    supports: groupsOnly,
    adminCenterPath: id => `${intuneBlade}/ConfigureWMPolicyMenuBlade/~/overview/policyId/${id}/policyType~/2`,
  },
  {
    ...configuration,
    id: 'configurationPolicies',
    path: `${deviceManagement}/configurationPolicies`,
    filter: "$filter=templateReference/templateFamily eq 'deviceConfigurationScripts'",
    nameKey: 'name',
    assignKey: 'assignments',
    supports: groupsOnly,
    adminCenterPath: id =>
      `#view/Microsoft_Intune_Workflows/PolicySummaryBlade/policyId/${id}/isAssigned~/true/technology/linuxMdm/templateId/92439f26-2b30-4503-8429-6d40f7e172dd_1/platformName/linux`,
  },
  {
    ...scripts,
    id: 'deviceComplianceScripts',
    path: `${deviceManagement}/deviceComplianceScripts`,
    nameKey: 'displayName',
    supports: { allDevices: false, allUsers: false, exclude: false, filter: false, schedule: false },
    adminCenterPath: () => '#view/Microsoft_Intune_DeviceSettings/DevicesComplianceMenu/~/scripts',
  },
];

const byId = new Map(families.map(family => [family.id, family]));

/** The family of an id. Throws for an id that is none. */
export function familyOf(id: FamilyId): Family {
  const family = byId.get(id);
  if (!family) throw new RangeError(`No family of scripts has the id ${id}.`);
  return family;
}

/**
 * Permissions are asked for in tiers, each by a token request of its own: one scope that lacks consent fails a whole token request.
 * `more` adds the settings catalog, which Linux scripts and assignment filters belong to.
 */
export type Tier = 'browse' | 'browseMore' | 'write' | 'writeMore';

const always = ['GroupMember.Read.All', 'User.Read'];

/**
 * The delegated scopes of each tier, by their names in Microsoft Graph. All but `User.Read` need an administrator's consent.
 * Source: the permissions that Microsoft Graph publishes, after the change of 2025 (Message Center MC1066336).
 */
export const tierScopes: Readonly<Record<Tier, readonly string[]>> = {
  browse: ['DeviceManagementScripts.Read.All', ...always],
  browseMore: ['DeviceManagementConfiguration.Read.All', ...always],
  write: ['DeviceManagementScripts.ReadWrite.All', ...always],
  writeMore: ['DeviceManagementConfiguration.ReadWrite.All', ...always],
};
