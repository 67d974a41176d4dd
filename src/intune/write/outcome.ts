import type { GraphError } from '../../graph/client.ts';
import type { Assignment } from '../model/assignment.ts';
import { missingFrom, sameAssignments } from '../model/assignment.ts';
import { expectedAssignments, type Plan } from '../plan/plan.ts';

/** What became of one plan. `now` is the set as it was read last. */
export type WriteOutcome =
  /**
   * Done. `visible` is false when the service did not show it yet. `replaced` is a set that showed before ours did, of which something is as before
   * again: somebody may have written it between our last read and our write.
   */
  | {
      readonly kind: 'written';
      readonly visible: boolean;
      readonly now?: readonly Assignment[];
      readonly replaced?: readonly Assignment[];
    }
  /** Done, but the set is another one than was written; `missing` are rows that should be there. */
  | { readonly kind: 'changedAfter'; readonly now: readonly Assignment[]; readonly missing: readonly Assignment[] }
  /** Somebody changed the assignments since the plan was made. Nothing was written. */
  | { readonly kind: 'conflict'; readonly now: readonly Assignment[] }
  /** Refused by the service, or never sent because of an error. Nothing was written. */
  | { readonly kind: 'failed'; readonly error: GraphError }
  /**
   * We did not send it: the journal cannot be written, the setting for the way to write does not allow it, the request for it is over, the date of its
   * run-once has passed, another window is at the journal, or so long has passed since its start that others take it for not sent.
   */
  | { readonly kind: 'notSent'; readonly reason: 'journal' | 'writeMethod' | 'notWaiting' | 'passed' | 'busy' | 'late' }
  /** The answer was lost, and reading does not tell whether it was done. */
  | {
      readonly kind: 'unknown';
      readonly error: GraphError;
      readonly now?: readonly Assignment[];
      /** It asked for an approval: a request may wait whose code nobody knows here. */
      readonly asked?: true;
    }
  /** Multi Admin Approval wants a justification, and then another administrator. Nothing was written. */
  | { readonly kind: 'needsApproval' }
  /** Asked for: it waits for another administrator. Nothing was written. */
  | { readonly kind: 'pending'; readonly code: string }
  /** Cancelled before it was sent. */
  | { readonly kind: 'cancelled' };

/** Rows that came with a set which ours may have replaced, and that are gone since. */
export const replacedRows = ({ base }: Plan, now: readonly Assignment[], replaced: readonly Assignment[]): readonly Assignment[] =>
  missingFrom(now, missingFrom(base, replaced));

/** Which set Intune shows after a write whose answer was lost: that of before, the one that was wanted, which may be an earlier one, or another. */
export function shownSet(plan: Plan, now: readonly Assignment[]): 'before' | 'wanted' | 'another' {
  if (sameAssignments(now, plan.base)) return 'before';
  return sameAssignments(now, expectedAssignments(plan)) ? 'wanted' : 'another';
}
