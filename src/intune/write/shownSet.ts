import type { Assignment } from '../assignment.ts';
import { sameAssignments } from '../equality.ts';
import { expectedAssignments, type Plan } from '../plan.ts';

/** Which set Intune shows after a write whose answer was lost: that of before, the one that was wanted, which may be an earlier one, or another. */
export function shownSet(plan: Plan, now: readonly Assignment[]): 'before' | 'wanted' | 'another' {
  if (sameAssignments(now, plan.base)) return 'before';
  return sameAssignments(now, expectedAssignments(plan)) ? 'wanted' : 'another';
}
