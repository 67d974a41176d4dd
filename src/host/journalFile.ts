import { mkdir, open, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { finishingId, type JournalRecord, type SharedJournal } from '../intune/journal.ts';
import { inOrder } from './journalOrder.ts';
import { parseRecord } from './journalRecord.ts';
import { forgetOld, type JournalLimits, journalLimits } from './journalRetention.ts';
import { exclusively } from './lease.ts';
import { mayLive } from './windowName.ts';

/** What a window is at, or was, by its records: starts and changes, and what it finishes until it has said how that ended. */
function idsAtWork(records: readonly JournalRecord[]): readonly string[] {
  const ends = new Map(records.flatMap(record => (record.type === 'end' ? [[record.id, record] as const] : [])));
  return [
    ...records.flatMap(({ type, id }) => (type === 'end' ? [] : [id])),
    ...[...ends.values()].flatMap(({ id, finishing }) => (finishing ? [finishingId(id)] : [])),
  ];
}

const extension = '.jsonl';

const isGone = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** What is there; `otherwise` where it is not, or not any more: another window may have forgotten what is old. */
const orGone = <T, U>(work: Promise<T>, otherwise: U): Promise<T | U> =>
  work.catch((error: unknown) => {
    if (isGone(error)) return otherwise;
    throw error;
  });

/** The windows that have a file in a folder. */
const windowsIn = async (folder: string): Promise<readonly string[]> =>
  (await orGone(readdir(folder), [])).flatMap(name => (name.endsWith(extension) ? [name.slice(0, -extension.length)] : []));

/**
 * The journal of one connection: a folder with one file of JSON lines for each window, so that windows never write into each other.
 * Files are for the user alone (mode 0600). `window` is this window's name, of {@link newWindowName}.
 */
export function createJournalFile(folder: string, window: string, limits: JournalLimits = journalLimits): SharedJournal {
  const listeners = new Set<(records: readonly JournalRecord[]) => void>();
  let last: Promise<unknown> = Promise.resolve();
  const pathOf = (name: string): string => join(folder, name + extension);

  async function write(lines: string): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const handle = await open(pathOf(window), 'a', 0o600);
    try {
      await handle.appendFile(lines);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  async function filesOf(windows: readonly string[]): Promise<readonly (readonly JournalRecord[])[]> {
    const texts = await Promise.all(windows.map(name => orGone(readFile(pathOf(name), 'utf8'), '')));
    return texts.map(text => text.split('\n').flatMap(line => (line === '' ? [] : (parseRecord(line) ?? []))));
  }

  async function inUse(name: string): Promise<boolean> {
    const stats = await orGone(stat(pathOf(name)), undefined);
    return name === window || (stats !== undefined && mayLive(name, Date.now() - stats.mtimeMs));
  }

  return {
    append(records) {
      // Begins with a new line, whatever an append that failed, or a process that died, left of its last one.
      const lines = records.map(one => `\n${JSON.stringify(one)}\n`).join('');
      const written = last.then(() => write(lines));
      // The next record is written whatever became of this one.
      last = written.catch(() => undefined);
      return written.then(() => {
        for (const listener of [...listeners]) listener(records);
      });
    },
    read: async () => inOrder(await filesOf(await windowsIn(folder))),
    async living() {
      const windows = await windowsIn(folder);
      const used = await Promise.all(windows.map(inUse));
      const files = await filesOf(windows.filter((_, index) => used[index]));
      return new Set(files.flatMap(idsAtWork));
    },
    async fingerprint() {
      const windows = await windowsIn(folder);
      const sizes = await Promise.all(windows.map(async name => (await orGone(stat(pathOf(name)), undefined))?.size ?? 0));
      return windows.map((name, index) => `${name}:${sizes[index]}`).join();
    },
    exclusively: work => exclusively(folder, window, work),
    async forgetOld(now) {
      const windows = await windowsIn(folder);
      await forgetOld(await Promise.all(windows.map(async name => ({ path: pathOf(name), inUse: await inUse(name) }))), limits, now);
    },
    onDidAppend(listener) {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  };
}
