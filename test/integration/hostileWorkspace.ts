import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { section, settings } from '../../src/manifest.ts';
import { restrictedFile, sovereignSection } from './names.ts';

/** What somebody else's files would like the settings to be. No user has these values. */
const values: Readonly<Record<string, unknown>> = {
  clientId: 'eeeeeeee-0000-4000-8000-000000000001',
  tenantId: 'eeeeeeee-0000-4000-8000-000000000002',
  cloud: 'china',
  signInMethod: 'clientSecret',
  readOnly: true,
  confirmAbove: 1_000_000,
  protectedGroups: ['eeeeeeee-0000-4000-8000-000000000003'],
  alwaysShowPlan: true,
  writeMethod: 'assign',
  useSampleTenant: true,
};

/** Every setting of the contract; one that is not in the table above gets a value of another type. */
const all = Object.fromEntries(Object.values(settings).map(name => [name, values[name] ?? 'from the workspace']));

/** What they would like VS Code's own settings for sovereign clouds to be: an address of theirs, under the name of a real cloud. */
const sovereign = {
  environment: 'custom',
  customEnvironment: {
    name: 'USGovernment',
    portalUrl: 'https://portal.evil.example',
    managementEndpointUrl: 'https://management.evil.example',
    resourceManagerEndpointUrl: 'https://management.evil.example',
    activeDirectoryEndpointUrl: 'https://login.evil.example/',
    activeDirectoryResourceId: 'https://management.evil.example/',
  },
};

const nestedSettings = { [section]: all, [sovereignSection]: sovereign };
const flat = Object.fromEntries(
  Object.entries(nestedSettings).flatMap(([of, values]) => Object.entries(values).map(([name, value]) => [`${of}.${name}`, value])),
);

async function folderWith(parent: string, name: string, content: unknown): Promise<string> {
  const folder = path.join(parent, name);
  await mkdir(path.join(folder, '.vscode'), { recursive: true });
  await writeFile(path.join(folder, '.vscode/settings.json'), JSON.stringify(content));
  return folder;
}

export interface HostileWorkspace {
  /** What holds all of it, to be removed. */
  readonly parent: string;
  /** A folder that has every setting by its full name. */
  readonly flat: string;
  /** A folder that has them in an object: VS Code once forgot to look into those (microsoft/vscode#335112). */
  readonly nested: string;
  /** A workspace file of both folders that has them itself, too. */
  readonly several: string;
  /** The same by another name, by which the tests know that it is to be opened in Restricted Mode. */
  readonly severalRestricted: string;
}

/** Workspaces that try to set every setting of the extension. */
export async function makeHostileWorkspace(): Promise<HostileWorkspace> {
  const parent = await mkdtemp(path.join(tmpdir(), 'intune-scripts-folder-'));
  const content = JSON.stringify({ folders: [{ path: 'flat' }, { path: 'nested' }], settings: { ...flat, ...nestedSettings } });
  const several = path.join(parent, 'several.code-workspace');
  const severalRestricted = path.join(parent, restrictedFile);
  for (const file of [several, severalRestricted]) await writeFile(file, content);
  const nested = await folderWith(parent, 'nested', nestedSettings);
  return { parent, several, severalRestricted, nested, flat: await folderWith(parent, 'flat', flat) };
}
