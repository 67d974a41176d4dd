import { type Assignment, assignmentFromWire, recipientKey, targetKey, wireToWrite } from './assignment.ts';
import { sameRow } from './editAssignment.ts';
import type { Plan, PlannedRow } from './plan.ts';
import type { Wanted } from './propose.ts';
import { hasPassed, type Schedule, sameSchedule, scheduleInPlaceOf } from './schedule.ts';

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

function withSchedule(assignment: Assignment, schedule: Schedule): Assignment {
  const wire = wireToWrite(assignment);
  return assignmentFromWire({ ...wire, runSchedule: scheduleInPlaceOf(wire['runSchedule'], schedule) });
}

/** The same changes, with a schedule in place of each run-once in the past that is not there already. */
export const withFreshSchedule = (wanted: Wanted, schedule: Schedule, now: number): Wanted => ({
  ...wanted,
  changesFor: (script, base) => {
    const changes = wanted.changesFor(script, base);
    const removed = new Set(changes.flatMap(change => (change.kind === 'remove' ? [change.targetKey] : [])));
    const left = base.filter(({ target }) => !removed.has(targetKey(target)));
    return changes.map(change => {
      if (change.kind === 'remove') return change;
      const { assignment } = change;
      // Beside another row of its recipient, and of several ones, only the very row is the same.
      const of = recipientKey(assignment.target);
      const several = left.filter(({ target }) => recipientKey(target) === of).length > 1;
      const there = change.beside || several ? left.filter(({ target }) => targetKey(target) === targetKey(assignment.target)) : left;
      const kept = sameSchedule(sameRow(there, assignment, [])?.schedule, assignment.schedule);
      if (kept || !assignment.schedule || !hasPassed(assignment.schedule, now)) return change;
      return { ...change, assignment: withSchedule(assignment, schedule) };
    });
  },
});
