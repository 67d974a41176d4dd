import type { JournalRecord } from '../intune/journal.ts';

/** The records of all files of a journal, oldest first; those of one file stay in its order, whatever the clock did meanwhile. */
export function inOrder(files: readonly (readonly JournalRecord[])[]): readonly JournalRecord[] {
  const placed = files.flatMap(records => {
    let latest = '';
    return records.map(one => {
      if (one.at > latest) latest = one.at;
      return { one, at: latest };
    });
  });
  return placed.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).map(({ one }) => one);
}
