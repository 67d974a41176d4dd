import { spell } from '../../base/canonicalJson.ts';
import { type Assignment, recipientKey } from '../model/assignment.ts';
import type { Change } from '../model/change.ts';
import { type FamilyId, familyOf } from '../model/families.ts';
import { hasPassed } from '../model/schedule.ts';
import type { Target } from '../model/target.ts';
import { supportsTarget } from './addTargets.ts';
import type { LeftOut } from './plan.ts';

/** What of a wish is not done for a script, or not quite, and why: said before it is written. Pure data; the words are the views'. */
export type Shortfall =
  /** Rows that are not copied to a script of this family, or not given to another group. */
  | { readonly kind: 'leftOut'; readonly reason: LeftOutReason; readonly family: FamilyId; readonly count: number }
  /** Rows that are copied without what scripts of this family do not have. */
  | { readonly kind: 'withoutSchedule' | 'exclusionWithoutFilter'; readonly family: FamilyId; readonly count: number }
  /** The target has a row already, with another schedule or filter. */
  | { readonly kind: 'staysAsItIs'; readonly target: Target }
  /** What the plan left out of the changes. */
  | LeftOut
  /** The script stays as it is, for a group that it was to be assigned to is deleted. */
  | { readonly kind: 'deletedGroup'; readonly groupId: string }
  /** Rows that are not taken back, for somebody changed them since. */
  | { readonly kind: 'changedSince'; readonly count: number };

/** One shortfall for each reason that some rows have to be left out, in the order in which they occur. */
export const leftOut = (reasons: readonly LeftOutReason[], family: FamilyId): readonly Shortfall[] =>
  [...Map.groupBy(reasons, reason => reason)].map(([reason, { length: count }]) => ({ kind: 'leftOut', reason, family, count }));

/** Whether two rows have the same schedule and filter. */
const runsAlike = (a: Assignment, b: Assignment): boolean =>
  JSON.stringify(spell([a.target.filter, a.schedule])) === JSON.stringify(spell([b.target.filter, b.schedule]));

/** What additions leave as it is, though they would have it otherwise: once for each recipient. */
export function standing(changes: readonly Change[], base: readonly Assignment[]): readonly Shortfall[] {
  const targets = changes.flatMap((change): readonly Target[] => {
    if (change.kind !== 'add') return [];
    const { target } = change.assignment;
    const rows = base.filter(row => row.direct && recipientKey(row.target) === recipientKey(target));
    return rows.length > 0 && !rows.some(row => runsAlike(row, change.assignment)) ? [target] : [];
  });
  const byRecipient = new Map(targets.map(target => [recipientKey(target), target]));
  return [...byRecipient.values()].map(target => ({ kind: 'staysAsItIs', target }));
}

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
