import { type Assignment, recipientKey, wireToWrite } from './assignment.ts';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Values of any depth in one spelling: keys sorted, GUIDs without case, null left out. */
function spell(value: unknown): unknown {
  if (typeof value === 'string') return guid.test(value) ? value.toLowerCase() : value;
  if (Array.isArray(value)) return value.map(spell);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== null && inner !== undefined)
    .map(([key, inner]): [string, unknown] => [key, spell(inner)]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const filterKeys = ['deviceAndAppManagementAssignmentFilterId', 'deviceAndAppManagementAssignmentFilterType'];
const understood = new Set(['@odata.type', 'groupId', 'collectionId', ...filterKeys]);

/** Keys that this version does not understand; they count as they stand. All of a target of an unknown type does, but for its filter. */
function unknownKeys(target: unknown, known: boolean): unknown {
  if (typeof target !== 'object' || target === null) return target;
  return Object.fromEntries(Object.entries(target).filter(([key]) => !(known ? understood.has(key) : filterKeys.includes(key))));
}

/**
 * One spelling for all the ways in which the service answers the same assignment: rows in any order, GUIDs in either case, no filter as
 * null, nothing or the zero GUID, times with or without fractions, all devices and all users by their kind.
 * `runRemediationScript` is left out: it reads back `false` whatever was written.
 */
export function canonicalAssignment(assignment: Assignment): string {
  const { target: wireTarget, runSchedule, runRemediationScript: _, ...rest } = wireToWrite(assignment);
  const { target, schedule } = assignment;
  return JSON.stringify(
    spell({
      who: recipientKey(target),
      filter: target.filter,
      schedule: schedule ?? runSchedule,
      others: [unknownKeys(wireTarget, target.kind !== 'other'), rest],
    }),
  );
}

/** A set of assignments in one spelling. */
export const canonicalSet = (assignments: readonly Assignment[]): readonly string[] =>
  [...new Set(assignments.map(canonicalAssignment))].sort();

/** Whether two sets are the same to the service. */
export function sameAssignments(a: readonly Assignment[], b: readonly Assignment[]): boolean {
  return JSON.stringify(canonicalSet(a)) === JSON.stringify(canonicalSet(b));
}

/** The rows of `a` that are not in `b`. */
export function missingFrom(b: readonly Assignment[], a: readonly Assignment[]): readonly Assignment[] {
  const present = new Set(canonicalSet(b));
  return a.filter(assignment => !present.has(canonicalAssignment(assignment)));
}

/**
 * Whether two answers of the service show the same set. Two answers pass through the same quirks, so here `runRemediationScript` counts:
 * a value that changed between them was changed by somebody.
 */
export function sameAnswer(a: readonly Assignment[], b: readonly Assignment[]): boolean {
  const withFlag = (rows: readonly Assignment[]): readonly string[] =>
    [...new Set(rows.map(row => `${canonicalAssignment(row)}${row.runRemediationScript === true}`))].sort();
  return JSON.stringify(withFlag(a)) === JSON.stringify(withFlag(b));
}
