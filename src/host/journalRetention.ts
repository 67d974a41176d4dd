import { isSettled, type JournalRecord } from '../intune/journal/journal.ts';
import type { Disk } from './disk.ts';
import { isJson, parseLine } from './journalSchema.ts';

export interface JournalLimits {
  /** Milliseconds. */
  readonly age: number;
  /** Bytes of all files together. */
  readonly size: number;
}

export const journalLimits: JournalLimits = { age: 90 * 24 * 3_600_000, size: 50 * 1024 * 1024 };

/** One file of a journal. */
export interface JournalFile {
  readonly name: string;
  /** Whether a window may still append to it; then it stays as it is. */
  readonly inUse: boolean;
}

interface Line {
  readonly text: string;
  readonly record: JournalRecord | undefined;
}

const linesOf = (text: string): readonly Line[] =>
  text.split('\n').flatMap(line => (line === '' ? [] : [{ text: line, record: parseLine(line)?.record }]));

const bytes = ({ text }: Line): number => Buffer.byteLength(text) + 2;
const keyOf = ({ type, id }: JournalRecord): string => `${type} ${id}`;

/** Ids of starts that nobody may forget: without an end, or with one that says that it is not the last word. */
function unsettled(records: readonly JournalRecord[]): ReadonlySet<string> {
  const settled = new Set(records.flatMap(record => (record.type === 'end' && isSettled(record) ? [record.id] : [])));
  return new Set(records.flatMap(({ type, id }) => (type === 'start' && !settled.has(id) ? [id] : [])));
}

/** Whether a record says more of another one, and has no sense without it. */
const isAddition = ({ type }: JournalRecord): boolean => type === 'end' || type === 'approval';

/** When each record was made, as far as the order of the records allows: none is older than one before it, whatever the clock said. */
function ages(order: readonly JournalRecord[]): ReadonlyMap<string, string> {
  let latest = '';
  return new Map(
    order.map(record => {
      if (record.at > latest) latest = record.at;
      return [keyOf(record), latest];
    }),
  );
}

/** Whether a record can go: a start and a change by their age, an end and a request for approval only once what they are of is gone. */
function expendables(all: readonly Line[], order: readonly JournalRecord[], { age, size }: JournalLimits, now: number): ReadonlySet<Line> {
  const open = unsettled(order);
  const starts = order.filter(record => record.type === 'start');
  const ids = new Set(order.flatMap(record => (isAddition(record) ? [] : [record.id])));
  const openChanges = new Set(starts.flatMap(({ id, changeId }) => (open.has(id) ? [changeId] : [])));
  const madeAt = ages(order);
  // What is JSON and no record of this version may be one of a newer version, whose word it is.
  const going = new Set<Line>(all.filter(({ text, record }) => (record ? isAddition(record) && !ids.has(record.id) : !isJson(text))));
  let left = all.reduce((sum, line) => sum + (going.has(line) ? 0 : bytes(line)), 0);
  const settled = all
    .flatMap(line => {
      const { record } = line;
      if (!record || isAddition(record)) return [];
      const isOpen = record.type === 'start' ? open.has(record.id) : openChanges.has(record.id);
      return isOpen ? [] : [{ line, at: madeAt.get(keyOf(record)) ?? record.at }];
    })
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  for (const { line, at } of settled) {
    if (left <= size && now - Date.parse(at) <= age) break;
    going.add(line);
    left -= bytes(line);
  }
  return going;
}

/**
 * Forgets what is older than 90 days, and the oldest where it is more than 50 MB; never what is not settled, and never of a window that lives.
 * Only one window at a time may do this. `order` are all records in the order in which they were made, `now` is in milliseconds since the epoch.
 */
export async function forgetOld(
  disk: Disk,
  files: readonly JournalFile[],
  order: readonly JournalRecord[],
  limits: JournalLimits,
  now: number,
): Promise<void> {
  const read = await Promise.all(files.map(async file => ({ file, lines: linesOf(String(await disk.read(file.name))) })));
  const going = expendables(
    read.flatMap(({ lines }) => lines),
    order,
    limits,
    now,
  );
  for (const { file, lines } of read) {
    const kept = lines.filter(line => !going.has(line));
    if (file.inUse || kept.length === lines.length) continue;
    if (kept.length === 0) await disk.remove(file.name);
    else await disk.replace(file.name, kept.map(({ text }) => `\n${text}\n`).join(''));
  }
}
