import * as vscode from 'vscode';
import { parseGuid } from '../base/guid.ts';
import { type CloudId, isCloudId } from '../graph/clouds.ts';
import { type settings as keys, section } from '../manifest.ts';

/** How assignments are written. The values are those of the setting `intuneScripts.writeMethod`. */
type WriteMethod = 'auto' | 'assign' | 'collection';

/** Whose tokens are used. The values are those of the setting `intuneScripts.signInMethod`. */
export type SignInMethod = 'vscode' | 'deviceCode' | 'clientSecret' | 'clientCertificate' | 'workloadIdentity' | 'azureCli';

export type SettingKey = keyof typeof keys;

/** A setting whose value cannot be used. */
export interface SettingProblem {
  readonly key: SettingKey;
  /** What is wrong, as a sentence for the user. */
  readonly message: string;
}

/** The user's settings, checked. A value that is not valid is left out, or is what is safest, and is named in `problems`. */
export interface Settings {
  /** GUID in lower case. */
  readonly clientId?: string;
  /** GUID in lower case. */
  readonly tenantId?: string;
  /** `global`, with a problem, where the setting names no cloud; nobody is signed in then. */
  readonly cloud: CloudId;
  /** `vscode`, with a problem, where the setting names no sign-in method; nobody is signed in then. */
  readonly signInMethod: SignInMethod;
  readonly readOnly: boolean;
  /** Number of devices above which a change is confirmed by typing. */
  readonly confirmAbove: number;
  /** Ids of groups, GUIDs in lower case. */
  readonly protectedGroups: readonly string[];
  /** Whether an entry of the protected groups cannot be understood, so that any group may be one of them. */
  readonly protectedGroupsUnclear: boolean;
  /** Whether changes are reviewed as a diff, without the dialog before it. */
  readonly alwaysShowPlan: boolean;
  readonly writeMethod: WriteMethod;
  readonly useSampleTenant: boolean;
  readonly problems: readonly SettingProblem[];
}

export const signInMethods: readonly SignInMethod[] = [
  'vscode',
  'deviceCode',
  'clientSecret',
  'clientCertificate',
  'workloadIdentity',
  'azureCli',
];
const writeMethods: readonly WriteMethod[] = ['auto', 'assign', 'collection'];

/** Only the user's own value or the default: never one of a workspace, trusted or not, which may come with somebody else's files. */
const read = (key: SettingKey): unknown => {
  const values = vscode.workspace.getConfiguration(section).inspect<unknown>(key);
  return values?.globalValue ?? values?.defaultValue;
};

const asGuid = (value: unknown): string | undefined => (typeof value === 'string' ? parseGuid(value) : undefined);
const asBoolean = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);
const asCount = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
const asCloud = (value: unknown): CloudId | undefined => (isCloudId(value) ? value : undefined);
const asSignInMethod = (value: unknown): SignInMethod | undefined => signInMethods.find(method => method === value);
const asWriteMethod = (value: unknown): WriteMethod | undefined => writeMethods.find(method => method === value);
const validGuids = (value: unknown): string[] => [value].flat().flatMap(id => asGuid(id) ?? []);
/** All of the ids, or undefined if one is none: a group that is left out without a word would not be protected, and nobody would know. */
const asGuids = (value: unknown): string[] | undefined => {
  const ids = validGuids(value);
  return Array.isArray(value) && ids.length === value.length ? ids : undefined;
};

/** Reads values one by one and collects what is wrong with them. What is not set is no problem. */
const createReader = () => {
  const problems: SettingProblem[] = [];
  const value = <Value, Fallback>(key: SettingKey, check: (raw: unknown) => Value | undefined, fallback: Fallback, message: string) => {
    const raw = read(key);
    const checked = check(raw);
    // Ids that nobody has entered yet are empty.
    const isSet = raw !== undefined && !(raw === '' && fallback === undefined);
    if (checked === undefined && isSet) problems.push({ key, message });
    return checked ?? fallback;
  };
  return { problems, value };
};

const words = {
  clientId: () => vscode.l10n.t('The client ID in the settings is not a GUID.'),
  tenantId: () => vscode.l10n.t('The tenant ID in the settings is not a GUID.'),
  cloud: () => vscode.l10n.t('The cloud in the settings is not known. Choose one of global, usGov, usGovDoD and china.'),
  signInMethod: () =>
    vscode.l10n.t(
      'The setting signInMethod is not known. Choose one of vscode, deviceCode, clientSecret, clientCertificate, workloadIdentity and azureCli.',
    ),
  readOnly: () => vscode.l10n.t('The setting readOnly is neither true nor false. Nothing is changed in the tenant until it is.'),
  confirmAbove: () =>
    vscode.l10n.t('The setting confirmAbove is not a number of devices. Every change that reaches anybody is confirmed until it is.'),
  protectedGroups: () =>
    vscode.l10n.t('The setting protectedGroups is not a list of group IDs. Every change of a group is confirmed until it is.'),
  alwaysShowPlan: () => vscode.l10n.t('The setting alwaysShowPlan is neither true nor false.'),
  writeMethod: () =>
    vscode.l10n.t('The setting writeMethod is not known: single assignments are added, nothing else. Choose auto, assign or collection.'),
  useSampleTenant: () => vscode.l10n.t('The setting useSampleTenant is neither true nor false.'),
};

/** The settings as they are now. Never throws. */
export const readSettings = (): Settings => {
  const { problems, value } = createReader();
  const clientId = value('clientId', asGuid, undefined, words.clientId());
  const tenantId = value('tenantId', asGuid, undefined, words.tenantId());
  const cloud = value('cloud', asCloud, 'global', words.cloud());
  const signInMethod = value('signInMethod', asSignInMethod, 'vscode', words.signInMethod());
  const readOnly = value('readOnly', asBoolean, true, words.readOnly());
  const confirmAbove = value('confirmAbove', asCount, 0, words.confirmAbove());
  const protectedGroups = value('protectedGroups', asGuids, validGuids(read('protectedGroups')), words.protectedGroups());
  // Nobody knows which group a wrong entry was to protect, so that each may be the one.
  const protectedGroupsUnclear = problems.some(({ key }) => key === 'protectedGroups');
  return {
    ...(clientId === undefined ? {} : { clientId }),
    ...(tenantId === undefined ? {} : { tenantId }),
    cloud,
    signInMethod,
    // A value that cannot be understood is taken for the safer one.
    readOnly,
    confirmAbove: protectedGroupsUnclear ? 0 : confirmAbove,
    protectedGroups,
    protectedGroupsUnclear,
    alwaysShowPlan: value('alwaysShowPlan', asBoolean, false, words.alwaysShowPlan()),
    writeMethod: value('writeMethod', asWriteMethod, 'collection', words.writeMethod()),
    useSampleTenant: value('useSampleTenant', asBoolean, false, words.useSampleTenant()),
    problems,
  };
};

/** Writes a user setting; undefined removes it. Rejects when VS Code cannot write its settings file. */
export const updateSetting = async (key: SettingKey, value: unknown): Promise<void> =>
  vscode.workspace.getConfiguration(section).update(key, value, vscode.ConfigurationTarget.Global);

/** Calls the listener with the settings after one of them changed, or VS Code's for sovereign clouds did. */
export const onDidChangeSettings = (listener: (settings: Settings) => void): vscode.Disposable =>
  vscode.workspace.onDidChangeConfiguration(event => {
    if (event.affectsConfiguration(section) || event.affectsConfiguration(sovereignSection)) listener(readSettings());
  });

/** The section of VS Code's own settings for sovereign clouds. */
const sovereignSection = 'microsoft-sovereign-cloud';

/** Where VS Code's provider for sovereign clouds signs in, by its own settings. A workspace may set them. */
export interface SovereignCloud {
  /** The environment that is in force; undefined while it is not set. */
  readonly environment: string | undefined;
  /** The environment that the user's own settings name. */
  readonly ofUser: string | undefined;
  /** Whether a workspace names an address of its own to sign in at, or has done so since this window was opened. */
  readonly steered: boolean;
}

const named = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function readNow(): SovereignCloud {
  const configuration = vscode.workspace.getConfiguration(sovereignSection);
  const ofWorkspace = (key: string): readonly unknown[] => {
    const { workspaceValue, workspaceFolderValue } = configuration.inspect<unknown>(key) ?? {};
    return [workspaceValue, workspaceFolderValue].filter(value => value !== undefined);
  };
  return {
    environment: named(configuration.get<unknown>('environment')),
    ofUser: named(configuration.inspect<unknown>('environment')?.globalValue),
    steered: ofWorkspace('customEnvironment').length > 0 || ofWorkspace('environment').includes('custom'),
  };
}

/**
 * Watches those settings. What a workspace named once counts until the window is closed: the provider keeps an environment that was added to
 * it, and one of the name `USGovernment` takes the place of the real one, whatever the settings say later.
 * Source: `Environment.add` of @azure/ms-rest-azure-env, as the extension microsoft-authentication of VS Code 1.139 uses it.
 */
export function watchSovereignCloud(): vscode.Disposable & { read(): SovereignCloud } {
  let steered = false;
  const read = (): SovereignCloud => {
    const now = readNow();
    steered ||= now.steered;
    return { ...now, steered };
  };
  const subscription = vscode.workspace.onDidChangeConfiguration(event => {
    if (event.affectsConfiguration(sovereignSection)) read();
  });
  read();
  return { read, dispose: () => subscription.dispose() };
}

/** Sets the environment for the user. Rejects when VS Code cannot write its settings file. */
export const setSovereignEnvironment = async (environment: string): Promise<void> =>
  vscode.workspace.getConfiguration(sovereignSection).update('environment', environment, vscode.ConfigurationTarget.Global);

/** The name of a cloud, as the settings show it. */
export const cloudTitle = (cloud: CloudId): string =>
  ({
    global: vscode.l10n.t('Global and GCC'),
    usGov: vscode.l10n.t('US Government (GCC High)'),
    usGovDoD: vscode.l10n.t('US Government (DoD)'),
    china: vscode.l10n.t('China (21Vianet)'),
  })[cloud];
