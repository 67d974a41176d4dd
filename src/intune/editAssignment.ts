import { type AssignmentOptions, addTargets } from './addTargets.ts';
import { type Assignment, assignmentFromWire, recipientKey, targetKey, wireToWrite } from './assignment.ts';
import { familyOf } from './families.ts';
import type { Change } from './plan.ts';
import { type Schedule, scheduleInPlaceOf } from './schedule.ts';
import type { ScriptRef } from './script.ts';
import { isRecord } from './spelling.ts';
import type { Filter } from './target.ts';

/** What is changed of one row; what is missing stays as it is. */
export interface AssignmentEdit {
  readonly schedule?: Schedule;
  /** Null takes the filter away. */
  readonly filter?: Filter | null;
}

/** Whether a row has something that can be changed, beside whom it reaches. */
export function isEditable({ family }: Pick<ScriptRef, 'family'>, { direct, target }: Assignment): boolean {
  const { supports } = familyOf(family);
  return direct && target.kind !== 'other' && (supports.schedule || supports.filter);
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
function edited(row: Assignment, { schedule, filter }: AssignmentEdit): Assignment {
  const wire = wireToWrite(row);
  return assignmentFromWire({
    ...wire,
    ...(schedule && { runSchedule: scheduleInPlaceOf(wire['runSchedule'], schedule) }),
    ...(filter !== undefined && { target: withFilter(wire['target'], filter) }),
  });
}

/**
 * The row of a set that stands for the same recipient as one that was shown, whatever its filter is by now; undefined where it is gone, or may be.
 * `beside` are all rows that were shown: what stands for another one of them is not the one.
 */
export function sameRow(base: readonly Assignment[], shown: Assignment, beside: readonly Assignment[]): Assignment | undefined {
  const [key, recipient] = [targetKey(shown.target), recipientKey(shown.target)];
  const rows = base.filter(({ direct, target }) => direct && recipientKey(target) === recipient);
  const keys = new Set(rows.map(({ target }) => targetKey(target)));
  const others = new Set(
    beside.flatMap(({ direct, target }) =>
      direct && recipientKey(target) === recipient && targetKey(target) !== key ? [targetKey(target)] : [],
    ),
  );
  const exact = rows.find(({ target }) => targetKey(target) === key);
  // Where another row is gone too, what is there may stand for that one.
  if (exact || [...others].some(other => !keys.has(other))) return exact;
  return rows.find(({ target }) => !others.has(targetKey(target)));
}

/** A row as it was shown, with all rows of its script then. */
export interface ShownRow {
  readonly assignment: Assignment;
  readonly all: readonly Assignment[];
}

/** The changes that edit a row of a set that was just read. None where the row is gone: what somebody took away is not brought back. */
export function editAssignment(base: readonly Assignment[], { assignment, all }: ShownRow, edit: AssignmentEdit): readonly Change[] {
  const row = sameRow(base, assignment, all);
  return row ? [{ kind: 'set', assignment: edited(row, edit), replaces: targetKey(row.target) }] : [];
}

/** The changes that exclude the group of a row that includes it, or the other way round: the row goes, and a new one comes. */
export function turnAssignment(
  script: Pick<ScriptRef, 'family'>,
  base: readonly Assignment[],
  { assignment, all }: ShownRow,
  options: AssignmentOptions,
): readonly Change[] {
  const row = sameRow(base, assignment, all);
  const groupId = row?.target.groupId;
  if (!row || groupId === undefined) return [];
  const kind = row.target.kind === 'group' ? 'exclusionGroup' : 'group';
  return [{ kind: 'remove', targetKey: targetKey(row.target) }, ...addTargets(script, [{ kind, groupId }], options)];
}
