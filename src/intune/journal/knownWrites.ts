import type { Clock } from '../../base/clock.ts';
import { GraphError } from '../../graph/client.ts';
import { type Assignment, assignmentFromWire, canonicalRow, missingFrom, sameAssignments } from '../model/assignment.ts';
import { type ScriptRef, scriptKey, scriptPath } from '../model/script.ts';
import {
  elapsedSince,
  endAfter,
  finishingId,
  isDone,
  isSettled,
  type JournalApproval,
  type JournalEnd,
  type JournalRecord,
  type JournalStart,
  type Stamp,
} from './journal.ts';

/** Milliseconds in which a write of ours may still not show. The service was seen to lag by seconds. */
export const mayLag = 5 * 60_000;
/** Milliseconds for which a window may go on sending a write after its start: six attempts, with waits of a minute between them. */
export const maySendFor = 7 * 60_000;

type Rows = readonly Assignment[];

/** One write of ours to a script, of any window, as the journal tells it. Rows of policy sets come and go beside what is written, and are left out. */
export interface KnownWrite {
  readonly id: string;
  readonly start: JournalStart;
  /** Since when a window may have been sending it: its start, or when it began to finish what was approved. */
  readonly begun: Stamp;
  /** Its last end; undefined where it has none, and while a window is at doing what was approved. */
  readonly end: JournalEnd | undefined;
  readonly approval: JournalApproval | undefined;
  /** Whether the last read of a later write of ours shows it. */
  readonly seen: boolean;
  /** Whether the service did it: as its end says, or as it was seen. */
  readonly made: 'yes' | 'no' | 'unknown';
  readonly before: Rows;
  readonly after: Rows;
  /** What it brings, and what it takes away. */
  readonly added: Rows;
  readonly removed: Rows;
}

/** What is known of all writes, by script. */
export interface KnownWrites {
  /** The writes of a script in the order in which they were made. */
  of(script: Pick<ScriptRef, 'family' | 'id'>): readonly KnownWrite[];
  /** The writes that have no last word yet, and that no living window is at, each with all of its script. */
  open(living: ReadonlySet<string>, clock: Pick<Clock, 'now' | 'uptime'>): readonly OpenWrite[];
}

/** A write of which nobody knows yet what became of it. */
export interface OpenWrite {
  readonly write: KnownWrite;
  readonly others: readonly KnownWrite[];
  /** The first one after it that is known to be done: what that has read last was not from before it. */
  readonly next: KnownWrite | undefined;
}

/** Milliseconds by which records that were made at the same time may be out of order. */
const outOfOrder = maySendFor + mayLag;

/**
 * The records with the uptimes of now: one after which the computer was started again has one that no longer counts, for it runs for that long again
 * some day. That it was started again is told by a later record with a lower uptime, by which the computer was started after the earlier one was
 * made. Either alone is not enough: a record may reach the disk late, and a clock may be set.
 */
function sinceRestart(records: readonly JournalRecord[]): readonly JournalRecord[] {
  let lowest = { uptime: Number.POSITIVE_INFINITY, startedAt: 0 };
  return records
    .toReversed()
    .map(record => {
      if (!('uptime' in record) || record.uptime === undefined) return record;
      const { at, uptime } = record;
      const madeAt = Date.parse(at);
      const isOfBefore = uptime > lowest.uptime + outOfOrder && madeAt < lowest.startedAt;
      if (uptime < lowest.uptime) lowest = { uptime, startedAt: madeAt - uptime };
      return isOfBefore ? { ...record, uptime: Number.POSITIVE_INFINITY } : record;
    })
    .toReversed();
}

/** Where a write stands among the records, with its last end, one that says that it is being finished included. */
interface Found {
  readonly start: JournalStart;
  place: number;
  end?: JournalEnd;
  approval?: JournalApproval;
}

/**
 * The writes of a journal by script, each where it was made: at its start, for what reading settled late was made before a write that ended
 * meanwhile; what another administrator had to approve, when it waited no more.
 */
function findWrites(records: readonly JournalRecord[]): ReadonlyMap<string, readonly Found[]> {
  const found = new Map<string, Found>();
  for (const [place, record] of sinceRestart(records).entries()) {
    if (record.type === 'start') found.set(record.id, { start: record, place });
    const write = found.get(record.id);
    if (!write) continue;
    if (record.type === 'approval') write.approval = record;
    if (record.type !== 'end') continue;
    if (write.end?.outcome === 'pending' && record.outcome !== 'pending') write.place = place;
    write.end = endAfter(record, write.end);
  }
  return Map.groupBy(found.values(), ({ start }) => scriptKey(start.script));
}

const direct = (rows: JournalStart['before']): Rows => rows.map(assignmentFromWire).filter(row => row.direct);

function madeBy(end: JournalEnd | undefined): KnownWrite['made'] {
  if (!end || end.finishing || end.outcome === 'unknown' || end.outcome === 'undecided') return 'unknown';
  return isDone(end) ? 'yes' : 'no';
}

function knownWrite({ start, end, approval }: Found): KnownWrite {
  const [before, after] = [direct(start.before), direct(start.after)];
  const delta = { added: missingFrom(before, after), removed: missingFrom(after, before) };
  const [begun, last] = end?.finishing ? [end, undefined] : [start, end];
  return { id: start.id, start, begun, end: last, approval, seen: false, made: madeBy(end), before, after, ...delta };
}

/** Whether a set has what a write brings and lacks what it takes away. */
const shows = (rows: Rows, { added, removed }: Pick<KnownWrite, 'added' | 'removed'>): boolean =>
  missingFrom(rows, added).length === 0 && missingFrom(rows, removed).length === removed.length;

/** Adds what later writes tell of earlier ones: those that were made, for of them alone it is known that a last read showed what they start from. */
function withEvidence(writes: readonly KnownWrite[]): readonly KnownWrite[] {
  const later: KnownWrite[] = [];
  for (const write of writes.toReversed()) {
    const seen = write.made !== 'no' && later.some(({ made, before }) => made === 'yes' && shows(before, write));
    later.push(seen ? { ...write, seen, made: 'yes' } : write);
  }
  return later.toReversed();
}

/**
 * What the journal knows of our writes, from one place for planning, sending, verifying, restart and history alike. `records` are in the order
 * in which they were made: order is never told by a clock.
 */
export function knownWrites(records: readonly JournalRecord[]): KnownWrites {
  const found = findWrites(records);
  const known = new Map<string, readonly KnownWrite[]>();
  function of(key: string): readonly KnownWrite[] {
    const writes = known.get(key) ?? withEvidence((found.get(key) ?? []).toSorted((a, b) => a.place - b.place).map(knownWrite));
    known.set(key, writes);
    return writes;
  }
  return {
    of: script => of(scriptKey(script)),
    open: (living, clock) =>
      [...found].flatMap(([key, some]) => {
        const ids = new Set(some.flatMap(one => (isOpen(one, living, clock) ? [one.start.id] : [])));
        if (ids.size === 0) return [];
        return of(key).flatMap((write, index, all) => {
          if (!ids.has(write.id)) return [];
          const next = all.slice(index + 1).find(({ made }) => made === 'yes');
          return [{ write, others: all.filter(other => other !== write), next }];
        });
      }),
  };
}

/** Whether a write has no last word. What a living window is at has none of its own yet; but no window is at one for longer than it may send. */
function isOpen({ start, end }: Found, living: ReadonlySet<string>, clock: Pick<Clock, 'now' | 'uptime'>): boolean {
  if (end && !end.finishing) return !isSettled(end) && end.outcome !== 'pending';
  const isAtWork = living.has(end ? finishingId(start.id) : start.id);
  return !isAtWork || elapsedSince(end ?? start, clock) > maySendFor + mayLag;
}

/** Milliseconds until a read shows whether a write was made, wherever it is answered; 0 or less once it does. */
export const showsIn = ({ begun, end }: Pick<KnownWrite, 'begun' | 'end'>, clock: Pick<Clock, 'now' | 'uptime'>): number =>
  end ? mayLag - elapsedSince(end, clock) : maySendFor + mayLag - elapsedSince(begun, clock);

/** The writes that were made, or may be, and that a copy of the service may not show yet. */
export const recentWrites = (writes: readonly KnownWrite[], clock: Pick<Clock, 'now' | 'uptime'>): readonly KnownWrite[] =>
  writes.filter(write => write.made !== 'no' && showsIn(write, clock) > 0);

/**
 * Whether what was read may be older than our own recent writes: it lacks what they brought, or has what they took away. Writing on it would take
 * our own rows away, and those of whoever wrote between them. Of writes that were made, the last one on a row counts; one of which nobody knows
 * has to show beside them.
 */
export function predatesOurWrites(read: Rows, recent: readonly KnownWrite[]): boolean {
  if (recent.length === 0) return false;
  const there = new Set(read.filter(row => row.direct).map(canonicalRow));
  const expected = new Map<string, boolean>();
  for (const { added, removed } of recent.filter(({ made }) => made === 'yes')) {
    for (const row of removed) expected.set(canonicalRow(row), false);
    for (const row of added) expected.set(canonicalRow(row), true);
  }
  const rows = read.filter(row => row.direct);
  return (
    [...expected].some(([row, is]) => there.has(row) !== is) ||
    recent.some(write => write.made === 'unknown' && !shows(rows, write)) ||
    isLeftBehind(rows, recent)
  );
}

/** Whether a set is what a write of ours was made on, and not what the last one has made: it fits where we have taken back what we had added. */
function isLeftBehind(rows: Rows, recent: readonly KnownWrite[]): boolean {
  const made = recent.filter(write => write.made === 'yes');
  const last = made.at(-1);
  return last !== undefined && !sameAssignments(rows, last.after) && made.some(({ before }) => sameAssignments(rows, before));
}

/** Whether a set is one that our recent writes have left behind, so that to see it says nothing of what came after them. */
export const isOlderState = (rows: Rows, recent: readonly KnownWrite[]): boolean =>
  predatesOurWrites(rows, recent) ||
  recent.some(({ before, after }) =>
    [before, after].some(known =>
      sameAssignments(
        known,
        rows.filter(row => row.direct),
      ),
    ),
  );

/** What is read is older than our own last write, which would be lost. */
export const notShownYet = (script: Pick<ScriptRef, 'family' | 'id'>): GraphError =>
  new GraphError({
    kind: 'conflict',
    code: 'notShownYet',
    message: 'Intune shows the assignments from before your last change of this script.',
    request: { method: 'GET', path: `${scriptPath(script)}/assignments` },
    sent: 'no',
  });
