import { GraphError } from '../../graph/client.ts';
import { type Assignment, assignmentFromWire } from '../assignment.ts';
import { sameAssignments } from '../equality.ts';
import type { JournalEnd, JournalRecord, JournalStart } from '../journal.ts';
import { type ScriptRef, scriptKey, scriptPath } from '../script.ts';

/** Milliseconds in which a write of ours may still not show. The service was seen to lag by seconds. */
const mayLag = 5 * 60_000;

/** Whether a write may have been done without showing yet: nobody saw its rows. */
const mayHide = (end: JournalEnd | undefined): boolean =>
  !end || end.outcome === 'unknown' || (end.outcome === 'written' && end.visible === false);

/**
 * Writes of ours to a script, of any window, that a read of now may not show yet. `now` is in milliseconds since the epoch,
 * `own` are the journal ids of the write that asks.
 */
export function hiddenWrites(
  records: readonly JournalRecord[],
  script: Pick<ScriptRef, 'family' | 'id'>,
  now: number,
  own: ReadonlySet<string> = new Set(),
): readonly JournalStart[] {
  const ends = new Map(records.flatMap(record => (record.type === 'end' ? [[record.id, record] as const] : [])));
  const key = scriptKey(script);
  return records.filter(
    (record): record is JournalStart =>
      record.type === 'start' &&
      !own.has(record.id) &&
      scriptKey(record.script) === key &&
      now - Date.parse(record.at) < mayLag &&
      mayHide(ends.get(record.id)),
  );
}

/** Rows that policy sets bring come and go beside what is written here. */
const directRows = (rows: readonly Assignment[]): readonly Assignment[] => rows.filter(({ direct }) => direct);

/** Whether what was read is what stood before one of these writes: then it is old, and writing on it would take our own rows away. */
export function isBefore(read: readonly Assignment[], hidden: readonly JournalStart[]): boolean {
  const now = directRows(read);
  return hidden.some(({ before, after }) => {
    const old = directRows(before.map(assignmentFromWire));
    return sameAssignments(old, now) && !sameAssignments(old, directRows(after.map(assignmentFromWire)));
  });
}

/** What is read is older than our own last write, which would be lost. */
export const notShownYet = (script: Pick<ScriptRef, 'family' | 'id'>): GraphError =>
  new GraphError({
    kind: 'conflict',
    code: 'notShownYet',
    message: 'Intune does not show your last change of this script yet. Try again in a minute.',
    request: { method: 'GET', path: `${scriptPath(script)}/assignments` },
    sent: 'no',
  });
