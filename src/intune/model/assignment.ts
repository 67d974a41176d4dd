import { isRecord, spell, type Wire, withoutAnnotations } from '../../base/canonicalJson.ts';
import { type Schedule, scheduleFromWire, scheduleInPlaceOf, unknownScheduleKeys } from './schedule.ts';
import { type Filter, hasUnknownFilter, pseudoGroupOf, type Target, targetFromWire, targetToWire } from './target.ts';

export type { Wire } from '../../base/canonicalJson.ts';

/** One row of a script's assignments. */
export interface Assignment {
  readonly target: Target;
  readonly schedule?: Schedule;
  /** Rows of the settings catalog that a policy set brought are not `direct`; `assign` leaves them alone. */
  readonly direct: boolean;
  /** The row as it was read, or as it is to be written. */
  readonly wire: Wire;
}

/** A row was read that has no target or no type of target: nothing can be written on the base of it. */
export class UnreadableAssignment extends Error {
  override readonly name = 'UnreadableAssignment';
}

/** Levels of a row that are followed: rows have three, and whoever compares or writes them walks them all. */
const deepest = 50;

const isDeep = (value: unknown, levels: number): boolean =>
  typeof value === 'object' && value !== null && (levels === 0 || Object.values(value).some(inner => isDeep(inner, levels - 1)));

/** A row of the answer, understood. Throws {@link UnreadableAssignment} for what is no assignment. */
export function assignmentFromWire(wire: unknown): Assignment {
  const target = isRecord(wire) ? wire['target'] : undefined;
  if (!isRecord(wire) || !isRecord(target) || typeof target['@odata.type'] !== 'string') {
    throw new UnreadableAssignment('Microsoft Graph answered an assignment without a target.');
  }
  if (isDeep(wire, deepest)) throw new UnreadableAssignment('Microsoft Graph answered an assignment that is nested too deeply.');
  const schedule = scheduleFromWire(wire['runSchedule']);
  return {
    target: targetFromWire(target),
    ...(schedule && { schedule }),
    direct: wire['source'] === undefined || wire['source'] === null || wire['source'] === 'direct',
    wire,
  };
}

/** A new row. */
export function newAssignment(target: Target, wire: Wire = {}): Assignment {
  return assignmentFromWire({ ...wire, target: targetToWire(target) });
}

const notWritten = new Set(['id', 'source', 'sourceId', '@odata.type']);

/** The row as it is written back: all that was read, without what only the service writes. */
export function wireToWrite(assignment: Assignment): Record<string, unknown> {
  return withoutAnnotations(Object.fromEntries(Object.entries(assignment.wire).filter(([key]) => !notWritten.has(key))));
}

/** What is changed of one row; what is missing stays as it is. */
export interface AssignmentEdit {
  readonly schedule?: Schedule | undefined;
  /** Null takes the filter away. */
  readonly filter?: Filter | null | undefined;
}

const filterId = 'deviceAndAppManagementAssignmentFilterId';
const filterType = 'deviceAndAppManagementAssignmentFilterType';

/** The target with another filter; whatever else it says stays. */
function withFilter(target: unknown, filter: Filter | null): unknown {
  if (!isRecord(target)) return target;
  const { [filterId]: _id, [filterType]: _type, ...rest } = target;
  return filter ? { ...rest, [filterId]: filter.id, [filterType]: filter.mode } : rest;
}

/** The row with what is changed of it: all else that was read is written back. */
export function editedRow(row: Assignment, { schedule, filter }: AssignmentEdit): Assignment {
  const wire = wireToWrite(row);
  return assignmentFromWire({
    ...wire,
    ...(schedule && { runSchedule: scheduleInPlaceOf(wire['runSchedule'], schedule) }),
    ...(filter !== undefined && { target: withFilter(wire['target'], filter) }),
  });
}

/** Who is reached: the kind and the group or collection. The service keeps one row for it. */
export const recipientKey = ({ kind, groupId, collectionId, unknown }: Target): string =>
  `${kind}|${groupId ?? collectionId ?? unknown ?? ''}`;

/** Whether the service keeps one of two rows: the mode of a filter does not make them two. */
export const areOne = (one: Target, other: Target): boolean =>
  recipientKey(one) === recipientKey(other) && one.filter?.id === other.filter?.id;

/** What the service keeps one row for: a group, whether it is included or excluded. All devices and all users are groups to it. */
const groupOf = ({ kind, groupId }: Target): string | undefined => groupId ?? pseudoGroupOf(kind);

/**
 * Whether one target includes the group that the other excludes. The service takes both and keeps the include alone, and devices run the script
 * (observed, though the documentation says that the exclusion wins): the id of a row is that of the script and the group.
 */
export const areOpposite = (one: Target, other: Target): boolean =>
  (one.kind === 'exclusionGroup') !== (other.kind === 'exclusionGroup') && groupOf(one) !== undefined && groupOf(one) === groupOf(other);

/** A stable key of the target, filter included. */
export const targetKey = (target: Target): string =>
  `${recipientKey(target)}|${target.filter ? `${target.filter.mode}:${target.filter.id}` : ''}`;

/** The {@link recipientKey} in a {@link targetKey}. */
export const recipientOfKey = (key: string): string => key.slice(0, key.lastIndexOf('|'));

/** The target of a {@link targetKey}, GUIDs in the case that the key has; undefined for one of a kind that this version does not know. */
export function targetOfKey(key: string): Target | undefined {
  const [kind, id, filter = ''] = key.split('|');
  const [mode, filterId] = filter.split(':');
  const withFilter = filterId && (mode === 'include' || mode === 'exclude') ? { filter: { id: filterId, mode } as const } : {};
  switch (kind) {
    case 'group':
    case 'exclusionGroup':
      return id ? { kind, groupId: id, ...withFilter } : undefined;
    case 'collection':
      return id ? { kind, collectionId: id, ...withFilter } : undefined;
    case 'allDevices':
    case 'allUsers':
      return { kind, ...withFilter };
    default:
      return undefined;
  }
}

const understood = new Set(['@odata.type', 'groupId', 'collectionId']);
const ofFilter = new Set([filterId, filterType]);

/** Keys that this version does not understand; they count as they stand. */
function unknownKeys(target: unknown): unknown {
  if (!isRecord(target)) return target;
  const isKnown = (key: string): boolean => understood.has(key) || (ofFilter.has(key) && !hasUnknownFilter(target));
  return Object.fromEntries(Object.entries(target).filter(([key]) => !isKnown(key)));
}

/** Spelling a row takes longer than all else that is done with it, and a big set is compared with many others. */
const spelledRows = new WeakMap<Assignment, string>();

/**
 * One spelling for all the ways in which the service answers the same assignment: rows in any order, GUIDs in either case, no filter as
 * null, nothing or the zero GUID, times with or without fractions, all devices and all users by their kind.
 * `runRemediationScript` is left out: it reads back `false` whatever was written, and is no switch.
 */
export function canonicalAssignment(assignment: Assignment): string {
  const { target: wireTarget, runSchedule, runRemediationScript: _, ...rest } = wireToWrite(assignment);
  const { target, schedule } = assignment;
  return JSON.stringify(
    spell({
      who: recipientKey(target),
      filter: target.filter,
      schedule: schedule ?? runSchedule,
      // All of a target of an unknown type is in its key.
      others: [target.kind === 'other' ? {} : unknownKeys(wireTarget), rest, schedule ? unknownScheduleKeys(runSchedule) : {}],
    }),
  );
}

/**
 * One spelling of a row in a set. A row that a policy set brought is another one than a direct row to the same target: only the direct one
 * is written, so that taking the two for one would lose it.
 */
export function canonicalRow(assignment: Assignment): string {
  const known = spelledRows.get(assignment);
  if (known !== undefined) return known;
  const spelled = `${assignment.direct ? '' : 'policy set '}${canonicalAssignment(assignment)}`;
  spelledRows.set(assignment, spelled);
  return spelled;
}

const sameTexts = (a: readonly string[], b: readonly string[]): boolean =>
  JSON.stringify([...new Set(a)].sort()) === JSON.stringify([...new Set(b)].sort());

/** Whether two sets are the same to the service. */
export const sameAssignments = (a: readonly Assignment[], b: readonly Assignment[]): boolean =>
  sameTexts(a.map(canonicalRow), b.map(canonicalRow));

/** The rows of `a` that are not in `b`. */
export function missingFrom(b: readonly Assignment[], a: readonly Assignment[]): readonly Assignment[] {
  const present = new Set(b.map(canonicalRow));
  return a.filter(assignment => !present.has(canonicalRow(assignment)));
}
