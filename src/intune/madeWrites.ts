import { isDone, type JournalEnd, type JournalRecord, type JournalStart } from './journal.ts';

/** A write of the journal, with its last end; undefined where it has none. */
export interface MadeWrite {
  readonly start: JournalStart;
  readonly end: JournalEnd | undefined;
}

/** An end after an earlier one of the same write: what settles a write by reading does not know how it was sent. */
export const endAfter = (end: JournalEnd, before: JournalEnd | undefined): JournalEnd =>
  before?.additive ? { ...end, additive: true } : end;

/**
 * The writes of a journal in the order in which they were made: that of their starts, for what reading settled late was made before a write
 * that ended meanwhile. What another administrator had to approve was made when it waited no more. `records` are oldest first.
 */
export function madeWrites(records: readonly JournalRecord[]): readonly MadeWrite[] {
  const starts = new Map<string, JournalStart>();
  const ends = new Map<string, JournalEnd>();
  /** The first end after the last one that says that it waits. */
  const finished = new Map<string, JournalEnd>();
  const approved = new Set<string>();
  for (const record of records) {
    const { type, id } = record;
    if (type === 'start') starts.set(id, record);
    if (type === 'approval') approved.add(id);
    if (type !== 'end') continue;
    ends.set(id, endAfter(record, ends.get(id)));
    if (record.outcome === 'pending') finished.delete(id);
    else if (!finished.has(id)) finished.set(id, record);
  }
  return records.flatMap((record): readonly MadeWrite[] => {
    const end = ends.get(record.id);
    const start = starts.get(record.id);
    const isLate = end !== undefined && isDone(end) && approved.has(end.id);
    return start && record === (isLate ? finished.get(record.id) : start) ? [{ start, end }] : [];
  });
}
