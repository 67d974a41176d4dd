import fc from 'fast-check';
import { type Assignment, areOpposite, assignmentFromWire, type Wire } from '../../../src/intune/model/assignment.ts';
import type { Target } from '../../../src/intune/model/target.ts';

const zeroGuid = '00000000-0000-0000-0000-000000000000';
const filterId = 'deviceAndAppManagementAssignmentFilterId';
const filterType = 'deviceAndAppManagementAssignmentFilterType';
const type = (name: string): Wire => ({ '@odata.type': `#microsoft.graph.${name}` });

/** Few ids, so that targets meet. */
export const guid = fc.integer({ min: 1, max: 6 }).map(n => `a${n}b${n}c${n}d${n}-aaaa-4bbb-8ccc-00000000000${n}`);

const twoDigits = (max: number) => fc.integer({ min: 0, max }).map(n => String(n).padStart(2, '0'));
const time = fc.tuple(twoDigits(23), twoDigits(59), twoDigits(59)).map(parts => parts.join(':'));
const date = fc
  .tuple(twoDigits(11), twoDigits(27))
  .map(([m, d]) => `2026-${String(Number(m) + 1).padStart(2, '0')}-${String(Number(d) + 1).padStart(2, '0')}`);
const interval = fc.integer({ min: 1, max: 23 });

const schedule: fc.Arbitrary<Wire> = fc.oneof(
  interval.map(n => ({ ...type('deviceHealthScriptHourlySchedule'), interval: n })),
  fc.record({ interval, time, useUtc: fc.boolean() }).map(rest => ({ ...type('deviceHealthScriptDailySchedule'), ...rest })),
  fc.record({ date, time, useUtc: fc.boolean() }).map(rest => ({ ...type('deviceHealthScriptRunOnceSchedule'), interval: 1, ...rest })),
);

const groupTarget = fc
  .tuple(fc.constantFrom('groupAssignmentTarget', 'exclusionGroupAssignmentTarget'), guid)
  .map(([kind, groupId]): Wire => ({ ...type(kind), groupId }));

const target: fc.Arbitrary<Wire> = fc.oneof(
  { weight: 5, arbitrary: groupTarget },
  fc.constantFrom<Wire>(type('allDevicesAssignmentTarget'), type('allLicensedUsersAssignmentTarget')),
  fc
    .constantFrom('SMS00001', 'XYZ00014')
    .map((collectionId): Wire => ({ ...type('configurationManagerCollectionAssignmentTarget'), collectionId })),
  guid.map((entraObjectId): Wire => ({ ...type('scopeTagGroupAssignmentTarget'), targetType: 'device', entraObjectId })),
);

const filter: fc.Arbitrary<Wire> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Wire>({}) },
  fc.tuple(guid, fc.constantFrom('include', 'exclude')).map(([id, mode]): Wire => ({ [filterId]: id, [filterType]: mode })),
);

/** A row as it is, in the plainest spelling. */
export interface Meaning {
  readonly target: Wire;
  readonly filter: Wire;
  readonly schedule: Wire | undefined;
  readonly flag: boolean | undefined;
  /** Keys of a newer service. */
  readonly unknownTargetKey: string | undefined;
  readonly unknownRowKey: string | undefined;
}

const word = fc.option(fc.constantFrom('red', 'blue'), { nil: undefined });

export const meaning: fc.Arbitrary<Meaning> = fc.record({
  target,
  filter,
  schedule: fc.option(schedule, { nil: undefined }),
  flag: fc.option(fc.boolean(), { nil: undefined }),
  unknownTargetKey: word,
  unknownRowKey: word,
});

/** The plainest spelling of a row. */
export function plainRow({ target: who, filter: by, schedule: when, flag, unknownTargetKey, unknownRowKey }: Meaning): Wire {
  return {
    ...(when && { runSchedule: when }),
    ...(flag !== undefined && { runRemediationScript: flag }),
    ...(unknownRowKey && { newRowKey: unknownRowKey }),
    target: { ...who, ...by, ...(unknownTargetKey && { newTargetKey: unknownTargetKey }) },
  };
}

/** How a service might spell it. */
const spelling = fc.record({
  upper: fc.boolean(),
  emptyFilter: fc.constantFrom('null', 'nothing', 'zero'),
  decimals: fc.integer({ min: 0, max: 7 }),
  pseudoGroup: fc.boolean(),
  annotations: fc.boolean(),
  nullSchedule: fc.boolean(),
  withoutHash: fc.boolean(),
  reversed: fc.boolean(),
  flag: fc.option(fc.boolean(), { nil: undefined }),
  id: fc.option(fc.string(), { nil: undefined }),
  source: fc.constantFrom(undefined, null, 'direct'),
  sourceId: fc.option(guid, { nil: undefined }),
});

type Spelling = typeof spelling extends fc.Arbitrary<infer T> ? T : never;

const pseudo: Readonly<Record<string, string>> = {
  '#microsoft.graph.allDevicesAssignmentTarget': 'adadadad-808e-44e2-905a-0b7873a8a531',
  '#microsoft.graph.allLicensedUsersAssignmentTarget': 'acacacac-9df4-4c7d-9d50-4ef0226f57a9',
};

const upperGuids = (record: Wire, on: boolean): Wire =>
  Object.fromEntries(
    Object.entries(record).map(([key, value]) => [
      key,
      on && typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value) ? value.toUpperCase() : value,
    ]),
  );

const reversedIf = (record: Wire, on: boolean): Wire => (on ? Object.fromEntries(Object.entries(record).toReversed()) : record);

function spellTarget(row: Wire, how: Spelling, hasFilter: boolean): Wire {
  const plain: Wire = Object.fromEntries(Object.entries(Object(row['target'])));
  const pseudoId = pseudo[String(plain['@odata.type'])];
  const who = pseudoId && how.pseudoGroup ? { ...plain, ...type('groupAssignmentTarget'), groupId: pseudoId } : plain;
  const none = { null: { [filterId]: null, [filterType]: 'none' }, nothing: {}, zero: { [filterId]: zeroGuid, [filterType]: 'none' } };
  const known = { ...who, ...(hasFilter ? {} : none[how.emptyFilter]) };
  return {
    ...(how.annotations && { 'groupId@odata.type': '#Guid', '@odata.context': 'x' }),
    ...reversedIf(upperGuids(known, how.upper), how.reversed),
  };
}

function spellSchedule(when: Wire, how: Spelling): Wire {
  const long = typeof when['time'] === 'string' && how.decimals > 0 ? { time: `${when['time']}.${'0'.repeat(how.decimals)}` } : {};
  const kind = how.withoutHash ? { '@odata.type': String(when['@odata.type']).replace('#', '') } : {};
  return reversedIf({ ...when, ...long, ...kind }, how.reversed);
}

/** A row in some spelling of the service. */
export function spelled(of: Meaning, how: Spelling): Wire {
  const plain = plainRow(of);
  const when = of.schedule ? { runSchedule: spellSchedule(of.schedule, how) } : how.nullSchedule ? { runSchedule: null } : {};
  return {
    ...(how.id !== undefined && { id: how.id }),
    ...(how.annotations && { '@odata.type': '#microsoft.graph.anAssignment', '@odata.etag': 'W/"1"', 'target@odata.associationLink': 'x' }),
    ...plain,
    ...when,
    ...(how.flag !== undefined && { runRemediationScript: how.flag }),
    ...(how.source !== undefined && { source: how.source }),
    ...(how.sourceId !== undefined && { sourceId: how.sourceId }),
    target: spellTarget(plain, how, Object.keys(of.filter).length > 0),
  };
}

export const spellings = spelling;

/** A row as an answer would have it. */
export const row: fc.Arbitrary<Assignment> = fc.tuple(meaning, spelling).map(([of, how]) => assignmentFromWire(spelled(of, how)));

/** A row that a policy set brought. */
export const foreignRow: fc.Arbitrary<Assignment> = row.map(({ wire }) => assignmentFromWire({ ...wire, source: 'policySets' }));

/** Whether a set excludes the group that a target includes, or the other way round. */
export const hasOpposite = (rows: readonly Assignment[], target: Target): boolean => rows.some(other => areOpposite(other.target, target));

/** A set as the service holds it: of an include and an exclude of one group, the include alone. */
export const withoutOpposites = (rows: readonly Assignment[]): readonly Assignment[] =>
  rows.filter(({ target }) => target.kind !== 'exclusionGroup' || !hasOpposite(rows, target));
