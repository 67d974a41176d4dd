import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** VS Code settings by their full names. */
export type Settings = Readonly<Record<string, unknown>>;

/** Settings that keep VS Code from talking of itself. */
export const calmSettings: Settings = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'workbench.enableExperiments': false,
  'workbench.settings.enableNaturalLanguageSearch': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'remote.autoForwardPorts': false,
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
};

/** The plain dark or light look, as the browser asks for it. */
export const themeSettings: Settings = {
  'window.autoDetectColorScheme': true,
  'workbench.preferredDarkColorTheme': 'Dark Modern',
  'workbench.preferredLightColorTheme': 'Light Modern',
};

const settingsFile = (dataDir: string) => path.join(dataDir, 'data/User/settings.json');

/** Writes the user settings of a server. VS Code watches the file. */
export async function writeUserSettings(dataDir: string, settings: Settings): Promise<void> {
  await mkdir(path.dirname(settingsFile(dataDir)), { recursive: true });
  await writeFile(settingsFile(dataDir), JSON.stringify(settings, undefined, 2));
}
