import type { Settings } from '../../../src/host/settings.ts';

/** The settings as they are by default, but for some. */
export const givenSettings = (given: Partial<Settings> = {}): Settings => ({
  cloud: 'global',
  signInMethod: 'vscode',
  readOnly: false,
  confirmAbove: 500,
  protectedGroups: [],
  protectedGroupsUnclear: false,
  alwaysShowPlan: false,
  writeMethod: 'auto',
  useSampleTenant: false,
  problems: [],
  ...given,
});
