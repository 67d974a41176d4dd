import { isDone, type JournalEnd, type JournalRecord, type JournalStart } from './journal.ts';

/** A write of the journal, with its last end; undefined where it has none. */
export interface MadeWrite {
  readonly start: JournalStart;
  readonly end: JournalEnd | undefined;
}

/**
 * The writes of a journal in the order in which they were made: that of their starts, for what reading settled late was made before a write
 * that ended meanwhile. What another administrator had to approve was made when it ended. `records` are oldest first.
 */
export function madeWrites(records: readonly JournalRecord[]): readonly MadeWrite[] {
  const starts = new Map<string, JournalStart>();
  const ends = new Map<string, JournalEnd>();
  const approved = new Set<string>();
  for (const record of records) {
    if (record.type === 'start') starts.set(record.id, record);
    if (record.type === 'end') ends.set(record.id, record);
    if (record.type === 'approval') approved.add(record.id);
  }
  const isLate = (end: JournalEnd | undefined): boolean => end !== undefined && isDone(end) && approved.has(end.id);
  return records.flatMap((record): readonly MadeWrite[] => {
    const end = ends.get(record.id);
    const start = starts.get(record.id);
    return start && record === (isLate(end) ? end : start) ? [{ start, end }] : [];
  });
}
