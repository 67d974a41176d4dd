import {
  changeFromJournal,
  endAfter,
  errorFromJournal,
  finishingId,
  type JournalApproval,
  type JournalChange,
  type JournalEnd,
  type JournalRecord,
  type JournalStart,
} from '../journal/journal.ts';
import { assignmentFromWire } from '../model/assignment.ts';
import type { Change } from '../model/change.ts';
import { type ScriptRef, scriptKey } from '../model/script.ts';
import { differencesOf, isWritten, type PastChange, type PastOutcome, type PastWrite } from './pastChange.ts';
import { takesBack } from './undo.ts';

/** The records, each once, in the order in which they were made: no clock has a say in it. */
interface Sorted {
  readonly changes: ReadonlyMap<string, JournalChange>;
  readonly starts: readonly JournalStart[];
  /** The last end of each start. */
  readonly ends: ReadonlyMap<string, JournalEnd>;
  /** By the id of their start. */
  readonly approvals: ReadonlyMap<string, JournalApproval>;
  /** Where each change begins. */
  readonly places: ReadonlyMap<string, number>;
}

function sorted(records: readonly JournalRecord[]): Sorted {
  const changes = new Map<string, JournalChange>();
  const starts = new Map<string, JournalStart>();
  const ends = new Map<string, JournalEnd>();
  const approvals = new Map<string, JournalApproval>();
  const places = new Map<string, number>();
  for (const [place, record] of records.entries()) {
    if (record.type === 'change') changes.set(record.id, record);
    if (record.type === 'start') starts.set(record.id, record);
    if (record.type === 'approval') approvals.set(record.id, record);
    if (record.type === 'end') ends.set(record.id, endAfter(record, ends.get(record.id)));
    const change = record.type === 'change' ? record.id : record.type === 'start' ? record.changeId : undefined;
    if (change !== undefined && !places.has(change)) places.set(change, place);
  }
  return { changes, starts: [...starts.values()], ends, approvals, places };
}

/** The rows before and after a write, and what differs. */
function rowsOf(start: JournalStart): Pick<PastWrite, 'before' | 'after' | 'differences'> {
  const [before, after] = [start.before.map(assignmentFromWire), start.after.map(assignmentFromWire)];
  return { before, after, differences: differencesOf(before, after) };
}

/** What took a change back or up again, by its id and the keys of scripts: a write, or the script itself where it was as wanted already. */
type Later<Value> = Map<string, Map<string, readonly Value[]>>;

function note<Value>(later: Later<Value>, id: string | undefined, values: readonly Value[], scriptOf: (value: Value) => ScriptRef): void {
  if (id === undefined) return;
  const scripts = later.get(id) ?? new Map<string, readonly Value[]>();
  for (const value of values) {
    const key = scriptKey(scriptOf(value));
    scripts.set(key, [...(scripts.get(key) ?? []), value]);
  }
  later.set(id, scripts);
}

/** Marks what was taken back or taken up again, newest first: a change that was taken back itself has taken nothing back. */
function marked(newestFirst: readonly PastChange[]): readonly PastChange[] {
  const [undone, resumed]: [Later<PastWrite>, Later<ScriptRef>] = [new Map(), new Map()];
  return newestFirst.map(change => {
    const of = <Value>(later: Later<Value>, { script }: PastWrite) => later.get(change.id)?.get(scriptKey(script)) ?? [];
    const writes = change.writes.map(write => ({
      ...write,
      undone: of(undone, write).some(undoing => takesBack(undoing, write)),
      resumed: of(resumed, write).length > 0,
    }));
    const undoing = writes.filter(write => isWritten(write) && !write.undone);
    const started = writes.flatMap(({ id, script }) => (id === undefined ? [] : [script]));
    const asWanted = change.asWanted.filter(script => !change.shortfalls.has(scriptKey(script)));
    note(undone, change.undoes, undoing, ({ script }) => script);
    note(resumed, change.resumes, [...started, ...asWanted], script => script);
    return { ...change, writes };
  });
}

const wantedOf = (change: JournalChange | undefined, script: ScriptRef): readonly Change[] =>
  change?.wanted.find(other => scriptKey(other.script) === scriptKey(script))?.changes.map(changeFromJournal) ?? [];

/** Nothing is marked before all changes are known. */
const unmarked = { undone: false, resumed: false } as const;

/** A request for approval takes the place of the write that was told to need it. */
const isReplacedBy = (earlier: PastWrite, { script }: JournalStart): boolean =>
  earlier.outcome === 'cancelled' && scriptKey(earlier.script) === scriptKey(script);

function startedWrites(
  { changes, starts, ends, approvals }: Sorted,
  living: ReadonlySet<string>,
): ReadonlyMap<string, readonly PastWrite[]> {
  const writes = new Map<string, PastWrite[]>();
  for (const start of starts) {
    const { id, script, changeId } = start;
    const end = ends.get(id);
    const wanted = wantedOf(changes.get(changeId), script);
    const isLiving = living.has(end?.finishing ? finishingId(id) : id);
    const outcome = end && !end.finishing ? end.outcome : isLiving ? 'running' : 'unsettled';
    const error = end?.error && errorFromJournal(end.error);
    const request = approvals.get(id);
    const write: PastWrite = {
      script,
      outcome,
      id,
      at: end?.at ?? start.at,
      error,
      wanted,
      ...rowsOf(start),
      approval: request && { start, request },
      refused: end?.approval,
      completed: end?.completed === true,
      visible: end?.visible !== false,
      ...unmarked,
    };
    writes.set(changeId, [...(writes.get(changeId) ?? []).filter(earlier => !isReplacedBy(earlier, start)), write]);
  }
  return writes;
}

/** Those that were wanted and have no start: still to come while the change goes on. */
function otherWrites(
  change: JournalChange | undefined,
  started: readonly PastWrite[],
  { ends }: Sorted,
  living: ReadonlySet<string>,
): readonly PastWrite[] {
  const keys = new Set(started.map(({ script }) => scriptKey(script)));
  const outcome: PastOutcome = ends.has(change?.id ?? '') ? 'cancelled' : living.has(change?.id ?? '') ? 'running' : 'notStarted';
  return (change?.wanted ?? [])
    .filter(({ script }) => !keys.has(scriptKey(script)))
    .map(({ script, changes }) => ({
      script,
      outcome,
      id: undefined,
      at: undefined,
      error: undefined,
      wanted: changes.map(changeFromJournal),
      before: [],
      after: [],
      differences: [],
      approval: undefined,
      refused: undefined,
      completed: false,
      visible: true,
      ...unmarked,
    }));
}

/**
 * What the journal of a connection tells, by command, newest first. Records are in the order in which they were made; some may be lost: a change
 * without its record is made from its starts, and an end without its start tells nothing. `living` are ids of starts and changes that
 * windows wrote that still live.
 */
export function pastChanges(records: readonly JournalRecord[], living: ReadonlySet<string> = new Set()): readonly PastChange[] {
  const all = sorted(records);
  const writes = startedWrites(all, living);
  const heads = new Map<string, Pick<JournalStart, 'at' | 'connection' | 'account'>>(all.changes);
  for (const start of all.starts) if (!heads.has(start.changeId)) heads.set(start.changeId, start);
  const changes = [...heads].map(([id, { at, connection, account }]): PastChange => {
    const change = all.changes.get(id);
    const started = writes.get(id) ?? [];
    const groupNames = new Map(Object.entries(change?.groupNames ?? {}));
    const { undoes, resumes, allOrNone = false, asWanted = [], unreadable = [], shortfalls = [] } = change ?? {};
    return {
      id,
      at,
      connection,
      account,
      writes: [...started, ...otherWrites(change, started, all, living)],
      groupNames,
      undoes,
      resumes,
      allOrNone,
      asWanted,
      unreadable: unreadable.map(({ script, error }) => ({ script, error: errorFromJournal(error) })),
      shortfalls: new Map(shortfalls.map(({ script, texts }) => [scriptKey(script), texts])),
    };
  });
  const told = marked(changes.sort((a, b) => (all.places.get(b.id) ?? 0) - (all.places.get(a.id) ?? 0)));
  // One that was resumed, and all of it was as wanted by then, has nothing else to tell.
  return told.filter(({ writes: some }) => some.length > 0);
}
