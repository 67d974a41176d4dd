import { calmSettings, type Settings } from '../server/userSettings.ts';

/** User settings of `npm start`: the sample tenant, and nothing that draws attention to itself. */
export const startSettings: Settings = {
  ...calmSettings,
  'workbench.colorTheme': 'Dark Modern',
  'workbench.startupEditor': 'readme',
  'intuneScripts.useSampleTenant': true,
};
