// Random histories: everybody's changes, and what goes wrong meanwhile.
import fc from 'fast-check';
import type { FamilyId } from '../../src/intune/model/families.ts';
import type { FaultEffect } from '../../src/sample/index.ts';
import { filters, row } from './arbitraryRows.ts';
import type {
  Act,
  ChangeStep,
  Death,
  DiskFault,
  FaultSpec,
  History,
  Intent,
  Intrusion,
  Manners,
  ScriptSpec,
  Step,
  What,
} from './history.ts';

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
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('add' as const), row, overrules: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('set' as const), row }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      nth,
      hours: fc.constantFrom(undefined, 3, 5),
      filter: fc.constantFrom(undefined, null, ...filters),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('turn' as const), nth }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), nth }) },
);

const mode = fc.constantFrom('add' as const, 'replace' as const);
const back = fc.nat(3);

const what: fc.Arbitrary<What> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('intents' as const), intents: fc.array(intent, { minLength: 1, maxLength: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('copy' as const), from: nth, mode }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('replaceGroup' as const), from: nth, to: nth, mode }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('undo' as const), nth: back }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('resume' as const), nth: back }) },
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
  { weight: 8, arbitrary: fc.record({ ...strike, effect: refusals, point: fc.constant('before' as const) }) },
  { weight: 8, arbitrary: fc.record({ ...strike, effect: mishaps, point: fc.constantFrom('before' as const, 'after' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      ...strike,
      on: fc.constant('writes' as const),
      effect: fc.constant({ kind: 'lose' as const }),
      point: fc.constant('before' as const),
    }),
  },
);

const maybe = <T>(weight: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const some = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<readonly T[]> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 3, arbitrary: fc.array(arbitrary, { minLength: 1, maxLength: 3 }) });

const place = fc.constantFrom(0 as const, 0 as const, 1 as const);

const disk: fc.Arbitrary<DiskFault> = fc.record({ nth: fc.nat(3), kind: fc.constantFrom('full', 'torn', 'unsynced') });
const death: fc.Arbitrary<Death> = fc.record({
  at: fc.constantFrom('request', 'answer', 'answer', 'tornAppend', 'append'),
  nth: fc.nat(5),
});

const changeOf = (of: fc.Arbitrary<What>): fc.Arbitrary<ChangeStep> =>
  fc.record({
    kind: fc.constant('change'),
    window: place,
    pauseMs: fc.constantFrom(0, 1_000, 4_000, 10_000, 20_000, 90_000, 600_000),
    mask: fc.constantFrom(0b1, 0b11, 0b101, 0b1111, 0b1111),
    what: of,
    writeMethod: fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom('auto' as const, 'assign' as const) },
      { weight: 1, arbitrary: fc.constant('collection' as const) },
    ),
    faults: some(fault),
    intrusions: some(intrusion),
    cancelAt: maybe(8, fc.nat(8)),
    disk: maybe(12, disk),
    death: maybe(5, death),
    beside: maybe(5, what),
  });

const minute = 60_000;
const day = 24 * 60 * minute;

const between: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('recover' as const), window: place, looks: fc.constantFrom(1, 1, 2, 40) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('clock' as const),
      ms: fc.constantFrom(-40 * day, -30 * minute, -2 * minute, 2 * minute, 30 * minute, 14 * 60 * minute),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'reboot' as const }) },
);

/** What happens where another administrator has to approve. */
const approval: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('decide' as const), nth, how: fc.constantFrom('approve', 'approve', 'approve', 'reject', 'expire') }),
  changeOf(fc.record({ kind: fc.constant('finish' as const), nth: back })),
);

const rare = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });

const anyManners: fc.Arbitrary<Manners> = fc.record({
  latencyMs: fc.constantFrom(20, 80),
  assignmentLagMs: fc.constantFrom(0, 0, 400, 3_000, 12_000),
  replicaLagsMs: fc.oneof(
    { weight: 5, arbitrary: fc.constant([0]) },
    { weight: 3, arbitrary: fc.array(fc.constantFrom(0, 0, 300, 2_000, 20_000, 120_000), { minLength: 1, maxLength: 5 }) },
  ),
  assignmentPageSize: rare(20, 1, 2),
  pageWart: rare('none', 'overlap', 'emptyPage', 'repeatedToken'),
  collectionPost: fc.boolean(),
  oneRowPerGroup: rare(true, false),
  remediationReadsFalse: rare(true, false),
  reorderRows: fc.boolean(),
  longTimes: fc.boolean(),
  refuseDeletedGroups: rare(false, true),
  writeLimit: rare(200, 4),
  approvals: rare(false, true),
  pidsReused: fc.boolean(),
});

/** All pages of a read come from one copy. */
const manners = anyManners.map(of => ({ ...of, assignmentPageSize: of.replicaLagsMs.length > 1 ? 20 : of.assignmentPageSize }));

const steps = (approvals: boolean): fc.Arbitrary<Step[]> => {
  const change = changeOf(what);
  const usual = [
    { weight: 3, arbitrary: change },
    { weight: 2, arbitrary: between },
  ];
  return fc.array(fc.oneof(...usual, ...(approvals ? [{ weight: 3, arbitrary: approval }] : [])), { minLength: 1, maxLength: 6 });
};

/** A random history. Most are small; some have more scripts than one $batch holds. */
export const history: fc.Arbitrary<History> = manners.chain(of =>
  fc.record({
    manners: fc.constant(of),
    scripts: fc.array(script, { minLength: 1, maxLength: 4 }),
    count: fc.oneof({ weight: 40, arbitrary: fc.integer({ min: 1, max: 4 }) }, { weight: 1, arbitrary: fc.integer({ min: 21, max: 26 }) }),
    steps: steps(of.approvals),
  }),
);
