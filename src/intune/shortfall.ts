import { spell } from '../base/canonicalJson.ts';
import { type Assignment, recipientKey } from './assignment.ts';
import type { FamilyId } from './families.ts';
import type { Change, LeftOut } from './plan.ts';
import type { Target } from './target.ts';
import type { LeftOutReason } from './travel.ts';

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
