import { open, readFile, rename, rm } from 'node:fs/promises';
import { isSettled, type JournalRecord } from '../intune/journal.ts';
import { inOrder } from './journalOrder.ts';
import { isJson, parseRecord } from './journalRecord.ts';

export interface JournalLimits {
  /** Milliseconds. */
  readonly age: number;
  /** Bytes of all files together. */
  readonly size: number;
}

export const journalLimits: JournalLimits = { age: 90 * 24 * 3_600_000, size: 50 * 1024 * 1024 };

/** One file of a journal. */
export interface JournalFile {
  readonly path: string;
  /** Whether a window may still append to it; then it stays as it is. */
  readonly inUse: boolean;
}

interface Line {
  readonly text: string;
  readonly record: JournalRecord | undefined;
}

const linesOf = (text: string): readonly Line[] =>
  text.split('\n').flatMap(line => (line === '' ? [] : [{ text: line, record: parseRecord(line) }]));

const bytes = ({ text }: Line): number => Buffer.byteLength(text) + 2;

/** Ids of starts that nobody may forget: without an end, or with one that says that it is not the last word. */
function unsettled(records: readonly JournalRecord[]): ReadonlySet<string> {
  const settled = new Set(records.flatMap(record => (record.type === 'end' && isSettled(record) ? [record.id] : [])));
  return new Set(records.flatMap(({ type, id }) => (type === 'start' && !settled.has(id) ? [id] : [])));
}

/** Whether a record says more of another one, and has no sense without it. */
const isAddition = ({ type }: JournalRecord): boolean => type === 'end' || type === 'approval';

/** Whether a record can go: a start and a change by their age, an end and a request for approval only once what they are of is gone. */
function expendables(files: readonly (readonly Line[])[], { age, size }: JournalLimits, now: number): ReadonlySet<Line> {
  const all = files.flat();
  const records = inOrder(files.map(lines => lines.flatMap(({ record }) => record ?? [])));
  const open = unsettled(records);
  const starts = records.filter(record => record.type === 'start');
  const ids = new Set(records.flatMap(record => (isAddition(record) ? [] : [record.id])));
  const openChanges = new Set(starts.flatMap(({ id, changeId }) => (open.has(id) ? [changeId] : [])));
  // What is JSON and no record of this version may be one of a newer version, whose word it is.
  const going = new Set<Line>(all.filter(({ text, record }) => (record ? isAddition(record) && !ids.has(record.id) : !isJson(text))));
  let left = all.reduce((sum, line) => sum + (going.has(line) ? 0 : bytes(line)), 0);
  const settled = all
    .flatMap(line => {
      const { record } = line;
      if (record?.type === 'start') return open.has(record.id) ? [] : [{ line, at: record.at }];
      return record?.type === 'change' && !openChanges.has(record.id) ? [{ line, at: record.at }] : [];
    })
    .sort((a, b) => (a.at < b.at ? -1 : 1));
  for (const { line, at } of settled) {
    if (left <= size && now - Date.parse(at) <= age) break;
    going.add(line);
    left -= bytes(line);
  }
  return going;
}

/** Puts other text into a file, all of it or nothing. */
async function replace(path: string, text: string): Promise<void> {
  const fresh = `${path}.new`;
  const handle = await open(fresh, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(fresh, path);
}

/**
 * Forgets what is older than 90 days, and the oldest where it is more than 50 MB; never what is not settled, and never of a window that lives. Only one window may do this at a time. `now` is in milliseconds since the epoch.
 */
export async function forgetOld(files: readonly JournalFile[], limits: JournalLimits, now: number): Promise<void> {
  const read = await Promise.all(files.map(async file => ({ file, lines: linesOf(await readFile(file.path, 'utf8')) })));
  const going = expendables(
    read.map(({ lines }) => lines),
    limits,
    now,
  );
  for (const { file, lines } of read) {
    const kept = lines.filter(line => !going.has(line));
    if (file.inUse || kept.length === lines.length) continue;
    if (kept.length === 0) await rm(file.path, { force: true });
    else await replace(file.path, kept.map(({ text }) => `\n${text}\n`).join(''));
  }
}
