import type { Clock } from '../../base/clock.ts';
import { GraphError, type GraphErrorKind } from '../../graph/errors.ts';
import { type Assignment, assignmentFromWire, type Wire, wireToWrite } from '../model/assignment.ts';
import type { Change } from '../model/change.ts';
import type { ScriptRef } from '../model/script.ts';

type ToWire<C> = C extends { readonly assignment: Assignment } ? Omit<C, 'assignment'> & { readonly assignment: Wire } : C;

/** A {@link Change} as plain JSON: what was wanted, such as the edit of a row, and not what the row was then. */
export type WireChange = ToWire<Change>;

/** When a record was made: by the clock (ISO 8601), and in milliseconds since the computer was started, which nobody can set. */
export interface Stamp {
  readonly at: string;
  /** Missing in records of before it was kept. */
  readonly uptime?: number | undefined;
}

export const stampOf = (clock: Pick<Clock, 'now' | 'uptime'>): Stamp => ({
  at: new Date(clock.now()).toISOString(),
  uptime: clock.uptime(),
});

/** A clock that a computer was started with is often wrong by hours, as where another system has set it, and not by more. */
const mostWrong = 24 * 3_600_000;

/**
 * Milliseconds that have passed at least since a record was made, whatever was done to the clock meanwhile. After a restart of the computer it
 * runs for as long at least; more than a day by the clock is believed.
 */
export function elapsedSince({ at, uptime }: Stamp, clock: Pick<Clock, 'now' | 'uptime'>): number {
  const byClock = clock.now() - Date.parse(at);
  // A time that is days ahead was never a time of now.
  if (uptime === undefined) return byClock < -mostWrong ? Number.POSITIVE_INFINITY : Math.max(0, byClock);
  const now = clock.uptime();
  if (now >= uptime) return now - uptime;
  return byClock > mostWrong ? byClock : now;
}

/** One command, on disk with the starts of its first writes: so that what was never started is known, whatever becomes of the window. */
export interface JournalChange {
  readonly type: 'change';
  /** The `changeId` of its writes. */
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly connection: string;
  readonly account: string;
  readonly wanted: readonly { readonly script: ScriptRef; readonly changes: readonly WireChange[] }[];
  /** What the groups of the plans were called then, by id. */
  readonly groupNames?: Readonly<Record<string, string>> | undefined;
  /** The change that this one takes back. */
  readonly undoes?: string | undefined;
  /** The change whose rest this one is. */
  readonly resumes?: string | undefined;
  /** As they were wanted: see `Wanted`. */
  readonly allOrNone?: boolean | undefined;
  /** Scripts that were as wanted already, and those that could not be read: they have no write. */
  readonly asWanted?: readonly ScriptRef[] | undefined;
  readonly unreadable?: readonly { readonly script: ScriptRef; readonly error: WireError }[] | undefined;
  /** What of the wish was not done, as the review said it: sentences. */
  readonly shortfalls?: readonly { readonly script: ScriptRef; readonly texts: readonly string[] }[] | undefined;
}

/** What is kept of a {@link GraphError}. */
export interface WireError {
  readonly kind: GraphErrorKind;
  readonly code: string;
  readonly message: string;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  readonly intuneRole?: boolean | undefined;
}

/**
 * Written and synced to disk before a write is sent: what it starts from and what it wants. Rows are as they are written, and those of
 * policy sets say so.
 */
export interface JournalStart extends Stamp {
  readonly type: 'start';
  readonly id: string;
  /** One for all writes of one command. */
  readonly changeId: string;
  readonly connection: string;
  readonly account: string;
  readonly script: ScriptRef;
  readonly before: readonly Wire[];
  readonly after: readonly Wire[];
}

export const journalOutcomes = [
  'written',
  'changedAfter',
  'conflict',
  'failed',
  'unknown',
  'cancelled',
  /** The service did not show it when it would have by then: it was never made, or dropped, or somebody has taken it back. */
  'notShown',
  /** Reading told all that it ever will, and that is not whether it was made. */
  'undecided',
  'pending',
] as const;

/**
 * How a write ended, by the id of its start; or, by the id of a change, that what was not started by then never will be. A start without an
 * end is a write whose outcome is not known.
 */
export interface JournalEnd extends Stamp {
  readonly type: 'end';
  readonly id: string;
  readonly outcome: (typeof journalOutcomes)[number];
  /** Why it failed, or why nobody knows. */
  readonly error?: WireError | undefined;
  /** Only the rows that were added were sent; of the others, `after` says what they were taken to be. */
  readonly additive?: true | undefined;
  /** The service did not show what was written when it was last looked at. */
  readonly visible?: false | undefined;
  /** Why a request for approval ended without being done. */
  readonly approval?: 'rejected' | 'expired' | 'cancelled' | undefined;
  /** A window is at doing what was approved: as if there were no end, until there is another one. */
  readonly finishing?: true | undefined;
  /** Its request for approval is completed: it was done, whatever there is now, and cannot be done again. */
  readonly completed?: true | undefined;
}

/** A request for approval: on disk with the end that says that it waits. What was asked for is sent again as it was. */
export interface JournalApproval {
  readonly type: 'approval';
  /** The id of its start. */
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  /** What the service knows it by. */
  readonly code: string;
  /** Where it was posted to, with the version. */
  readonly path: string;
  /** The body, as it was sent. */
  readonly body: string;
}

/** By what a living window is known to be at doing what was approved; the start may be another window's. */
export const finishingId = (id: string): string => `finishing ${id}`;

/** Whether an end is the last word on a write: what is not settled is never forgotten, and looked at again. */
export const isSettled = ({ outcome, visible }: Pick<JournalEnd, 'outcome' | 'visible'>): boolean =>
  outcome !== 'unknown' && outcome !== 'pending' && visible !== false;

/** Whether a write is known to have been done. */
export const isDone = ({ outcome }: { readonly outcome: string }): boolean => outcome === 'written' || outcome === 'changedAfter';

/** An end after an earlier one of the same write: what settles a write by reading does not know how it was sent. */
export const endAfter = (end: JournalEnd, before: JournalEnd | undefined): JournalEnd =>
  before?.additive ? { ...end, additive: true } : end;

export type JournalRecord = JournalChange | JournalStart | JournalEnd | JournalApproval;

/** The record of all writes of one connection. */
export interface Journal {
  /** Resolves when the records are on disk, not before. */
  append(records: readonly JournalRecord[]): Promise<void>;
  /** All records that can be read, in the order in which they were made: each after all that its window had read. */
  read(): Promise<readonly JournalRecord[]>;
}

/** A journal that several windows write, each for itself. */
export interface SharedJournal extends Journal {
  /** Ids of the starts and changes that windows wrote that still live, this one included, and {@link finishingId}s of what they finish. */
  living(): Promise<ReadonlySet<string>>;
  /** Does some work unless another window does such work: undefined then. */
  exclusively<T>(work: () => Promise<T>): Promise<{ readonly value: T } | undefined>;
  /** Another text after each append of any window: whoever knows it needs not read. */
  fingerprint(): Promise<string>;
  /** Forgets what is older than {@link SharedJournal} keeps, at a moment in milliseconds since the epoch. Only to be called `exclusively`. */
  forgetOld(at: number): Promise<void>;
  /** Tells of each append of this window, after it is on disk. */
  onDidAppend(listener: (records: readonly JournalRecord[]) => void): { dispose(): void };
}

/** A row as it is written, but that a row of a policy set says so: no write touches those. */
export const rowToJournal = (assignment: Assignment): Wire =>
  assignment.direct ? wireToWrite(assignment) : { ...wireToWrite(assignment), source: assignment.wire['source'] };

/** A change for the journal. */
export const changeToJournal = (change: Change): WireChange =>
  'assignment' in change ? { ...change, assignment: wireToWrite(change.assignment) } : change;

/** A change of the journal. Throws `UnreadableAssignment` for a row that is none. */
export const changeFromJournal = (change: WireChange): Change =>
  'assignment' in change ? { ...change, assignment: assignmentFromWire(change.assignment) } : change;

export const errorToJournal = ({ kind, code, message, status, requestId, intuneRole }: GraphError): WireError => ({
  kind,
  code,
  message,
  status,
  requestId,
  intuneRole: intuneRole || undefined,
});

/** An error of the journal, for its words: what the request was is not kept. */
export const errorFromJournal = (error: WireError): GraphError => new GraphError({ ...error, request: { method: '', path: '' } });
