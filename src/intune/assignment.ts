import { type Schedule, scheduleFromWire } from './schedule.ts';
import { isRecord, type Wire, withoutAnnotations } from './spelling.ts';
import { type Target, targetFromWire, targetToWire } from './target.ts';

export type { Wire } from './spelling.ts';

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

/** Who is reached: the kind and the group or collection. The service keeps one row for it. */
export const recipientKey = ({ kind, groupId, collectionId, unknown }: Target): string =>
  `${kind}|${groupId ?? collectionId ?? unknown ?? ''}`;

/** Whether the service keeps one of two rows: the mode of a filter does not make them two. */
export const areOne = (one: Target, other: Target): boolean =>
  recipientKey(one) === recipientKey(other) && one.filter?.id === other.filter?.id;

/** A stable key of the target, filter included. */
export const targetKey = (target: Target): string =>
  `${recipientKey(target)}|${target.filter ? `${target.filter.mode}:${target.filter.id}` : ''}`;

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
