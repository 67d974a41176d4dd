// The ids that the manifest and the code share. A test holds this file against package.json.
const id = <Name extends string>(name: Name): `intuneScripts.${Name}` => `intuneScripts.${name}`;

/** The id of the extension's view container in the activity bar. */
export const container = 'intuneScripts';

export const views = { scripts: id('scripts'), groups: id('groups'), changes: id('changes') } as const;

export const commands = {
  assignToGroup: id('assignToGroup'),
  assignScriptsToGroup: id('assignScriptsToGroup'),
  assignToAllDevices: id('assignToAllDevices'),
  assignToAllUsers: id('assignToAllUsers'),
  excludeGroup: id('excludeGroup'),
  editAssignment: id('editAssignment'),
  removeAssignment: id('removeAssignment'),
  removeAssignments: id('removeAssignments'),
  removeGroup: id('removeGroup'),
  copyAssignments: id('copyAssignments'),
  replaceGroup: id('replaceGroup'),
  refresh: id('refresh'),
  refreshFamily: id('refreshFamily'),
  findScript: id('findScript'),
  exportAssignments: id('exportAssignments'),
  undoChange: id('undoChange'),
  resumeChange: id('resumeChange'),
  finishChange: id('finishChange'),
  cancelApproval: id('cancelApproval'),
  showReport: id('showReport'),
  refreshChanges: id('refreshChanges'),
  signIn: id('signIn'),
  signOut: id('signOut'),
  switchTenant: id('switchTenant'),
  setUpSignIn: id('setUpSignIn'),
  openConsentPage: id('openConsentPage'),
  testSignIn: id('testSignIn'),
  explainErrorCode: id('explainErrorCode'),
  useSampleTenant: id('useSampleTenant'),
  leaveSampleTenant: id('leaveSampleTenant'),
  actAsSecondAdministrator: id('actAsSecondAdministrator'),
  openInAdminCenter: id('openInAdminCenter'),
  copyId: id('copyId'),
  showLog: id('showLog'),
  applyPlan: id('applyPlan'),
  discardPlan: id('discardPlan'),
  copyPlanAsGraphRequests: id('copyPlanAsGraphRequests'),
  copyPlanAsPowerShell: id('copyPlanAsPowerShell'),
} as const;

/** Context keys that menus and welcome views are shown by. */
export const contextKeys = { state: id('state'), noGroups: id('noGroups'), noChanges: id('noChanges') } as const;

/** Settings, without the section. All are of scope `application`: a workspace cannot set them. */
export const section = 'intuneScripts';
export const settings = {
  clientId: 'clientId',
  tenantId: 'tenantId',
  cloud: 'cloud',
  signInMethod: 'signInMethod',
  readOnly: 'readOnly',
  confirmAbove: 'confirmAbove',
  protectedGroups: 'protectedGroups',
  alwaysShowPlan: 'alwaysShowPlan',
  writeMethod: 'writeMethod',
  useSampleTenant: 'useSampleTenant',
} as const;

/** URI scheme of the two read-only documents (now and after) of a plan. */
export const planScheme = 'intune-plan';

/** Words in a tree item's context value; each says what can be done with the row. */
export type Capability =
  | 'script'
  | 'family'
  | 'assignment'
  | 'targetGroup'
  | 'deletedGroup'
  | 'assign'
  | 'allDevices'
  | 'allUsers'
  | 'exclude'
  | 'edit'
  | 'remove'
  | 'removeSome'
  | 'change'
  | 'undo'
  | 'resume'
  | 'pending'
  | 'refresh'
  | 'portal'
  | 'id';

/** What the Scripts view shows: one state at a time, each with its own welcome, if any. */
export type ViewState = 'notSetUp' | 'signedOut' | 'loading' | 'ready' | 'empty' | 'forbidden' | 'offline' | 'throttled' | 'failed';
