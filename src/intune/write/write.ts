import {
  changeToJournal,
  errorToJournal,
  type JournalChange,
  type JournalEnd,
  type JournalRecord,
  type JournalStart,
  rowToJournal,
  stampOf,
} from '../journal/journal.ts';
import { missingFrom } from '../model/assignment.ts';
import { familyOf } from '../model/families.ts';
import type { Memory } from '../model/memory.ts';
import type { ScriptRef } from '../model/script.ts';
import { changesNothing, expectedAssignments, type Plan } from '../plan/plan.ts';
import { approvalRecord } from './approval.ts';
import { type Done, findRecent, newJob, type SendParts, type WriteJob, type WriteParts } from './job.ts';
import type { WriteOutcome } from './outcome.ts';
import { createRateLimiter } from './rateLimiter.ts';
import { knownRoute, type Route, rememberRoute, routeOf } from './route.ts';
import { sendJobs } from './send.ts';
import { verifyWrites } from './verify.ts';

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
  readonly jobs: WriteJob[];
  /**
   * Those that find out whether their family has the additive route, one of each family; the others do not use it before. A change of several
   * chunks does not ask: that would be one more request for each family, and the first script would hold up the others.
   */
  readonly probes: Set<WriteJob>;
}

/**
 * Chunks of plans that are read and written together: of one permission. A request for approval goes alone: it is sent again later, and then
 * nothing of it may be another.
 */
function chunksOf(jobs: readonly WriteJob[], memory: Memory): readonly Chunk[] {
  const chunks: Chunk[] = [];
  const probed = new Set<string>();
  for (const job of jobs) {
    const { family } = job.plan.script;
    const last = chunks.at(-1);
    const tier = last?.jobs[0] && familyOf(last.jobs[0].plan.script.family).writeTier;
    const joins = last && !job.approval && tier === familyOf(family).writeTier && last.jobs.length < chunkSize;
    const chunk = joins ? last : { jobs: [], probes: new Set<WriteJob>() };
    if (!joins) chunks.push(chunk);
    chunk.jobs.push(job);
    if (jobs.length > chunkSize || job.approval || job.route !== 'collection') continue;
    if (knownRoute(memory, family) !== undefined || probed.has(family)) continue;
    probed.add(family);
    chunk.probes.add(job);
  }
  return chunks;
}

const refOf = ({ script: { family, id, name } }: Plan): ScriptRef => ({ family, id, name });

const startOf = (job: WriteJob, changeId: string, { connection, account, clock }: WriteParts): JournalStart => ({
  type: 'start',
  id: job.journalId,
  changeId,
  ...stampOf(clock),
  connection,
  account,
  script: refOf(job.plan),
  before: job.plan.base.map(rowToJournal),
  after: expectedAssignments(job.plan).map(rowToJournal),
});

const changeOf = (
  jobs: readonly WriteJob[],
  note: ChangeNote & { readonly id: string },
  { connection, account, clock }: WriteParts,
): JournalChange => ({
  type: 'change',
  ...note,
  at: stampOf(clock).at,
  connection,
  account,
  wanted: jobs.map(({ plan }) => ({ script: refOf(plan), changes: plan.changes.map(changeToJournal) })),
});

/** The route as it is known by now: what no probe has proven is not used for the scripts that follow it. */
function provenRoute({ plan, route }: WriteJob, probe: boolean, { memory, writeMethod }: WriteParts): Route {
  const unproven = !probe && writeMethod === 'auto' && knownRoute(memory, plan.script.family) === undefined;
  return unproven ? 'assign' : (routeOf(plan, writeMethod, memory) ?? route);
}

/** What was not sent failed, as far as the journal goes, and what needs approval is left to be asked for. */
function toJournal({ kind }: WriteOutcome): JournalEnd['outcome'] {
  if (kind === 'notSent') return 'failed';
  return kind === 'needsApproval' ? 'cancelled' : kind;
}

/** How a job ended. What waits for approval is on disk with all that it takes to send it again. */
function endRecords(job: WriteJob, outcome: WriteOutcome, { clock }: WriteParts): readonly JournalRecord[] {
  const end: JournalEnd = {
    type: 'end',
    id: job.journalId,
    ...stampOf(clock),
    outcome: toJournal(outcome),
    ...('error' in outcome && { error: errorToJournal(outcome.error) }),
    ...(job.route === 'collection' && { additive: true as const }),
    ...(outcome.kind === 'written' && !outcome.visible && { visible: false as const }),
  };
  return outcome.kind === 'pending' ? [approvalRecord(job, outcome.code, end.at), end] : [end];
}

/**
 * Journals, sends and verifies one chunk. Resolves once it is sent, to what is still at work then: the verifying, if there is any. `opening` is
 * journalled with its starts, and empty from then on.
 */
async function writeChunk(
  { jobs, probes }: Chunk,
  changeId: string,
  opening: JournalRecord[],
  parts: SendParts,
  signal: AbortSignal | undefined,
  end: Done,
): Promise<readonly Promise<void>[]> {
  const outcomes = new Map<WriteJob, WriteOutcome>();
  const done: Done = (job, ended) => {
    const outcome: WriteOutcome = ended.kind === 'unknown' && job.approval?.kind === 'ask' ? { ...ended, asked: true } : ended;
    outcomes.set(job, outcome);
    end(job, outcome);
  };
  // Without its end, a write counts as unsettled and is settled by reading later: said, but no failure.
  const journalEnds = (): Promise<void> =>
    parts.journal.append([...outcomes].flatMap(([job, outcome]) => endRecords(job, outcome, parts))).catch(parts.report);
  for (const job of jobs) job.startedAt = parts.clock.uptime();
  try {
    await parts.journal.append([...opening, ...jobs.map(job => startOf(job, changeId, parts))]);
    opening.length = 0;
    // After ours is on disk, so that of two windows that write at once at least one sees the other.
    await findRecent(jobs, parts);
  } catch (cause) {
    parts.report(cause);
    for (const job of jobs) done(job, { kind: 'notSent', reason: 'journal' });
    // Some of it may be on disk all the same, and a start without an end counts as a write that may be on its way.
    await journalEnds();
    return [];
  }
  for (const job of jobs) job.route = provenRoute(job, probes.has(job), parts);
  const sent = await sendJobs(jobs, parts, signal, done);
  return [verifyWrites(sent, parts, signal, done).then(journalEnds)];
}

/**
 * The additive route is proven by a set that shows the added row beside what was there before, and by nothing less.
 * A request after which rows are gone may not have been additive: the route is not used again.
 */
async function judgeRoute({ plan, route }: WriteJob, outcome: WriteOutcome, { memory, report }: WriteParts): Promise<void> {
  if (route !== 'collection') return;
  const { family } = plan.script;
  const shown = outcome.kind === 'changedAfter' || outcome.kind === 'unknown' ? outcome.now : undefined;
  if (shown && missingFrom(shown, plan.base).length > 0) await rememberRoute(memory, family, false).catch(report);
  const keptRows = plan.base.some(({ direct }) => direct);
  const refuted = knownRoute(memory, family) === false;
  if (outcome.kind === 'written' && outcome.visible && keptRows && !refuted) await rememberRoute(memory, family, true).catch(report);
}

/**
 * Writes plans: journal on disk, last read, write, verify, journal. Each plan ends with an outcome of its own, in the order given; one that fails
 * does not stop the others. Between the last read of a plan and its write nothing else is waited for. Never rejects for what the service, the
 * network or the disk does.
 */
export async function writePlans(plans: readonly Plan[], given: WriteParts, options: WriteOptions = {}): Promise<readonly WriteOutcome[]> {
  const parts: SendParts = { ...given, limiter: createRateLimiter(given.clock) };
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
  const jobs: WriteJob[] = [];
  for (const plan of plans) {
    const route = routeOf(plan, parts.writeMethod, parts.memory);
    if (changesNothing(plan)) end(plan, { kind: 'written', visible: true, now: plan.base });
    else if (route) jobs.push(newJob({ plan, route, journalId: parts.newId(), approval }));
    else end(plan, { kind: 'notSent', reason: 'writeMethod' });
  }
  const judging: Promise<void>[] = [];
  const done: Done = (job, outcome) => {
    judging.push(judgeRoute(job, outcome, parts));
    end(job.plan, outcome);
  };
  const opening: JournalRecord[] = approval ? [] : [changeOf(jobs, { ...options.change, id: changeId }, parts)];
  const verifying: Promise<void>[] = [];
  let begun = false;
  for (const chunk of chunksOf(jobs, parts.memory)) {
    if (signal?.aborted) {
      for (const { plan } of chunk.jobs) end(plan, { kind: 'cancelled' });
      continue;
    }
    begun = true;
    const verified = await writeChunk(chunk, changeId, opening, parts, signal, done);
    for (const { plan } of chunk.jobs) sent(plan);
    // A route that works is used again once its write was seen to be additive; that there is none is known with the answer.
    if ([...chunk.probes].some(({ plan }) => knownRoute(parts.memory, plan.script.family) === undefined)) {
      await Promise.all(verified);
      await Promise.all(judging);
    }
    verifying.push(...verified);
  }
  await Promise.all(verifying);
  await Promise.all(judging);
  // So that nobody takes what was not started for something that is still to come. It may be on disk also where that could not be known.
  if (begun) {
    await parts.journal.append([{ type: 'end', id: changeId, ...stampOf(parts.clock), outcome: 'cancelled' }]).catch(parts.report);
  }
  return plans.map(plan => outcomes.get(plan) ?? { kind: 'cancelled' });
}
