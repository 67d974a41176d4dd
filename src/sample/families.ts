/** The six kinds of scripts, by the name of their collection below `deviceManagement`. */
export type FamilyName =
  | 'deviceManagementScripts'
  | 'deviceShellScripts'
  | 'deviceCustomAttributeShellScripts'
  | 'deviceHealthScripts'
  | 'deviceComplianceScripts'
  | 'configurationPolicies';

/** What the service does differently from family to family. */
export interface Family {
  readonly name: FamilyName;
  readonly nameProperty: 'displayName' | 'name';
  /** Base64 properties: null in lists, there in a single GET. */
  readonly contents: readonly string[];
  /** Keys of the body of `assign` that this family takes. */
  readonly assignKeys: readonly string[];
  /** Between the ids of script and group in the id of an assignment. */
  readonly idSeparator: ':' | '_';
  /** Whether assignments have `runSchedule` and `runRemediationScript`. */
  readonly scheduled: boolean;
  /** Whether the family filters its list by `displayName eq`. */
  readonly filtersByName: boolean;
  /** The permission without `.Read.All` and `.ReadWrite.All`. */
  readonly permission: 'DeviceManagementScripts' | 'DeviceManagementConfiguration';
}

const scripts = {
  nameProperty: 'displayName',
  idSeparator: ':',
  scheduled: false,
  filtersByName: false,
  permission: 'DeviceManagementScripts',
} as const;
// The second key is the older form of powershell-intune-samples, which the service still takes.
const scriptKeys = ['deviceManagementScriptAssignments', 'deviceManagementScriptGroupAssignments'];
const healthKeys = ['deviceHealthScriptAssignments'];

/**
 * The families, by the public metadata of Microsoft Graph (msgraph-metadata, schemas/beta-Prod.csdl) and the tools that write them.
 * The service filters platform scripts by name, and remediations not reliably (github.com/microsoftgraph/msgraph-metadata/issues/504).
 */
export const families: Readonly<Record<FamilyName, Family>> = {
  deviceManagementScripts: {
    ...scripts,
    name: 'deviceManagementScripts',
    contents: ['scriptContent'],
    assignKeys: scriptKeys,
    filtersByName: true,
  },
  deviceShellScripts: { ...scripts, name: 'deviceShellScripts', contents: ['scriptContent'], assignKeys: scriptKeys },
  deviceCustomAttributeShellScripts: {
    ...scripts,
    name: 'deviceCustomAttributeShellScripts',
    contents: ['scriptContent'],
    assignKeys: scriptKeys,
  },
  deviceHealthScripts: {
    ...scripts,
    name: 'deviceHealthScripts',
    contents: ['detectionScriptContent', 'remediationScriptContent'],
    assignKeys: healthKeys,
    scheduled: true,
  },
  deviceComplianceScripts: {
    ...scripts,
    name: 'deviceComplianceScripts',
    contents: ['detectionScriptContent'],
    assignKeys: healthKeys,
    scheduled: true,
  },
  configurationPolicies: {
    name: 'configurationPolicies',
    nameProperty: 'name',
    contents: [],
    assignKeys: ['assignments'],
    idSeparator: '_',
    scheduled: false,
    filtersByName: false,
    permission: 'DeviceManagementConfiguration',
  },
};

/** Whether a path segment names a family. */
export const isFamilyName = (name: string | undefined): name is FamilyName => name !== undefined && Object.hasOwn(families, name);
