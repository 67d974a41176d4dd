import type { GraphError } from '../../graph/errors.ts';
import { isDone, type JournalApproval, type JournalEnd, type JournalStart } from '../journal/journal.ts';
import { type Assignment, canonicalAssignment, recipientKey, targetKey } from '../model/assignment.ts';
import type { Change } from '../model/change.ts';
import type { ScriptRef } from '../model/script.ts';

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

/** What a write did to one row. */
export type Difference =
  | { readonly kind: 'added' | 'removed'; readonly assignment: Assignment }
  | { readonly kind: 'changed'; readonly before: Assignment; readonly assignment: Assignment };

/** Whether two rows of the same recipient say the same. Most are the same to the letter, which is quick to see. */
const same = (a: Assignment, b: Assignment): boolean =>
  JSON.stringify(a.wire) === JSON.stringify(b.wire) || canonicalAssignment(a) === canonicalAssignment(b);

const recipientOf = ({ target }: Assignment): string => recipientKey(target);

/** What differs between two sets, rows of policy sets aside. */
export function differencesOf(before: readonly Assignment[], after: readonly Assignment[]): readonly Difference[] {
  const old = before.filter(({ direct }) => direct);
  const fresh = after.filter(({ direct }) => direct);
  const without = (rows: readonly Assignment[], others: readonly Assignment[]): Assignment[] => {
    const byRecipient = Map.groupBy(others, recipientOf);
    return rows.filter(row => !byRecipient.get(recipientOf(row))?.some(other => same(other, row)));
  };
  const left = without(old, fresh);
  const take = (found: (row: Assignment) => boolean): Assignment | undefined => {
    const index = left.findIndex(found);
    return index < 0 ? undefined : left.splice(index, 1)[0];
  };
  // Of several rows of a recipient, those with the same filter belong together, whatever their order.
  const withSameTarget = without(fresh, old).map(row => {
    const key = targetKey(row.target);
    return { row, before: take(({ target }) => targetKey(target) === key) };
  });
  const differences = withSameTarget.map(({ row: assignment, before: known }): Difference => {
    const replaced = known ?? take(row => recipientOf(row) === recipientOf(assignment));
    return replaced ? { kind: 'changed', before: replaced, assignment } : { kind: 'added', assignment };
  });
  return [...differences, ...left.map((assignment): Difference => ({ kind: 'removed', assignment }))];
}

const keyOf = ({ target }: Assignment): string => targetKey(target);
const beforeOf = (difference: Difference): Assignment => (difference.kind === 'changed' ? difference.before : difference.assignment);
const keysOf = (difference: Difference): readonly string[] => [keyOf(difference.assignment), keyOf(beforeOf(difference))];

/**
 * The row of now that stands where a write left one, or took one away: the same target, or what somebody put in its place. A recipient may have
 * several rows (filters): what stands for another of them is in no other's place. Undefined where there is none.
 */
export function presentRow(
  difference: Difference,
  { differences, after }: Pick<PastWrite, 'differences' | 'after'>,
  rows: readonly Assignment[],
): Assignment | undefined {
  const recipient = recipientKey(beforeOf(difference).target);
  const ofRecipient = (all: readonly Assignment[]): readonly Assignment[] =>
    all.filter(({ direct, target }) => direct && recipientKey(target) === recipient);
  const there = ofRecipient(rows);
  const exact = keysOf(difference).flatMap(key => there.find(row => keyOf(row) === key) ?? []);
  if (exact[0]) return exact[0];
  const others = ofRecipient(after).filter(row => keyOf(row) !== keyOf(difference.assignment));
  const taken = new Set([...others.map(keyOf), ...differences.filter(other => other !== difference).flatMap(keysOf)]);
  // Where another row is gone, what is there may stand for that one.
  if (others.some(row => !there.some(present => keyOf(present) === keyOf(row)))) return undefined;
  return there.find(row => !taken.has(keyOf(row)));
}
