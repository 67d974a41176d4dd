import type { GraphError } from '../../graph/client.ts';
import type { Assignment } from '../assignment.ts';

/** What became of one plan. `now` is the set as it was read last. */
export type WriteOutcome =
  /** Done. `visible` is false when the service did not show it yet. */
  | { readonly kind: 'written'; readonly visible: boolean; readonly now?: readonly Assignment[] }
  /** Done, but the set is another one than was written; `missing` are rows that should be there. `replaced` is the set of somebody else that it took the place of. */
  | {
      readonly kind: 'changedAfter';
      readonly now: readonly Assignment[];
      readonly missing: readonly Assignment[];
      readonly replaced?: readonly Assignment[];
    }
  /** Somebody changed the assignments since the plan was made. Nothing was written. */
  | { readonly kind: 'conflict'; readonly now: readonly Assignment[] }
  /** Refused by the service, or never sent because of an error. Nothing was written. */
  | { readonly kind: 'failed'; readonly error: GraphError }
  /** We did not send it: the journal cannot be written, the setting for the way to write does not allow it, the request for it is over, the date of its run-once has passed, or another window is at the journal. */
  | { readonly kind: 'notSent'; readonly reason: 'journal' | 'writeMethod' | 'notWaiting' | 'passed' | 'busy' }
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
