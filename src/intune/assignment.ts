import { type Schedule, scheduleFromWire } from './schedule.ts';
import { type Target, targetFromWire, targetToWire } from './target.ts';

export type Wire = Readonly<Record<string, unknown>>;

/** One row of a script's assignments. */
export interface Assignment {
  readonly target: Target;
  readonly schedule?: Schedule;
  /** Whether the remediation runs. The service reads back `false` whatever was written, so `false` says nothing. */
  readonly runRemediationScript?: boolean;
  /** Rows of the settings catalog that a policy set brought are not `direct`; `assign` leaves them alone. */
  readonly direct: boolean;
  /** The row as it was read, or as it is to be written. */
  readonly wire: Wire;
}

const isRecord = (value: unknown): value is Wire => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A row was read that has no target or no type of target: nothing can be written on the base of it. */
export class UnreadableAssignment extends Error {
  override readonly name = 'UnreadableAssignment';
}

/** A row of the answer, understood. Throws {@link UnreadableAssignment} for what is no assignment. */
export function assignmentFromWire(wire: unknown): Assignment {
  const target = isRecord(wire) ? wire['target'] : undefined;
  if (!isRecord(wire) || !isRecord(target) || typeof target['@odata.type'] !== 'string') {
    throw new UnreadableAssignment('Microsoft Graph answered an assignment without a target.');
  }
  const schedule = scheduleFromWire(wire['runSchedule']);
  return {
    target: targetFromWire(target),
    ...(schedule && { schedule }),
    ...(typeof wire['runRemediationScript'] === 'boolean' && { runRemediationScript: wire['runRemediationScript'] }),
    direct: wire['source'] === undefined || wire['source'] === null || wire['source'] === 'direct',
    wire,
  };
}

/** A new row. */
export function newAssignment(target: Target, wire: Wire = {}): Assignment {
  return assignmentFromWire({ ...wire, target: targetToWire(target) });
}

/** Only the type of a target or schedule is told by an annotation; every other annotation describes the answer and is not written back. */
const isAnnotation = (key: string): boolean => key.includes('@') && key !== '@odata.type';

const withoutAnnotations = (record: Wire): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(record)
      .filter(([key]) => !isAnnotation(key))
      .map(([key, value]) => [key, isRecord(value) ? withoutAnnotations(value) : value]),
  );

const notWritten = new Set(['id', 'source', 'sourceId', '@odata.type']);

/** The row as it is written back: all that was read, without what only the service writes. */
export function wireToWrite(assignment: Assignment): Record<string, unknown> {
  return withoutAnnotations(Object.fromEntries(Object.entries(assignment.wire).filter(([key]) => !notWritten.has(key))));
}

/** Who is reached: the kind and the group or collection. The service keeps one row for it. */
export const recipientKey = ({ kind, groupId, collectionId }: Target): string => `${kind}|${groupId ?? collectionId ?? ''}`;

/** A stable key of the target, filter included. */
export const targetKey = (target: Target): string =>
  `${recipientKey(target)}|${target.filter ? `${target.filter.mode}:${target.filter.id}` : ''}`;
