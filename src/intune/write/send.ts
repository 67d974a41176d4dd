import { type GraphAnswer, GraphError, isRefusal, isTransient, type Outcome } from '../../graph/client.ts';
import { maySendFor, notShownYet, predatesOurWrites } from '../journal/knownWrites.ts';
import type { Assignment } from '../model/assignment.ts';
import { sameAssignments } from '../model/assignment.ts';
import { familyOf, tierScopes } from '../model/families.ts';
import { onLastRead } from '../plan/plan.ts';
import { passedAnew } from '../plan/runOnce.ts';
import { readManyAssignments, readManyOfOnePage } from '../read/assignments.ts';
import { approvalOutcome, requestOf } from './approval.ts';
import type { Done, SendParts, WriteJob } from './job.ts';
import { knownRoute, reactionTo, rememberRoute } from './route.ts';
import type { SentJob } from './verify.ts';

const mostSends = 6;
/** Last reads of one job that fail for now, in a row. */
const mostFailedReads = 5;
/** A longer wait is not waited for: the user is told instead. */
const longestWaitMs = 60_000;
/** How often a read is made once more because it took long. */
const mostSlowReads = 2;

/** Nobody knows yet whether the additive route exists. */
const probes = ({ plan, route, sends, approval }: WriteJob, { memory }: SendParts): boolean =>
  sends === 0 && !approval && route === 'collection' && knownRoute(memory, plan.script.family) === undefined;

/** What there is to do after a round of reading and writing. */
interface Round {
  readonly sent: SentJob[];
  /** Jobs that begin again with their last read. */
  readonly again: WriteJob[];
}

/** Puts a job back into the queue, after a wait. */
function queueAgain(job: WriteJob, waitMs: number, { clock }: SendParts, { again }: Round): void {
  job.notBefore = clock.uptime() + waitMs;
  again.push(job);
}

/** Whether a job may be sent: what was read last is what its plan starts from, and no date has passed while it waited. */
function compare(job: WriteJob, read: readonly Assignment[], { clock }: SendParts, done: Done): boolean {
  if (clock.uptime() - job.startedAt > maySendFor) done(job, { kind: 'notSent', reason: 'late' });
  else if (passedAnew([job.plan], clock.now())) done(job, { kind: 'notSent', reason: 'passed' });
  else if (predatesOurWrites(read, job.recent)) done(job, { kind: 'failed', error: notShownYet(job.plan.script) });
  else if (sameAssignments(read, job.plan.base)) {
    job.toSend = onLastRead(job.plan, read);
    return true;
  } else done(job, { kind: 'conflict', now: read });
  return false;
}

/** A last read that failed: for now, so that the job goes back into the queue, or for good. */
function readFailed(job: WriteJob, error: GraphError, parts: SendParts, round: Round, done: Done): void {
  job.failedReads += 1;
  const waitMs = isRefusal(error) ? 0 : (error.retryAfterMs ?? 1_000 * 2 ** (job.failedReads - 1));
  const most = isRefusal(error) ? 2 : mostFailedReads;
  const isForNow = (isRefusal(error) || isTransient(error)) && job.failedReads < most && waitMs <= longestWaitMs;
  if (isForNow) queueAgain(job, waitMs, parts, round);
  else done(job, { kind: 'failed', error });
}

/**
 * The last read before the write. Returns the jobs whose assignments are still what their plans start from, as the last round trip answered: one
 * whose read has to be made again goes back into the queue, so that its wait makes no other one old. Where all took long, all are read again.
 */
async function readLast(
  jobs: readonly WriteJob[],
  parts: SendParts,
  signal: AbortSignal | undefined,
  round: Round,
  done: Done,
): Promise<readonly WriteJob[]> {
  const { client, clock, limiter } = parts;
  const [first] = jobs;
  if (!first) return [];
  const scopes = tierScopes[familyOf(first.plan.script.family).writeTier];
  const read = jobs.length === 1 ? readManyAssignments : readManyOfOnePage;
  let open = jobs;
  for (let n = 0; ; n += 1) {
    // From here to the write nothing else may wait, so the token is made ready before.
    await client.prepare(scopes, signal && { signal });
    const start = clock.uptime();
    const scripts = open.map(({ plan }) => plan.script);
    const answers = await read(client, scripts, scopes, { once: true, ...(signal && { signal }) });
    const isSlow = limiter.isSlow(clock.uptime() - start) && n < mostSlowReads;
    // A token that was not accepted, for one of them or for what goes on beside, is made anew before the write, which would wait for that.
    const lacksToken = !client.hasToken(scopes) || answers.some(answer => !answer.ok && isRefusal(answer.error));
    const isOld = isSlow || lacksToken;
    const answered = open.flatMap((job, index): readonly (readonly [WriteJob, readonly Assignment[] | undefined])[] => {
      const answer = answers[index];
      if (answer?.ok) return [[job, answer.value]];
      if (answer) readFailed(job, answer.error, parts, round, done);
      return [];
    });
    open = answered.map(([job]) => job);
    if (isOld && open.length > 0) continue;
    return answered.flatMap(([job, value]) => {
      job.failedReads = 0;
      job.long = value === undefined;
      if (value === undefined) round.again.push(job);
      return value !== undefined && compare(job, value, parts, done) ? [job] : [];
    });
  }
}

/** Those that are read and written together next: what finds out a route alone and first, then all of one page, then each longer one. */
function nextOf(due: readonly WriteJob[], parts: SendParts): readonly WriteJob[] {
  const probe = due.find(job => probes(job, parts));
  if (probe) return [probe];
  const short = due.filter(({ long }) => !long);
  return short.length > 0 ? short : due.slice(0, 1);
}

/**
 * Every answer of Microsoft Graph has a `request-id` (https://learn.microsoft.com/graph/best-practices-concept). A success without one comes
 * from something in between (a gateway, a portal of the network), and says nothing about the write. Answers in a `$batch` have Graph's own frame.
 */
const isForeign = ({ headers }: GraphAnswer, alone: boolean): boolean =>
  /^text\/html/i.test(headers.get('content-type') ?? '') || (alone && !headers.has('request-id'));

const notGraph = ({ status }: GraphAnswer, job: WriteJob): GraphError => {
  const { method = 'POST', path } = requestOf(job);
  const message = 'The answer is not one of Microsoft Graph.';
  return new GraphError({ kind: 'badAnswer', message, request: { method, path }, status, sent: 'unknown' });
};

/** Takes what a write was answered. */
async function takeAnswer(
  job: WriteJob,
  answer: Outcome<GraphAnswer>,
  alone: boolean,
  parts: SendParts,
  round: Round,
  done: Done,
): Promise<void> {
  job.sends += 1;
  if (answer.ok) {
    round.sent.push(isForeign(answer.value, alone) ? { job, error: notGraph(answer.value, job) } : { job });
    return;
  }
  const { error } = answer;
  if (error.kind === 'approval') return done(job, approvalOutcome(job, error));
  if (error.kind === 'noRoute' && job.route === 'collection' && job.approval?.kind !== 'finish' && parts.writeMethod === 'auto') {
    job.route = 'assign';
    queueAgain(job, 0, parts, round);
    return rememberRoute(parts.memory, job.plan.script.family, false).catch(parts.report);
  }
  const reaction = reactionTo(error);
  if (reaction.kind === 'settle') round.sent.push({ job, error });
  else if (reaction.kind === 'again' && job.sends < mostSends && (reaction.waitMs ?? 0) <= longestWaitMs) {
    queueAgain(job, reaction.waitMs ?? 1_000 * 2 ** job.sends, parts, round);
  } else done(job, { kind: 'failed', error });
}

/** Waits until a job is due, and gives those that are. */
async function waitForDue(queue: readonly WriteJob[], parts: SendParts, signal: AbortSignal | undefined): Promise<readonly WriteJob[]> {
  const { clock, waits } = parts;
  const first = Math.min(...queue.map(({ notBefore }) => notBefore));
  if (first > clock.uptime()) waits?.(first - clock.uptime());
  // A timer may fire early, and the uptime is told in steps: of a second on macOS.
  for (let ms = first - clock.uptime(); ms > 0; ms = first - clock.uptime()) await clock.sleep(ms, signal);
  return queue.filter(({ notBefore }) => notBefore <= clock.uptime());
}

function endAll(jobs: readonly WriteJob[], error: unknown, signal: AbortSignal | undefined, done: Done): void {
  for (const job of jobs) {
    if (signal?.aborted) done(job, { kind: 'cancelled' });
    else if (error instanceof GraphError) done(job, { kind: 'failed', error });
    else throw error;
  }
}

/**
 * Reads and writes jobs of one permission until each was sent or ended. A write that was refused before anything was done (throttled, a token that
 * was not accepted, no such route) starts again from its last read. Resolves to those that were sent.
 */
export async function sendJobs(
  jobs: readonly WriteJob[],
  parts: SendParts,
  signal: AbortSignal | undefined,
  done: Done,
): Promise<readonly SentJob[]> {
  const round: Round = { sent: [], again: [] };
  const ended = new Set<WriteJob>();
  const end: Done = (job, outcome) => {
    ended.add(job);
    done(job, outcome);
  };
  let queue = jobs;
  while (queue.length > 0) {
    let ready: readonly WriteJob[];
    let rest: readonly WriteJob[];
    try {
      signal?.throwIfAborted();
      const next = nextOf(await waitForDue(queue, parts, signal), parts);
      // Before the last read: in the gap nothing waits.
      await parts.limiter.waitForSlots(next.length, signal);
      ready = await readLast(next, parts, signal, round, end);
      rest = queue.filter(job => !next.includes(job));
    } catch (error) {
      const left = queue.filter(job => !ended.has(job));
      endAll(left, error, signal, done);
      break;
    }
    const answers = await parts.client.sendAll(ready.map(requestOf));
    parts.limiter.sent(ready.length);
    const alone = ready.length === 1;
    await Promise.all(
      ready.map((job, index) => {
        const answer = answers[index];
        return answer && takeAnswer(job, answer, alone, parts, round, end);
      }),
    );
    queue = [...round.again.splice(0), ...rest];
  }
  return round.sent;
}
