import type { Clock } from '../../base/clock.ts';
import type { GraphClient, Outcome, SendOptions } from '../../graph/client.ts';
import { isDone, type JournalEnd, type SharedJournal, stampOf } from '../journal/journal.ts';
import { isOlderState, knownWrites, mayLag, type OpenWrite, recentWrites, showsIn } from '../journal/knownWrites.ts';
import { type Assignment, missingFrom, sameAssignments } from '../model/assignment.ts';
import { familyOf, tierScopes } from '../model/families.ts';
import type { Memory } from '../model/memory.ts';
import { type ScriptRef, scriptKey } from '../model/script.ts';
import { readManyAssignments } from '../read/assignments.ts';
import { differencesOf, isLeft, type PastChange, presentRow } from './pastChange.ts';
import { pastChanges } from './pastChanges.ts';
import { standingOf } from './undo.ts';

/** Milliseconds for which a set has to show before it is believed: one look may have been answered by a copy that is behind. */
const believedAfter = 30_000;

/** Since when the wanted set of a write was seen at each look, by its id: the uptime of the computer, in milliseconds. Belongs to one window. */
export type SeenSince = Map<string, number>;

/** What reading has told of the writes that nobody knew the outcome of. */
export interface Resolution {
  /** For the journal. */
  readonly ends: readonly JournalEnd[];
  /** Milliseconds until another look can tell more; undefined where nothing is open any more. */
  readonly lookAgainIn: number | undefined;
}

/** How the rows of now stand to what a write did, taken together; undefined where that differs from row to row. */
function standing({ write: { before, after } }: OpenWrite, rows: readonly Assignment[]): ReturnType<typeof standingOf> | undefined {
  const differences = differencesOf(before, after);
  const standings = new Set(differences.map(difference => standingOf(difference, presentRow(difference, { differences, after }, rows))));
  const [only] = standings;
  return standings.size === 1 ? only : undefined;
}

/** What does not show: a request for approval that was not accepted yet may still wait. */
const notShown = ({ write: { approval, end, made } }: OpenWrite): JournalEnd['outcome'] =>
  approval && !end?.completed && made !== 'yes' ? 'pending' : 'notShown';

/** What a script shows of a write: its outcome, or in how many milliseconds another look tells more. */
function resolve(open: OpenWrite, read: Outcome<readonly Assignment[]>, seen: SeenSince, clock: Clock): JournalEnd['outcome'] | number {
  const { write, others, next } = open;
  const { id, after } = write;
  // Whatever became of it since, the last read of a later write of ours had it, or had it not.
  if (write.seen) return 'written';
  const wasMissed = next !== undefined && standing(open, next.before) === 'asBefore';
  const wait = wasMissed ? 0 : showsIn(write, clock);
  // A script that is gone tells nothing, and never will.
  if (!read.ok) return read.error.kind === 'notFound' ? 'undecided' : Math.max(wait, mayLag);
  const rows = read.value.filter(({ direct }) => direct);
  const stands = standing(open, rows);
  // Of what nobody knows, the rows of a set that somebody has replaced tell nothing.
  const isThere = stands === 'asWritten' && (write.made === 'yes' || missingFrom(rows, after).length === 0);
  const outcome = sameAssignments(rows, after) ? 'written' : 'changedAfter';
  if (wait > 0) {
    if (!isThere || isOlderState(after, recentWrites(others, clock))) {
      seen.delete(id);
      return wait;
    }
    const since = seen.get(id) ?? clock.uptime();
    seen.set(id, since);
    const left = since + believedAfter - clock.uptime();
    return left <= 0 ? outcome : Math.min(left, wait);
  }
  if (isThere && (write.made === 'yes' || !wasMissed)) return outcome;
  if (wasMissed || stands === 'asBefore') return notShown(open);
  // Somebody has changed its rows since, or has written them: whatever the service has answered, nobody knows what it did.
  return 'undecided';
}

/**
 * Finds out by reading what became of writes whose window died, whose answer was lost, or that the service did not show: never by writing.
 * Rejects when it is cancelled; a script that cannot be read stays open.
 */
export async function resolveInterrupted(
  client: GraphClient,
  open: readonly OpenWrite[],
  seen: SeenSince,
  clock: Clock,
): Promise<Resolution> {
  const scripts = new Map(open.map(({ write: { start } }) => [scriptKey(start.script), start.script]));
  const read = await readNow(client, [...scripts.values()]);
  const ends: JournalEnd[] = [];
  const waits: number[] = [];
  for (const one of open) {
    const { id, start } = one.write;
    const answer = read.get(scriptKey(start.script));
    const resolved = answer ? resolve(one, answer, seen, clock) : mayLag;
    if (typeof resolved === 'number') waits.push(resolved);
    else ends.push({ type: 'end', id, ...stampOf(clock), outcome: resolved });
  }
  return { ends, lookAgainIn: waits.length > 0 ? Math.min(...waits) : undefined };
}

/** What was changed here in one connection, newest first, by this window and others. */
export async function readHistory(journal: Pick<SharedJournal, 'read' | 'living'>): Promise<readonly PastChange[]> {
  const [records, living] = await Promise.all([journal.read(), journal.living()]);
  return pastChanges(records, living);
}

const toldKey = 'toldInterrupted';
/** How many changes are remembered as told: older ones are told no more. */
const mostTold = 200;

const listIn = (memory: Memory, key: string): readonly unknown[] => {
  const list = memory.get(key);
  return Array.isArray(list) ? list : [];
};

/** Whether its window was gone before all of it was started. */
const wasCut = ({ writes }: PastChange): boolean => writes.some(write => write.outcome === 'notStarted' && isLeft(write));

const daysKey = 'journalDays';
const dayMs = 24 * 3_600_000;

/**
 * A moment that the clock agrees on: the earlier of its last readings on two different days. A clock that is wrong for one look makes nothing old.
 * In milliseconds since the epoch; 0 on the first day.
 */
async function agreedNow(memory: Memory, clock: Clock): Promise<number> {
  const now = clock.now();
  const [latest, before] = listIn(memory, daysKey).filter(day => typeof day === 'number');
  const isSameDay = latest !== undefined && Math.floor(latest / dayMs) === Math.floor(now / dayMs);
  const other = isSameDay ? before : latest;
  await memory.set(daysKey, other === undefined ? [now] : [now, other]);
  return other === undefined ? 0 : Math.min(now, other);
}

/** Milliseconds after which is looked again while another window is at a change, or at looking. */
export const soon = 60_000;

/** What one look after interrupted changes has found. */
export interface Recovered {
  /** All changes, newest first. */
  readonly changes: readonly PastChange[];
  /** Those of which something is known now that nobody was told of yet. */
  readonly news: readonly PastChange[];
  /** Ids of writes that the service has accepted and does not show. */
  readonly dropped: ReadonlySet<string>;
  readonly lookAgainIn: number | undefined;
}

/** Resolves what can be resolved, forgets what is old, and finds out what nobody was told of yet. Only one window at a time may do this. */
export async function recover(
  client: GraphClient,
  journal: SharedJournal,
  memory: Memory,
  seen: SeenSince,
  clock: Clock,
): Promise<Recovered> {
  const open = knownWrites(await journal.read()).open(await journal.living(), clock);
  const { ends, lookAgainIn } =
    open.length > 0 ? await resolveInterrupted(client, open, seen, clock) : { ends: [], lookAgainIn: undefined };
  if (ends.length > 0) await journal.append(ends);
  const changes = await readHistory(journal);
  const told = listIn(memory, toldKey);
  // That an accepted write shows after all is no news: it was told as written.
  const accepted = new Set(open.flatMap(({ write: { id, end } }) => (end?.visible === false ? [id] : [])));
  const resolved = new Set(ends.flatMap(({ id, outcome }) => (isDone({ outcome }) && accepted.has(id) ? [] : [id])));
  // What is known for certain in half a minute is told then.
  const isTelling = lookAgainIn === undefined || lookAgainIn > believedAfter;
  const cut = changes.filter(change => isTelling && wasCut(change) && !told.includes(change.id));
  const news = changes.filter(change => cut.includes(change) || change.writes.some(({ id = '' }) => resolved.has(id)));
  if (cut.length > 0) await memory.set(toldKey, [...told, ...cut.map(({ id }) => id)].slice(-mostTold));
  await journal.forgetOld(await agreedNow(memory, clock));
  // Whoever is at it may die, or have died without a trace.
  const isRunning = changes.some(({ writes }) => writes.some(({ outcome }) => outcome === 'running'));
  const dropped = new Set([...resolved].filter(id => accepted.has(id)));
  return { changes, news, dropped, lookAgainIn: isRunning ? Math.min(soon, lookAgainIn ?? soon) : lookAgainIn };
}

/** The assignments of scripts of any family as they are now, each with its own outcome, by script key. Asks for permission to read only. */
export async function readNow(
  client: GraphClient,
  scripts: readonly ScriptRef[],
  options: SendOptions = {},
): Promise<ReadonlyMap<string, Outcome<readonly Assignment[]>>> {
  const byTier = Map.groupBy(scripts, ({ family }) => familyOf(family).readTier);
  const read = await Promise.all(
    [...byTier].map(async ([tier, some]) => {
      const outcomes = await readManyAssignments(client, some, tierScopes[tier], options);
      return some.flatMap((script, index) => (outcomes[index] ? [[scriptKey(script), outcomes[index]] as const] : []));
    }),
  );
  return new Map(read.flat());
}
