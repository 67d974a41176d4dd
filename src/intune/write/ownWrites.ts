import type { JournalEnd, JournalRecord, JournalStart } from '../journal.ts';
import { type ScriptRef, scriptKey } from '../script.ts';

const notDone: ReadonlySet<JournalEnd['outcome']> = new Set(['failed', 'conflict', 'cancelled', 'pending']);

/** Our writes to a script, of any window, that were done or may be, with the time of their last record (ISO 8601), by their ids. */
export function ownWrites(records: readonly JournalRecord[], script: Pick<ScriptRef, 'family' | 'id'>): ReadonlyMap<string, string> {
  const key = scriptKey(script);
  const starts = records.filter((record): record is JournalStart => record.type === 'start' && scriptKey(record.script) === key);
  const ends = new Map(records.flatMap(record => (record.type === 'end' ? [[record.id, record] as const] : [])));
  return new Map(
    starts.flatMap(({ id, at }): [string, string][] => {
      const end = ends.get(id);
      return end && notDone.has(end.outcome) ? [] : [[id, end?.at ?? at]];
    }),
  );
}
