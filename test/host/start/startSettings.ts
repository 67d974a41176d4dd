import { calmSettings, type Settings, themeSettings } from '../server/userSettings.ts';

/** User settings of `npm start`: the sample tenant, and nothing that draws attention to itself. */
export const startSettings: Settings = {
  ...calmSettings,
  ...themeSettings('dark'),
  'workbench.startupEditor': 'readme',
  'intuneScripts.useSampleTenant': true,
};
