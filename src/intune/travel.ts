import { supportsTarget } from './addTargets.ts';
import type { Assignment } from './assignment.ts';
import { type FamilyId, familyOf } from './families.ts';
import { hasPassed } from './schedule.ts';

/** Why a row is not given to another script, or to another group of its script. */
export type LeftOutReason =
  | 'policySet'
  | 'unknownTarget'
  | 'collection'
  | 'unsupportedTarget'
  | 'filter'
  | 'passedRunOnce'
  | 'unknownSchedule';

const hasUnknownSchedule = ({ schedule, wire }: Assignment): boolean =>
  !schedule && wire['runSchedule'] !== undefined && wire['runSchedule'] !== null;

/**
 * Why a row cannot be made anew, whoever is to have it; undefined where it can. A schedule of a kind that this version does not know might run
 * at once. So would a run-once that has passed, but for that another date is asked (see `passedAnew`).
 */
export function cannotBeRepeated(row: Assignment): LeftOutReason | undefined {
  if (!row.direct) return 'policySet';
  if (row.target.kind === 'other') return 'unknownTarget';
  if (row.target.kind === 'exclusionGroup') return undefined;
  return hasUnknownSchedule(row) ? 'unknownSchedule' : undefined;
}

/**
 * Why a row of a script of the family `from` is not copied to one of the family `to`; undefined where it is. Without its filter, a row
 * would reach more than it does now, so that it stays behind where there are no filters. An exclusion without its filter excludes more. A run-once
 * that has passed would run at once where there are no schedules. `now` is in milliseconds since the epoch.
 */
export function cannotTravel(row: Assignment, from: FamilyId, to: FamilyId, now: number): LeftOutReason | undefined {
  const { kind, filter } = row.target;
  const reason = cannotBeRepeated(row);
  if (reason) return reason;
  if (from !== to && kind !== 'exclusionGroup' && row.schedule && hasPassed(row.schedule, now)) return 'passedRunOnce';
  if (!supportsTarget({ family: to }, kind)) return 'unsupportedTarget';
  if (kind === 'collection' && from !== to) return 'collection';
  return filter && kind !== 'exclusionGroup' && !familyOf(to).supports.filter ? 'filter' : undefined;
}
