import { type Assignment, editedRow, recipientKey, targetKey } from '../model/assignment.ts';
import type { Change } from '../model/change.ts';
import { hasPassed, type Schedule, sameSchedule } from '../model/schedule.ts';
import type { Plan, PlannedRow } from './plan.ts';
import type { Wanted } from './propose.ts';

/** The schedule that a row has anew; undefined where it has none, or keeps it, or excludes, which runs nothing. */
export function newSchedule(row: PlannedRow): Schedule | undefined {
  const { schedule, target } = row.assignment;
  if (target.kind === 'exclusionGroup') return undefined;
  if (row.action === 'add') return schedule;
  return row.action === 'change' && !sameSchedule(row.before.schedule, schedule) ? schedule : undefined;
}

/**
 * The first run-once in the past that plans give somebody anew: devices would run it at once, as they do with one that they missed
 * (deploy-remediations.md in MicrosoftDocs/memdocs). `now` is in milliseconds since the epoch.
 */
export const passedAnew = (plans: readonly Pick<Plan, 'rows'>[], now: number): Schedule | undefined =>
  plans.flatMap(({ rows }) => rows.flatMap(row => newSchedule(row) ?? [])).find(schedule => hasPassed(schedule, now));

/** A change with a schedule in place of a run-once in the past, unless what it is about has that already. `left` are the rows that stay. */
function freshened(change: Change, left: readonly Assignment[], schedule: Schedule, now: number): Change {
  if (change.kind === 'remove') return change;
  if (change.kind === 'edit') {
    const { edit } = change;
    return edit.schedule && hasPassed(edit.schedule, now) ? { ...change, edit: { ...edit, schedule } } : change;
  }
  const { assignment } = change;
  if (!assignment.schedule || !hasPassed(assignment.schedule, now)) return change;
  const recipient = recipientKey(assignment.target);
  const rows = left.filter(({ direct, target }) => direct && recipientKey(target) === recipient);
  // Beside another row of its recipient, and of several ones, only the very row is the same.
  const alone = rows.length === 1 && !('beside' in change && change.beside);
  const there = alone ? rows[0] : rows.find(({ target }) => targetKey(target) === targetKey(assignment.target));
  return sameSchedule(there?.schedule, assignment.schedule) ? change : { ...change, assignment: editedRow(assignment, { schedule }) };
}

/** The same changes, with a schedule in place of each run-once in the past that is not there already. */
export const withFreshSchedule = (wanted: Wanted, schedule: Schedule, now: number): Wanted => ({
  ...wanted,
  changesFor: (script, base) => {
    const changes = wanted.changesFor(script, base);
    const removed = new Set(changes.flatMap(change => (change.kind === 'remove' ? [change.targetKey] : [])));
    const left = base.filter(({ target }) => !removed.has(targetKey(target)));
    return changes.map(change => freshened(change, left, schedule, now));
  },
});
