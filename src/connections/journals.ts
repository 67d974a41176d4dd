import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '../base/clock.ts';
import { folderOnDisk } from '../host/disk.ts';
import { createJournalStore } from '../host/journalStore.ts';
import { isOfThisComputer, mayLive } from '../host/windowName.ts';
import { finishingId, type JournalRecord, type SharedJournal } from '../intune/journal/journal.ts';
import type { Connection } from '../intune/read/connection.ts';

/** A journal that ends with the window, as what it is about does. */
function transientJournal(): SharedJournal {
  const all: JournalRecord[] = [];
  const listeners = new Set<(records: readonly JournalRecord[]) => void>();
  return {
    append: async records => {
      all.push(...records);
      for (const listener of [...listeners]) listener(records);
    },
    read: async () => all,
    living: async () => new Set(all.flatMap(({ id }) => [id, finishingId(id)])),
    fingerprint: async () => String(all.length),
    exclusively: async work => ({ value: await work() }),
    forgetOld: async () => undefined,
    onDidAppend(listener) {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  };
}

/** The journal of each connection: a folder of its own below `folder`; in memory for the sample tenant. `window` is this window's name. */
export function createJournals(
  folder: string,
  window: string,
  clock: Clock,
): (connection: Pick<Connection, 'key' | 'sample'>) => SharedJournal {
  const journals = new Map<string, SharedJournal>();
  return ({ key, sample }) => {
    // Keys hold account ids and slashes, which are no names for folders.
    const name = createHash('sha256').update(key).digest('hex').slice(0, 32);
    const journal =
      journals.get(key) ??
      (sample
        ? transientJournal()
        : createJournalStore({ disk: folderOnDisk(join(folder, name)), clock, window, lives: mayLive, isOurs: isOfThisComputer }));
    journals.set(key, journal);
    return journal;
  };
}
