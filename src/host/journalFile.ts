import { mkdir, open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Journal, JournalRecord } from '../intune/journal.ts';
import { parseRecord } from './journalRecord.ts';

/** The records of all files, oldest first; those of one file stay in its order, whatever the clock did meanwhile. */
function merged(files: readonly (readonly JournalRecord[])[]): readonly JournalRecord[] {
  const placed = files.flatMap(records => {
    let latest = '';
    return records.map(one => {
      if (one.at > latest) latest = one.at;
      return { one, at: latest };
    });
  });
  return placed.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).map(({ one }) => one);
}

const extension = '.jsonl';

/**
 * The journal of one connection: a folder with one file of JSON lines for each window, so that windows never write into each other.
 * Files are for the user alone (mode 0600). `file` names this window's.
 */
export function createJournalFile(folder: string, file: string): Journal {
  let last: Promise<unknown> = Promise.resolve();

  async function write(lines: string): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const handle = await open(join(folder, file + extension), 'a', 0o600);
    try {
      await handle.appendFile(lines);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  return {
    append(records) {
      // Begins with a new line, whatever an append that failed, or a process that died, left of its last one.
      const lines = records.map(one => `\n${JSON.stringify(one)}\n`).join('');
      const written = last.then(() => write(lines));
      // The next record is written whatever became of this one.
      last = written.catch(() => undefined);
      return written;
    },
    async read() {
      const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return [];
        throw error;
      });
      const files = names.filter(name => name.endsWith(extension));
      const texts = await Promise.all(files.map(name => readFile(join(folder, name), 'utf8')));
      return merged(texts.map(text => text.split('\n').flatMap(line => (line === '' ? [] : (parseRecord(line) ?? [])))));
    },
  };
}
