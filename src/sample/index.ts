export { type Behavior, gentleBehavior, type Occasion } from './behavior.ts';
export type { FamilyName } from './families.ts';
export type { Fault, FaultEffect } from './fault.ts';
export { secondAdministratorByHand } from './secondAdministratorByHand.ts';
export type { ObservedRequest } from './service/observe.ts';
export { scriptName } from './state/scriptStore.ts';
export type { TenantState } from './state/state.ts';
export { rowsOf, type SampleScript, type StoredRow } from './state/stored.ts';
export { createSampleTenant, type SampleTenant, type SampleTenantOptions, sampleScopes } from './tenant.ts';
