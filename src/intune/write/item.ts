import type { GraphClient } from '../../graph/client.ts';
import type { Clock } from '../../graph/clock.ts';
import type { Journal, JournalApproval, JournalStart } from '../journal.ts';
import type { Memory } from '../memory.ts';
import type { Plan } from '../plan.ts';
import type { WriteOutcome } from './outcome.ts';
import type { Pace } from './pace.ts';
import type { Route, WriteMethod } from './route.ts';

export interface WriteParts {
  readonly client: GraphClient;
  readonly journal: Journal;
  readonly memory: Memory;
  readonly clock: Clock;
  readonly writeMethod: WriteMethod;
  /** Key of the connection and name of the account, for the journal. */
  readonly connection: string;
  readonly account: string;
  readonly newId: () => string;
  /** Shared by the writes of one change; a write that goes alone needs none. */
  readonly pace?: Pace | undefined;
  /** Gets the milliseconds of each wait that the service asks for before a write. */
  readonly waits?: ((ms: number) => void) | undefined;
  /** Gets what went wrong beside the writes themselves, for the log. */
  readonly report: (error: unknown) => void;
}

/**
 * How a write passes Multi Admin Approval: with a justification it asks for the approval of another administrator, with the code of an
 * approved request it is done. Header names and limits:
 * https://learn.microsoft.com/intune/fundamentals/role-based-access-control/multi-admin-approval-graph-api
 */
export type ApprovalStep = { readonly kind: 'ask'; readonly justification: string } | ({ readonly kind: 'finish' } & JournalApproval);

/** One plan on its way. */
export interface Item {
  readonly plan: Plan;
  /** The plan on the rows of the last read; what is sent. */
  toSend: Plan;
  readonly journalId: string;
  route: Route;
  /** How often it was sent. */
  attempts: number;
  /** Whether its assignments were seen to come in several pages: it is read and written alone, so that no other waits for those. */
  long?: boolean;
  /** How it passes Multi Admin Approval, where it was asked for. */
  readonly approval?: ApprovalStep | undefined;
  /** Writes of ours to the same script that a read may not show yet. */
  hidden: readonly JournalStart[];
}

/** Ends an item. */
export type Done = (item: Item, outcome: WriteOutcome) => void;
