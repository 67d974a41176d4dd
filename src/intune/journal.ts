import type { Wire } from './assignment.ts';
import type { ScriptRef } from './script.ts';

/** Written and synced to disk before a write is sent: what it starts from and what it wants. Rows are as they are written. */
export interface JournalStart {
  readonly type: 'start';
  readonly id: string;
  /** One for all writes of one command. */
  readonly changeId: string;
  /** ISO 8601. */
  readonly at: string;
  readonly connection: string;
  readonly account: string;
  readonly script: ScriptRef;
  readonly before: readonly Wire[];
  readonly after: readonly Wire[];
}

/** How a write ended. A start without an end is a write whose outcome is not known. */
export interface JournalEnd {
  readonly type: 'end';
  readonly id: string;
  readonly at: string;
  readonly outcome: 'written' | 'changedAfter' | 'conflict' | 'failed' | 'unknown' | 'cancelled';
  /** Only the rows that were added were sent; of the others, `after` says what they were taken to be. */
  readonly additive?: true | undefined;
  /** The service did not show what was written when it was last looked at. */
  readonly visible?: false | undefined;
}

export type JournalRecord = JournalStart | JournalEnd;

/** The record of all writes of one connection. */
export interface Journal {
  /** Resolves when the records are on disk, not before. */
  append(records: readonly JournalRecord[]): Promise<void>;
  /** All records that can be read, oldest first. */
  read(): Promise<readonly JournalRecord[]>;
}

/** The starts of writes that are known to have been done, oldest first. */
export function writtenStarts(records: readonly JournalRecord[]): readonly JournalStart[] {
  const written = new Set(
    records.flatMap(record =>
      record.type === 'end' && (record.outcome === 'written' || record.outcome === 'changedAfter') ? [record.id] : [],
    ),
  );
  return records.filter((record): record is JournalStart => record.type === 'start' && written.has(record.id));
}
