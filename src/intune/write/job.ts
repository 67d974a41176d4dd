import type { Clock } from '../../base/clock.ts';
import type { GraphClient } from '../../graph/client.ts';
import type { Journal, JournalApproval } from '../journal/journal.ts';
import { type KnownWrite, knownWrites, recentWrites } from '../journal/knownWrites.ts';
import type { Memory } from '../model/memory.ts';
import type { Plan } from '../plan/plan.ts';
import type { WriteOutcome } from './outcome.ts';
import type { RateLimiter } from './rateLimiter.ts';
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
type ApprovalStep = { readonly kind: 'ask'; readonly justification: string } | ({ readonly kind: 'finish' } & JournalApproval);

/** One plan on its way. */
export interface WriteJob {
  readonly plan: Plan;
  readonly journalId: string;
  /** The plan on the rows of the last read; what is sent. */
  toSend: Plan;
  route: Route;
  /** When its start was journalled: the uptime of the computer, in milliseconds. Others believe that nothing is sent long after that. */
  startedAt: number;
  /** How often it was sent, and how often in a row its last read failed for now. */
  sends: number;
  failedReads: number;
  /** Before this uptime of the computer, in milliseconds, it is not read again. */
  notBefore: number;
  /** Whether its assignments were seen to come in several pages: it is read and written alone, so that no other waits for those. */
  long?: boolean;
  /** How it passes Multi Admin Approval, where it was asked for. */
  readonly approval?: ApprovalStep | undefined;
  /** Other writes of ours to the same script that a read may not show yet. */
  recent: readonly KnownWrite[];
}

export const newJob = (job: Pick<WriteJob, 'plan' | 'journalId' | 'route' | 'approval'>): WriteJob => ({
  ...job,
  toSend: job.plan,
  sends: 0,
  failedReads: 0,
  notBefore: 0,
  startedAt: 0,
  recent: [],
});

/** Finds the other writes of ours that a read of now may not show, or that came meanwhile. Rejects where the journal cannot be read. */
export async function findRecent(jobs: readonly WriteJob[], { journal, clock }: Pick<WriteParts, 'journal' | 'clock'>): Promise<void> {
  const known = knownWrites(await journal.read());
  for (const job of jobs) job.recent = recentWrites(known.of(job.plan.script), clock).filter(({ id }) => id !== job.journalId);
}

/** What sends jobs: all of one change go under one limit. */
export interface SendParts extends WriteParts {
  readonly limiter: RateLimiter;
}

/** Ends a job. */
export type Done = (job: WriteJob, outcome: WriteOutcome) => void;
