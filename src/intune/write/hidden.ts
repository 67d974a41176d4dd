import { GraphError } from '../../graph/client.ts';
import { type Assignment, assignmentFromWire } from '../assignment.ts';
import { sameAssignments } from '../equality.ts';
import type { JournalEnd, JournalRecord, JournalStart } from '../journal.ts';
import { type ScriptRef, scriptKey, scriptPath } from '../script.ts';

/** Milliseconds in which a write of ours may still not show. The service was seen to lag by seconds. */
const mayLag = 5 * 60_000;
/** Milliseconds in which a write that showed once may be hidden again: the next read may be answered by a copy that is behind. */
const mayFallBack = 60_000;

/** How long a write may be hidden, in milliseconds; 0 for one that was not made. */
function hiddenFor(end: JournalEnd | undefined): number {
  if (!end || end.outcome === 'unknown' || end.visible === false) return mayLag;
  return end.outcome === 'written' || end.outcome === 'changedAfter' ? mayFallBack : 0;
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

/**
 * Whether what was read is what stood before one of these writes, and no later one of them made it again: then it is old, and writing on it
 * would take our own rows away.
 */
export function isBefore(read: readonly Assignment[], hidden: readonly JournalStart[]): boolean {
  const now = directRows(read);
  const shows = (rows: JournalStart['before']): boolean => sameAssignments(directRows(rows.map(assignmentFromWire)), now);
  const last = hidden.findLast(({ before, after }) => shows(before) || shows(after));
  return last !== undefined && !shows(last.after);
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
