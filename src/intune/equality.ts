import { isRecord, spell } from '../base/canonicalJson.ts';
import { type Assignment, recipientKey, wireToWrite } from './assignment.ts';
import { unknownScheduleKeys } from './schedule.ts';
import { hasUnknownFilter } from './target.ts';

const understood = new Set(['@odata.type', 'groupId', 'collectionId']);
const ofFilter = new Set(['deviceAndAppManagementAssignmentFilterId', 'deviceAndAppManagementAssignmentFilterType']);

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
