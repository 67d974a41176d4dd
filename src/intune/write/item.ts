import type { GraphClient } from '../../graph/client.ts';
import type { Clock } from '../../graph/clock.ts';
import type { Journal, JournalStart } from '../journal.ts';
import type { Memory } from '../memory.ts';
import type { Plan } from '../plan.ts';
import type { WriteOutcome } from './outcome.ts';
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
  /** Gets what went wrong beside the writes themselves, for the log. */
  readonly report: (error: unknown) => void;
}

/** One plan on its way. */
export interface Item {
  readonly plan: Plan;
  /** The plan on the rows of the last read; what is sent. */
  toSend: Plan;
  readonly journalId: string;
  route: Route;
  /** How often it was sent. */
  attempts: number;
  /** Writes of ours to the same script that a read may not show yet. */
  hidden: readonly JournalStart[];
}

/** Ends an item. */
export type Done = (item: Item, outcome: WriteOutcome) => void;
