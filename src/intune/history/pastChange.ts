import type { GraphError } from '../../graph/errors.ts';
import type { Assignment } from '../assignment.ts';
import { isDone, type JournalApproval, type JournalEnd, type JournalStart } from '../journal.ts';
import type { Change } from '../plan.ts';
import type { ScriptRef } from '../script.ts';
import type { Difference } from './differences.ts';

/**
 * How a write ended, as far as the journal tells. `running`: a window that lives is at it. `unsettled`: it has no end, and its window is
 * gone. `notStarted`: its window was gone before it was its turn.
 */
export type PastOutcome = JournalEnd['outcome'] | 'running' | 'unsettled' | 'notStarted';

/** What one change did, or wanted to do, to one script. */
export interface PastWrite {
  readonly script: ScriptRef;
  readonly outcome: PastOutcome;
  /** The id of its start; undefined where it never started. */
  readonly id: string | undefined;
  /** When its last record was made: ISO 8601; undefined where it never started. */
  readonly at: string | undefined;
  /** Why it failed, or why nobody knows. */
  readonly error: GraphError | undefined;
  /** What was wanted; empty where the journal does not tell any more. */
  readonly wanted: readonly Change[];
  /** The rows before it and after it, those of policy sets included; empty where it never started. */
  readonly before: readonly Assignment[];
  readonly after: readonly Assignment[];
  /** What it did, if it was done; empty where it never started. */
  readonly differences: readonly Difference[];
  /** Its request for approval, where it was asked for, with what it takes to do it once another administrator has approved it. */
  readonly approval: { readonly start: JournalStart; readonly request: JournalApproval } | undefined;
  /** Why its request for approval ended without being done. */
  readonly refused: JournalEnd['approval'];
  /** Whether its request for approval was completed, so that it cannot be done again. */
  readonly completed: boolean;
  /** False where the service has accepted it, and did not show it when it was last looked at. */
  readonly visible: boolean;
  /** Whether a later change took it back, and was not taken back itself. */
  readonly undone: boolean;
  /** Whether a later change took it up again, after it was not started or not made. */
  readonly resumed: boolean;
}

/** One command that changed assignments, as the journal tells it. */
export interface PastChange {
  readonly id: string;
  /** When it began: ISO 8601. */
  readonly at: string;
  readonly connection: string;
  readonly account: string;
  readonly writes: readonly PastWrite[];
  /** What its groups were called then, by id. */
  readonly groupNames: ReadonlyMap<string, string>;
  readonly undoes: string | undefined;
  readonly resumes: string | undefined;
  /** As they were wanted: see `Wanted`. */
  readonly allOrNone: boolean;
  /** Scripts that were as wanted already, and those that could not be read. */
  readonly asWanted: readonly ScriptRef[];
  readonly unreadable: readonly { readonly script: ScriptRef; readonly error: GraphError }[];
  /** What of the wish was not done, as the review said it: sentences, by the key of the script. */
  readonly shortfalls: ReadonlyMap<string, readonly string[]>;
}

/** A change, and some of its writes. */
export interface SomeWrites {
  readonly change: PastChange;
  readonly writes: readonly PastWrite[];
}

/** Whether it was done. */
export const isWritten: (write: Pick<PastWrite, 'outcome'>) => boolean = isDone;

/** Whether a write may have had an effect that can be taken back. */
const mayBeDone = ({ outcome }: Pick<PastWrite, 'outcome'>): boolean =>
  isWritten({ outcome }) || isUnsettled({ outcome }) || outcome === 'undecided';

/** Whether it can be taken back: it may be done, and was not taken back already. */
export const canBeUndone = (write: PastWrite): boolean => mayBeDone(write) && !write.undone && write.differences.length > 0;

/** Whether nobody knows whether it was done. */
export const isUnsettled = ({ outcome }: Pick<PastWrite, 'outcome'>): boolean => outcome === 'unsettled' || outcome === 'unknown';

const left: ReadonlySet<PastOutcome> = new Set<PastOutcome>(['notStarted', 'cancelled', 'failed', 'undecided', 'notShown']);

/** Of what conflicted, additions alone: they leave whatever is there, while other changes were planned on rows that somebody has changed. */
const isLeftOfConflict = ({ outcome, wanted }: PastWrite): boolean => outcome === 'conflict' && wanted.every(({ kind }) => kind === 'add');

/** Whether a write is not known to be done, and was not taken up again: what is left of a change to be resumed. */
export const isLeft = (write: PastWrite): boolean =>
  (left.has(write.outcome) || isLeftOfConflict(write)) && !write.resumed && write.wanted.length > 0;
