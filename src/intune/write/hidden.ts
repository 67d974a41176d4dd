import { GraphError } from '../../graph/client.ts';
import { type Assignment, assignmentFromWire } from '../assignment.ts';
import { missingFrom } from '../equality.ts';
import { isDone, type JournalEnd, type JournalRecord, type JournalStart } from '../journal.ts';
import { type ScriptRef, scriptKey, scriptPath } from '../script.ts';

/** Milliseconds in which a write of ours may still not show. The service was seen to lag by seconds. */
export const mayLag = 5 * 60_000;
/** Milliseconds for which a window may go on sending a write after its start: six attempts, with waits of a minute between them. */
export const maySendFor = 7 * 60_000;
/** Milliseconds in which a write that showed once may be hidden again: the next read may be answered by a copy that is behind. */
const mayFallBack = 60_000;

/** How long a write may be hidden, in milliseconds; 0 for one that was not made. */
function hiddenFor(end: JournalEnd | undefined): number {
  if (!end || end.finishing) return maySendFor + mayLag;
  if (end.outcome === 'unknown' || end.visible === false) return mayLag;
  return isDone(end) ? mayFallBack : 0;
}

/**
 * Writes of ours to a script, of any window, that a read of now may not show, oldest first. `now` is in milliseconds since the epoch,
 * `own` are the journal ids of the write that asks. A clock that was set back makes no write hidden for longer.
 */
export function hiddenWrites(
  records: readonly JournalRecord[],
  script: Pick<ScriptRef, 'family' | 'id'>,
  now: number,
  own: ReadonlySet<string> = new Set(),
): readonly JournalStart[] {
  const ends = new Map(records.flatMap(record => (record.type === 'end' ? [[record.id, record] as const] : [])));
  const key = scriptKey(script);
  return records.filter((record): record is JournalStart => {
    if (record.type !== 'start' || own.has(record.id) || scriptKey(record.script) !== key) return false;
    const end = ends.get(record.id);
    return Math.abs(now - Date.parse(end?.at ?? record.at)) < hiddenFor(end);
  });
}

/** Rows that policy sets bring come and go beside what is written here. */
const directRows = (rows: readonly Assignment[]): readonly Assignment[] => rows.filter(({ direct }) => direct);

/** Whether rows lack what came from one set to another, or have what went. */
function lacks(now: readonly Assignment[], before: readonly Assignment[], after: readonly Assignment[]): boolean {
  const went = missingFrom(after, before);
  return missingFrom(now, missingFrom(before, after)).length > 0 || missingFrom(now, went).length < went.length;
}

/**
 * Whether what was read may be older than these writes: it lacks what they added, or has what they took away. Writing on it would take our own
 * rows away. A set that is not one from before may be older too: of somebody who wrote just before us. And the last of them may show nothing,
 * as one that took back what another one added.
 */
export function isBefore(read: readonly Assignment[], hidden: readonly JournalStart[]): boolean {
  const last = hidden.at(-1);
  if (!last) return false;
  const after = directRows(last.after.map(assignmentFromWire));
  const now = directRows(read);
  return hidden.some(({ before }) => lacks(now, directRows(before.map(assignmentFromWire)), after));
}

/** What is read is older than our own last write, which would be lost. */
export const notShownYet = (script: Pick<ScriptRef, 'family' | 'id'>): GraphError =>
  new GraphError({
    kind: 'conflict',
    code: 'notShownYet',
    message: 'Intune shows the assignments from before your last change of this script.',
    request: { method: 'GET', path: `${scriptPath(script)}/assignments` },
    sent: 'no',
  });
