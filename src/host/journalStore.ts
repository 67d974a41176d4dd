import type { Clock } from '../base/clock.ts';
import { finishingId, type JournalRecord, type SharedJournal } from '../intune/journal/journal.ts';
import type { Disk } from './disk.ts';
import { forgetOld, type JournalLimits, journalLimits } from './journalRetention.ts';
import { parseLine, type StoredRecord, storedLine } from './journalSchema.ts';
import { exclusively, isStale, keepTouched } from './lease.ts';

const extension = '.jsonl';
const fileOf = (window: string): string => window + extension;

/** What a journal is kept by. */
export interface JournalParts {
  readonly disk: Disk;
  readonly clock: Clock;
  /** This window's name, and whether the process of another one lives. */
  readonly window: string;
  readonly lives: (window: string) => boolean;
  /** Whether a window is one of this computer: how long another computer runs tells nothing here. */
  readonly isOurs: (window: string) => boolean;
  readonly limits?: JournalLimits;
}

/** What was read of one window's file. */
interface Followed {
  identity: number;
  /** Bytes that were read: up to the end of a line. */
  size: number;
  readonly records: StoredRecord[];
}

function withoutUptime(record: JournalRecord): JournalRecord {
  if (record.type !== 'start' && record.type !== 'end') return record;
  const { uptime: _, ...rest } = record;
  return rest;
}

/** Follows the files of all windows: each byte is read once. */
function followFiles({ disk, isOurs }: Pick<JournalParts, 'disk' | 'isOurs'>) {
  const files = new Map<string, Followed>();

  async function followOne(window: string): Promise<void> {
    const state = await disk.state(fileOf(window));
    if (!state) return void files.delete(window);
    let file = files.get(window);
    if (!file || file.identity !== state.identity || file.size > state.size) {
      file = { identity: state.identity, size: 0, records: [] };
      files.set(window, file);
    }
    if (file.size === state.size) return;
    const bytes = await disk.read(fileOf(window), file.size);
    // What a window is just writing, or a dying one has torn, has no end yet.
    const whole = bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
    file.size += whole.length;
    for (const line of String(whole).split('\n')) {
      const stored = line === '' ? undefined : parseLine(line);
      if (!stored) continue;
      // A number that cannot be one takes none of the order away that the file has.
      const number = stored.number || (file.records.at(-1)?.number ?? 0);
      file.records.push({ number, record: isOurs(window) ? stored.record : withoutUptime(stored.record) });
    }
  }

  async function followAll(): Promise<void> {
    const windows = (await disk.list()).flatMap(name => (name.endsWith(extension) ? [name.slice(0, -extension.length)] : []));
    for (const window of files.keys()) if (!windows.includes(window)) files.delete(window);
    await Promise.all(windows.map(followOne));
  }

  let last: Promise<void> = Promise.resolve();
  return {
    files,
    /** One after the other, so that no byte is taken twice. */
    follow(): Promise<void> {
      last = last.catch(() => undefined).then(followAll);
      return last;
    },
  };
}

/**
 * The records of all files in the order in which they were made. Each has a number above all that its window had read by then, so that no clock
 * has a say in what came after what; what two windows made at the same time has no order, and gets one that is always the same. Records of before
 * there were numbers come first, by their times, those of one file in its order.
 */
function inOrder(files: ReadonlyMap<string, Followed>): readonly JournalRecord[] {
  const placed = [...files].flatMap(([window, { records }]) => {
    let latest = '';
    return records.map(({ number, record }) => {
      if (record.at > latest) latest = record.at;
      return { number, record, at: number === 0 ? latest : '', window };
    });
  });
  const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return placed
    .sort((a, b) => a.number - b.number || compare(a.at, b.at) || (a.number === 0 ? 0 : compare(a.window, b.window)))
    .map(({ record }) => record);
}

/** What a window is at by its records: starts and changes without an end, and what it finishes until it has said how that ended. */
function idsAtWork(records: readonly JournalRecord[]): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const record of records) {
    if (record.type === 'start' || record.type === 'change') ids.add(record.id);
    if (record.type !== 'end') continue;
    ids.delete(record.id);
    if (record.finishing) ids.add(finishingId(record.id));
    else ids.delete(finishingId(record.id));
  }
  return ids;
}

/**
 * The journal of one connection: a folder with one file of JSON lines for each window, so that windows never write into each other. An end that
 * cannot be written is kept in memory, counts in this window all the same, and goes to disk with what is written next.
 */
export function createJournalStore(parts: JournalParts): SharedJournal {
  const { disk, clock, window, lives, limits = journalLimits } = parts;
  const { files, follow } = followFiles(parts);
  const listeners = new Set<(records: readonly JournalRecord[]) => void>();
  let owed: readonly JournalRecord[] = [];
  let last: Promise<unknown> = Promise.resolve();
  let signs: { stop(): void } | undefined;

  /** Whoever is at work gives signs of life. */
  function giveSigns(): void {
    const isAtWork = idsAtWork(files.get(window)?.records.map(({ record }) => record) ?? []).size > 0;
    if (isAtWork) signs ??= keepTouched(fileOf(window), parts, writeOwed);
    else {
      signs?.stop();
      signs = undefined;
    }
  }

  /** What could not be written may be all that others wait for. */
  function writeOwed(): Promise<void> {
    if (owed.length === 0) return Promise.resolve();
    last = last.then(() => write([])).catch(() => undefined);
    return last.then(() => undefined);
  }

  async function write(records: readonly JournalRecord[]): Promise<void> {
    await follow();
    const highest = [...files.values()].reduce((most, file) => Math.max(most, file.records.at(-1)?.number ?? 0), 0);
    const all = [...owed, ...records];
    // Begins with a new line, whatever an append that failed, or a process that died, left of its last one.
    await disk.append(fileOf(window), all.map((record, index) => `\n${storedLine({ number: highest + 1 + index, record })}\n`).join(''));
    owed = [];
    await follow();
    giveSigns();
  }

  async function read(): Promise<readonly JournalRecord[]> {
    await follow();
    return [...inOrder(files), ...owed];
  }

  /** Whether a window gave a sign of life of late. One that is not at work gives none, and has nothing to say. */
  async function isAtWork(name: string): Promise<boolean> {
    if (name === window) return true;
    const state = await disk.state(fileOf(name));
    return state !== undefined && lives(name) && !isStale(state, clock);
  }

  return {
    append(records) {
      const written = last.then(() => write(records));
      // The next record is written whatever became of this one.
      last = written.catch(() => {
        owed = [...owed, ...records.filter(({ type }) => type === 'end' || type === 'approval')];
      });
      return written.then(() => {
        for (const listener of [...listeners]) listener(records);
      });
    },
    read,
    async living() {
      await follow();
      const ids = await Promise.all(
        [...files].map(async ([name, { records }]) =>
          (await isAtWork(name)) ? [...idsAtWork([...records.map(({ record }) => record), ...(name === window ? owed : [])])] : [],
        ),
      );
      return new Set(ids.flat());
    },
    async fingerprint() {
      await follow();
      return [...files].map(([name, { size }]) => `${name}:${size}`).join();
    },
    exclusively: work => exclusively(parts, work),
    async forgetOld(at) {
      await follow();
      const order = inOrder(files);
      await forgetOld(
        disk,
        [...files.keys()].map(name => ({ name: fileOf(name), inUse: name === window || lives(name) })),
        order,
        limits,
        at,
      );
    },
    onDidAppend(listener) {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  };
}
