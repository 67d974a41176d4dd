import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { createJournalFile } from '../host/journalFile.ts';
import type { Connection } from '../intune/connection.ts';
import type { Journal, JournalRecord } from '../intune/journal.ts';

/** A journal that ends with the window, as what it is about does. */
function transientJournal(): Journal {
  const all: JournalRecord[] = [];
  return {
    append: async records => {
      all.push(...records);
    },
    read: async () => all,
  };
}

/** The journal of each connection: a folder of its own below `folder`; in memory for the sample tenant. */
export function createJournals(folder: string, windowId: string): (connection: Pick<Connection, 'key' | 'sample'>) => Journal {
  const journals = new Map<string, Journal>();
  return ({ key, sample }) => {
    // Keys hold account ids and slashes, which are no names for folders.
    const name = createHash('sha256').update(key).digest('hex').slice(0, 32);
    const journal = journals.get(key) ?? (sample ? transientJournal() : createJournalFile(join(folder, name), windowId));
    journals.set(key, journal);
    return journal;
  };
}
