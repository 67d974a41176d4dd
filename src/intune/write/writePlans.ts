import { missingFrom } from '../equality.ts';
import { familyOf } from '../families.ts';
import {
  changeToJournal,
  errorToJournal,
  type JournalChange,
  type JournalEnd,
  type JournalRecord,
  type JournalStart,
  rowToJournal,
} from '../journal.ts';
import type { Memory } from '../memory.ts';
import { changesNothing, expectedAssignments, type Plan } from '../plan.ts';
import type { ScriptRef } from '../script.ts';
import { approvalRecord } from './approval.ts';
import { hiddenWrites } from './hidden.ts';
import type { Done, Item, WriteParts } from './item.ts';
import type { WriteOutcome } from './outcome.ts';
import { createPace } from './pace.ts';
import { knownRoute, type Route, rememberRoute, routeOf } from './route.ts';
import { sendUntilDone } from './sendUntilDone.ts';
import { settleSent } from './settle.ts';

export interface WriteOptions {
  /** Ends between two sends: what was sent is not taken back. */
  readonly signal?: AbortSignal;
  /**
   * Called once for each plan for which nothing more is sent: it and those of its chunk were answered or their answers lost, or it ended
   * before. Its outcome comes later, once the service shows what was written.
   */
  readonly onSent?: (plan: Plan) => void;
  /** What the journal says of the change as a whole; an id is made where none is given. */
  readonly change?: ChangeNote;
  /**
   * Asks for Multi Admin Approval of plans that turned out to need it, with this justification, each by a request of its own. Their change
   * is in the journal already.
   */
  readonly justification?: string | undefined;
}

/** What the journal says of a change, beside what is wanted. */
export type ChangeNote = Partial<
  Pick<JournalChange, 'id' | 'groupNames' | 'undoes' | 'resumes' | 'allOrNone' | 'asWanted' | 'unreadable' | 'shortfalls'>
>;

/** A batch holds 20 requests, and each chunk is read just before its own write. */
const chunkSize = 20;

interface Chunk {
  readonly items: Item[];
  /**
   * Those that find out whether their family has the additive route, one of each family; the others do not use it before. A change of several
   * chunks does not ask: that would be one more request for each family, and the first script would hold up the others.
   */
  readonly probes: Set<Item>;
}

/**
 * Chunks of plans that are read and written together: of one permission. A request for approval goes alone: it is sent again later, and then
 * nothing of it may be another.
 */
function chunksOf(items: readonly Item[], memory: Memory): readonly Chunk[] {
  const chunks: Chunk[] = [];
  const probed = new Set<string>();
  for (const item of items) {
    const { family } = item.plan.script;
    const last = chunks.at(-1);
    const tier = last?.items[0] && familyOf(last.items[0].plan.script.family).writeTier;
    const joins = last && !item.approval && tier === familyOf(family).writeTier && last.items.length < chunkSize;
    const chunk = joins ? last : { items: [], probes: new Set<Item>() };
    if (!joins) chunks.push(chunk);
    chunk.items.push(item);
    if (items.length > chunkSize || item.approval || item.route !== 'collection') continue;
    if (knownRoute(memory, family) !== undefined || probed.has(family)) continue;
    probed.add(family);
    chunk.probes.add(item);
  }
  return chunks;
}

const refOf = ({ script: { family, id, name } }: Plan): ScriptRef => ({ family, id, name });

const startOf = (item: Item, changeId: string, at: string, { connection, account }: WriteParts): JournalStart => ({
  type: 'start',
  id: item.journalId,
  changeId,
  at,
  connection,
  account,
  script: refOf(item.plan),
  before: item.plan.base.map(rowToJournal),
  after: expectedAssignments(item.plan).map(rowToJournal),
});

const changeOf = (
  items: readonly Item[],
  note: ChangeNote & { readonly id: string },
  { connection, account, clock }: WriteParts,
): JournalChange => ({
  type: 'change',
  ...note,
  at: new Date(clock.now()).toISOString(),
  connection,
  account,
  wanted: items.map(({ plan }) => ({ script: refOf(plan), changes: plan.changes.map(changeToJournal) })),
});

async function findHidden(items: readonly Item[], { journal, clock }: WriteParts): Promise<void> {
  const records = await journal.read();
  const own = new Set(items.map(({ journalId }) => journalId));
  for (const item of items) {
    item.hidden = hiddenWrites(records, item.plan.script, clock.now(), own);
  }
}

/** The route as it is known by now: what no probe has proven is not used for the scripts that follow it. */
function provenRoute({ plan, route }: Item, probe: boolean, { memory, writeMethod }: WriteParts): Route {
  const unproven = !probe && writeMethod === 'auto' && knownRoute(memory, plan.script.family) === undefined;
  return unproven ? 'assign' : (routeOf(plan, writeMethod, memory) ?? route);
}

/** What was not sent failed, as far as the journal goes, and what needs approval is left to be asked for. */
function journalled({ kind }: WriteOutcome): JournalEnd['outcome'] {
  if (kind === 'notSent') return 'failed';
  return kind === 'needsApproval' ? 'cancelled' : kind;
}

/** How an item ended. What waits for approval is on disk with all that it takes to send it again. */
function endRecords(item: Item, outcome: WriteOutcome, at: string): readonly JournalRecord[] {
  const end: JournalEnd = {
    type: 'end',
    id: item.journalId,
    at,
    outcome: journalled(outcome),
    ...('error' in outcome && { error: errorToJournal(outcome.error) }),
    ...(item.route === 'collection' && { additive: true as const }),
    ...(outcome.kind === 'written' && !outcome.visible && { visible: false as const }),
  };
  return outcome.kind === 'pending' ? [approvalRecord(item, outcome.code, at), end] : [end];
}

/**
 * Journals, sends and reads back one chunk. Resolves once it is sent, to a promise for the end of the reading back. `opening` is journalled
 * with its starts, and empty from then on.
 */
async function writeChunk(
  { items, probes }: Chunk,
  changeId: string,
  opening: JournalRecord[],
  parts: WriteParts,
  signal: AbortSignal | undefined,
  end: Done,
): Promise<{ readonly started: boolean; readonly settled: Promise<void> }> {
  const at = (): string => new Date(parts.clock.now()).toISOString();
  const outcomes = new Map<Item, WriteOutcome>();
  const done: Done = (item, ended) => {
    const outcome: WriteOutcome = ended.kind === 'unknown' && item.approval?.kind === 'ask' ? { ...ended, asked: true } : ended;
    outcomes.set(item, outcome);
    end(item, outcome);
  };
  let started = false;
  try {
    await parts.journal.append([...opening, ...items.map(item => startOf(item, changeId, at(), parts))]);
    opening.length = 0;
    started = true;
    // After ours is on disk, so that of two windows that write at once at least one sees the other.
    await findHidden(items, parts);
  } catch (cause) {
    parts.report(cause);
    for (const item of items) done(item, { kind: 'notSent', reason: 'journal' });
    // A start without an end would count as a write that may be on its way.
    const ends = started ? [...outcomes].flatMap(([item, outcome]) => endRecords(item, outcome, at())) : [];
    if (ends.length > 0) await parts.journal.append(ends).catch(parts.report);
    return { started, settled: Promise.resolve() };
  }
  for (const item of items) item.route = provenRoute(item, probes.has(item), parts);
  const sent = await sendUntilDone(items, parts, signal, done);
  const settle = async (): Promise<void> => {
    await settleSent(sent, { ...parts, signal }, done);
    const ends = [...outcomes].flatMap(([item, outcome]) => endRecords(item, outcome, at()));
    // Without its end, a write counts as unsettled and is settled by reading later: said, but no failure.
    await parts.journal.append(ends).catch(parts.report);
  };
  return { started: true, settled: settle() };
}

/**
 * The additive route is proven by a set that shows the added row beside what was there before, and by nothing less.
 * A request after which rows are gone may not have been additive: the route is not used again.
 */
async function judgeRoute({ plan, route }: Item, outcome: WriteOutcome, { memory, report }: WriteParts): Promise<void> {
  if (route !== 'collection') return;
  const { family } = plan.script;
  const lost =
    outcome.kind === 'changedAfter' ? outcome.missing : outcome.kind === 'unknown' ? missingFrom(outcome.now ?? plan.base, plan.base) : [];
  if (lost.length > 0) await rememberRoute(memory, family, false).catch(report);
  const keptRows = plan.base.some(({ direct }) => direct);
  const refuted = knownRoute(memory, family) === false;
  if (outcome.kind === 'written' && outcome.visible && keptRows && !refuted) await rememberRoute(memory, family, true).catch(report);
}

/**
 * Writes plans: journal on disk, last read, write, read back, journal. Each plan ends with an outcome of its own, in the order given; one
 * that fails does not stop the others. Between the last read of a plan and its write nothing else is waited for. Never rejects for what
 * the service, the network or the disk does.
 */
export async function writePlans(plans: readonly Plan[], given: WriteParts, options: WriteOptions = {}): Promise<readonly WriteOutcome[]> {
  const parts = { ...given, pace: createPace(given.clock) };
  const { signal, justification } = options;
  const approval = justification === undefined ? undefined : ({ kind: 'ask', justification } as const);
  const changeId = options.change?.id ?? parts.newId();
  const outcomes = new Map<Plan, WriteOutcome>();
  const unsent = new Set(plans);
  const sent = (plan: Plan): void => {
    if (unsent.delete(plan)) options.onSent?.(plan);
  };
  const end = (plan: Plan, outcome: WriteOutcome): void => {
    sent(plan);
    outcomes.set(plan, outcome);
  };
  const items: Item[] = [];
  for (const plan of plans) {
    const route = routeOf(plan, parts.writeMethod, parts.memory);
    if (changesNothing(plan)) end(plan, { kind: 'written', visible: true, now: plan.base });
    else if (route) items.push({ plan, toSend: plan, route, journalId: parts.newId(), attempts: 0, approval, hidden: [] });
    else end(plan, { kind: 'notSent', reason: 'writeMethod' });
  }
  const judging: Promise<void>[] = [];
  const done: Done = (item, outcome) => {
    judging.push(judgeRoute(item, outcome, parts));
    end(item.plan, outcome);
  };
  const opening: JournalRecord[] = approval ? [] : [changeOf(items, { ...options.change, id: changeId }, parts)];
  const settling: Promise<void>[] = [];
  let unstarted = false;
  for (const chunk of chunksOf(items, parts.memory)) {
    if (signal?.aborted) {
      for (const { plan } of chunk.items) end(plan, { kind: 'cancelled' });
      unstarted = true;
      continue;
    }
    const { started, settled } = await writeChunk(chunk, changeId, opening, parts, signal, done);
    unstarted ||= !started;
    for (const { plan } of chunk.items) sent(plan);
    // A route that works is used again once its write was seen to be additive; that there is none is known with the answer.
    if ([...chunk.probes].some(({ plan }) => knownRoute(parts.memory, plan.script.family) === undefined)) {
      await settled;
      await Promise.all(judging);
    }
    settling.push(settled);
  }
  await Promise.all(settling);
  await Promise.all(judging);
  // So that nobody takes it for a window that died.
  if (unstarted && opening.length === 0) {
    const at = new Date(parts.clock.now()).toISOString();
    await parts.journal.append([{ type: 'end', id: changeId, at, outcome: 'cancelled' }]).catch(parts.report);
  }
  return plans.map(plan => outcomes.get(plan) ?? { kind: 'cancelled' });
}
