import * as z from 'zod/mini';
import { graphErrorKinds } from '../graph/errors.ts';
import { type JournalRecord, journalOutcomes } from '../intune/journal/journal.ts';
import { assignmentFromWire } from '../intune/model/assignment.ts';
import { families } from '../intune/model/families.ts';

const row = z.record(z.string(), z.unknown()).check(
  z.refine(wire => {
    try {
      return assignmentFromWire(wire) !== undefined;
    } catch {
      return false;
    }
  }),
);

const script = z.object({ family: z.enum(families.map(({ id }) => id)), id: z.string(), name: z.string() });
const beside = z.optional(z.literal(true));
const rowRef = { targetKey: z.string(), alone: z.optional(z.literal(true)) };
const schedule = z.union([
  z.object({ kind: z.literal('hourly'), interval: z.number() }),
  z.object({ kind: z.literal('daily'), interval: z.number(), time: z.string(), utc: z.boolean() }),
  z.object({ kind: z.literal('once'), date: z.string(), time: z.string(), utc: z.boolean() }),
]);
const filter = z.object({ id: z.string(), mode: z.enum(['include', 'exclude']) });
const change = z.union([
  z.object({ kind: z.literal('add'), assignment: row, beside, opposite: z.optional(z.literal('replace')) }),
  z.object({ kind: z.literal('set'), assignment: row, replaces: z.optional(z.string()), beside }),
  z.object({
    kind: z.literal('edit'),
    ...rowRef,
    edit: z.object({ schedule: z.optional(schedule), filter: z.optional(z.nullable(filter)) }),
  }),
  z.object({ kind: z.literal('turn'), ...rowRef, assignment: row }),
  z.object({ kind: z.literal('remove'), targetKey: z.string() }),
]);

const error = z.object({
  kind: z.enum(graphErrorKinds),
  code: z.string(),
  message: z.string(),
  status: z.optional(z.number()),
  requestId: z.optional(z.string()),
  intuneRole: z.optional(z.boolean()),
});

const stamp = { at: z.iso.datetime(), uptime: z.optional(z.number()) };

/** Whether a text is JSON, whatever it says. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const record = z.union([
  z.object({
    type: z.literal('change'),
    id: z.string(),
    at: z.iso.datetime(),
    connection: z.string(),
    account: z.string(),
    wanted: z.array(z.object({ script, changes: z.array(change) })),
    groupNames: z.optional(z.record(z.string(), z.string())),
    undoes: z.optional(z.string()),
    resumes: z.optional(z.string()),
    allOrNone: z.optional(z.boolean()),
    asWanted: z.optional(z.array(script)),
    unreadable: z.optional(z.array(z.object({ script, error }))),
    shortfalls: z.optional(z.array(z.object({ script, texts: z.array(z.string()) }))),
  }),
  z.object({
    type: z.literal('start'),
    id: z.string(),
    changeId: z.string(),
    ...stamp,
    connection: z.string(),
    account: z.string(),
    script,
    before: z.array(row),
    after: z.array(row),
  }),
  z.object({
    type: z.literal('end'),
    id: z.string(),
    ...stamp,
    outcome: z.enum(journalOutcomes),
    error: z.optional(error),
    additive: z.optional(z.literal(true)),
    visible: z.optional(z.literal(false)),
    approval: z.optional(z.enum(['rejected', 'expired', 'cancelled'])),
    finishing: z.optional(z.literal(true)),
    completed: z.optional(z.literal(true)),
  }),
  z.object({
    type: z.literal('approval'),
    id: z.string(),
    at: z.iso.datetime(),
    code: z.string(),
    path: z.string(),
    body: z.string().check(z.refine(isJson)),
  }),
]);

/** A record with its number: above that of every record that its window had read when it was made; 0 for one of before there were numbers. */
export interface StoredRecord {
  readonly number: number;
  readonly record: JournalRecord;
}

/** More than this nobody has counted, and it leaves room to go on counting. */
const mostNumber = 2 ** 48;
const numbered = z.object({ n: z.optional(z.int().check(z.positive(), z.maximum(mostNumber))) });

/** A record as a line. */
export const storedLine = ({ number, record: one }: StoredRecord): string => JSON.stringify({ n: number, ...one });

/** One line; undefined for a line that was torn when a process died, or that is no record. */
export function parseLine(line: string): StoredRecord | undefined {
  try {
    const read: unknown = JSON.parse(line);
    const found = record.safeParse(read).data;
    return found && { number: numbered.safeParse(read).data?.n ?? 0, record: found };
  } catch {
    return undefined;
  }
}
