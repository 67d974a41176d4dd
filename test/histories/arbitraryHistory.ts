// Random histories: everybody's changes, and what goes wrong meanwhile.
import fc from 'fast-check';
import type { FamilyId } from '../../src/intune/families.ts';
import type { FaultEffect } from '../../src/sample/index.ts';
import { row } from './arbitraryRows.ts';
import type { Act, FaultSpec, History, Intent, Intrusion, Manners, ScriptSpec, Step } from './history.ts';

const nth = fc.nat(5);

const script: fc.Arbitrary<ScriptSpec> = fc.record({
  family: fc.constantFrom<FamilyId[]>(
    'deviceHealthScripts',
    'deviceHealthScripts',
    'deviceManagementScripts',
    'deviceShellScripts',
    'deviceCustomAttributeShellScripts',
    'configurationPolicies',
  ),
  rows: fc.array(row, { maxLength: 5 }),
});

const intent: fc.Arbitrary<Intent> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('add' as const, 'add' as const, 'set' as const), row }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('edit' as const), nth, row }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), nth }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('back' as const), sets: fc.integer({ min: 1, max: 3 }) }) },
);

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('add' as const), row }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('edit' as const), nth, row }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), nth }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('replace' as const), rows: fc.array(row, { maxLength: 3 }) }) },
);

const intrusion: fc.Arbitrary<Intrusion> = fc.record({
  at: fc.constantFrom('beforePlan', 'afterPlan', 'beforeRead', 'afterRead', 'beforeWrite', 'afterWrite'),
  nth,
  act,
});

/** What the service answers instead of doing anything. */
const refusals = fc.constantFrom<FaultEffect>(
  { kind: 'throttle' },
  { kind: 'throttle', retryAfter: '3' },
  { kind: 'throttle', retryAfter: '2.128' },
  { kind: 'throttle', retryAfter: '600' },
  { kind: 'unauthorized' },
  { kind: 'unauthorized', claims: '{"access_token":{}}' },
  { kind: 'forbidden', reason: 'user' },
  { kind: 'forbidden', reason: 'scopeGroups' },
  { kind: 'error', status: 400 },
  { kind: 'error', status: 404 },
  { kind: 'error', status: 409 },
  { kind: 'error', status: 412 },
);

/** What may come before or after the work was done. */
const mishaps = fc.constantFrom<FaultEffect>(
  { kind: 'drop' },
  { kind: 'drop' },
  { kind: 'truncate' },
  { kind: 'foreign' },
  { kind: 'html', status: 200 },
  { kind: 'html', status: 502 },
  { kind: 'error', status: 500 },
  { kind: 'error', status: 503 },
  { kind: 'error', status: 503, headers: { 'Retry-After': '2' } },
  { kind: 'error', status: 504 },
  { kind: 'delay', ms: 4_000 },
  { kind: 'delay', ms: 90_000 },
);

const strike = {
  on: fc.constantFrom<FaultSpec['on'][]>('reads', 'writes', 'writes', 'batches', 'all'),
  skip: fc.nat(5),
  times: fc.integer({ min: 1, max: 3 }),
};

const fault: fc.Arbitrary<FaultSpec> = fc.oneof(
  fc.record({ ...strike, effect: refusals, point: fc.constant('before' as const) }),
  fc.record({ ...strike, effect: mishaps, point: fc.constantFrom('before' as const, 'after' as const) }),
);

const rarely = (weight: number, max: number) =>
  fc.oneof({ weight, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.nat(max) });

const step: fc.Arbitrary<Step> = fc.record({
  pauseMs: fc.constantFrom(0, 1_000, 4_000, 10_000, 20_000, 600_000),
  mask: fc.constantFrom(0b1, 0b11, 0b101, 0b1111, 0b1111),
  intents: fc.array(intent, { minLength: 1, maxLength: 3 }),
  writeMethod: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom('auto' as const, 'assign' as const) },
    { weight: 1, arbitrary: fc.constant('collection' as const) },
  ),
  faults: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 3, arbitrary: fc.array(fault, { minLength: 1, maxLength: 3 }) }),
  intrusions: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 3, arbitrary: fc.array(intrusion, { minLength: 1, maxLength: 3 }) },
  ),
  cancelAt: rarely(8, 8),
  diskFailsAt: rarely(20, 2),
});

const rare = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });

const manners: fc.Arbitrary<Manners> = fc.record({
  latencyMs: fc.constantFrom(0, 80),
  assignmentLagMs: fc.constantFrom(0, 0, 400, 3_000, 12_000),
  assignmentFallBackMs: rare(0, 300, 2_000, 20_000),
  assignmentPageSize: rare(20, 1, 2),
  pageWart: rare('none', 'overlap', 'emptyPage', 'repeatedToken'),
  collectionPost: fc.boolean(),
  oneRowPerGroup: rare(true, false),
  remediationReadsFalse: rare(true, false),
  reorderRows: fc.boolean(),
  longTimes: fc.boolean(),
  refuseDeletedGroups: rare(false, true),
  writeLimit: rare(200, 4),
});

/** A random history. Most are small; some have more scripts than one $batch holds. */
export const history: fc.Arbitrary<History> = fc.record({
  manners,
  scripts: fc.array(script, { minLength: 1, maxLength: 4 }),
  count: fc.oneof({ weight: 40, arbitrary: fc.integer({ min: 1, max: 4 }) }, { weight: 1, arbitrary: fc.integer({ min: 21, max: 26 }) }),
  steps: fc.array(step, { minLength: 1, maxLength: 4 }),
});
