import { type GraphAnswer, GraphError, type Outcome } from '../../graph/client.ts';
import type { Assignment } from '../assignment.ts';
import { sameAssignments } from '../equality.ts';
import { familyOf } from '../families.ts';
import { tierScopes } from '../permissions.ts';
import { expectedAssignments, onLastRead } from '../plan.ts';
import { readManyAssignments, readManyOfOnePage } from '../readAssignments.ts';
import { passedAnew } from '../runOnce.ts';
import { approvalOutcome, requestOf } from './approval.ts';
import { isBefore, notShownYet } from './hidden.ts';
import type { Done, Item, WriteParts } from './item.ts';
import { knownRoute, reactionTo, rememberRoute } from './route.ts';
import type { Sent } from './settle.ts';

const mostAttempts = 6;
/** A longer wait is not waited for: the user is told instead. */
const longestWaitMs = 60_000;

/**
 * A read that had to be tried again makes the others old, and the pages before it, which widens the gap between last read and write. Reads
 * that took longer than this, in milliseconds, are made once more, so often at most.
 */
const freshFor = 5_000;
const mostReads = 3;

/** Nobody knows yet whether the additive route exists. */
const probes = ({ plan, route, attempts, approval }: Item, { memory }: WriteParts): boolean =>
  attempts === 0 && !approval && route === 'collection' && knownRoute(memory, plan.script.family) === undefined;

/** Whether an item may be sent: what was read last is what its plan starts from, and no date has passed while it waited. */
function compare(item: Item, answer: Outcome<readonly Assignment[]>, now: number, done: Done): boolean {
  if (passedAnew([item.plan], now)) done(item, { kind: 'notSent', reason: 'passed' });
  else if (!answer.ok) done(item, { kind: 'failed', error: answer.error });
  else if (isBefore(answer.value, item.hidden)) done(item, { kind: 'failed', error: notShownYet(item.plan.script) });
  else if (sameAssignments(answer.value, item.plan.base)) {
    item.toSend = onLastRead(item.plan, answer.value);
    return true;
  } else done(item, { kind: 'conflict', now: answer.value });
  return false;
}

async function readFresh(
  items: readonly Item[],
  { client, clock }: WriteParts,
  scopes: readonly string[],
  signal: AbortSignal | undefined,
): ReturnType<typeof readManyOfOnePage> {
  const scripts = items.map(({ plan }) => plan.script);
  const read = items.length === 1 ? readManyAssignments : readManyOfOnePage;
  for (let n = 1; ; n += 1) {
    const start = clock.now();
    const answers = await read(client, scripts, scopes, signal && { signal });
    if (n === mostReads || clock.now() - start <= freshFor) return answers;
  }
}

/** The last read before the write. Returns those whose assignments are still what their plans start from. */
async function readLast(items: readonly Item[], parts: WriteParts, signal: AbortSignal | undefined, done: Done): Promise<readonly Item[]> {
  const [first] = items;
  if (!first) return [];
  const scopes = tierScopes[familyOf(first.plan.script.family).writeTier];
  // From here to the write nothing else may wait, so the token is made ready before.
  await parts.client.prepare(scopes, signal && { signal });
  const answers = await readFresh(items, parts, scopes, signal);
  const now = parts.clock.now();
  return items.filter((item, index) => {
    const answer = answers[index];
    if (!answer) return false;
    if (!answer.ok) return compare(item, answer, now, done);
    const { value } = answer;
    item.long = value === undefined;
    return value !== undefined && compare(item, { ok: true, value }, now, done);
  });
}

/** Those that are read and written together next: what finds out a route alone and first, then all of one page, then each longer one. */
function nextOf(pending: readonly Item[], parts: WriteParts): readonly Item[] {
  const probe = pending.find(item => probes(item, parts));
  if (probe) return [probe];
  const short = pending.filter(({ long }) => !long);
  return short.length > 0 ? short : pending.slice(0, 1);
}

interface Round {
  /** Whether one write went without a `$batch`. */
  readonly alone: boolean;
  readonly again: Item[];
  readonly sent: Sent<Item>[];
  waitMs: number;
}

/**
 * Every answer of Microsoft Graph has a `request-id` (https://learn.microsoft.com/graph/best-practices-concept). A success without one comes
 * from something in between (a gateway, a portal of the network), and says nothing about the write. Answers in a `$batch` have Graph's own frame.
 */
const isForeign = ({ headers }: GraphAnswer, alone: boolean): boolean =>
  /^text\/html/i.test(headers.get('content-type') ?? '') || (alone && !headers.has('request-id'));

const notGraph = ({ status }: GraphAnswer, item: Item): GraphError => {
  const { method = 'POST', path } = requestOf(item);
  const message = 'The answer is not one of Microsoft Graph.';
  return new GraphError({ kind: 'badAnswer', message, request: { method, path }, status, sent: 'unknown' });
};

/** A write whose answer was lost. */
function lost(item: Item, error: GraphError): Sent<Item> {
  const { plan, hidden } = item;
  return { item, plan, error, mayBeOld: isBefore(expectedAssignments(plan), hidden) };
}

function takeAnswer(item: Item, answer: Outcome<GraphAnswer>, parts: WriteParts, round: Round, done: Done): Promise<void> | undefined {
  const { plan } = item;
  item.attempts += 1;
  if (answer.ok && isForeign(answer.value, round.alone)) {
    round.sent.push(lost(item, notGraph(answer.value, item)));
    return undefined;
  }
  if (answer.ok) {
    round.sent.push({ item, plan });
    return undefined;
  }
  const { error } = answer;
  if (error.kind === 'approval') {
    done(item, approvalOutcome(item, error));
    return undefined;
  }
  if (error.kind === 'noRoute' && item.route === 'collection' && item.approval?.kind !== 'finish' && parts.writeMethod === 'auto') {
    item.route = 'assign';
    round.again.push(item);
    return rememberRoute(parts.memory, plan.script.family, false).catch(parts.report);
  }
  const reaction = reactionTo(error);
  if (reaction.kind === 'settle') round.sent.push(lost(item, error));
  else if (reaction.kind === 'again' && item.attempts < mostAttempts && (reaction.waitMs ?? 0) <= longestWaitMs) {
    round.again.push(item);
    round.waitMs = Math.max(round.waitMs, reaction.waitMs ?? 1_000 * 2 ** item.attempts);
  } else done(item, { kind: 'failed', error });
  return undefined;
}

function endAll(items: readonly Item[], error: unknown, signal: AbortSignal | undefined, done: Done): void {
  for (const item of items) {
    if (signal?.aborted) done(item, { kind: 'cancelled' });
    else if (error instanceof GraphError) done(item, { kind: 'failed', error });
    else throw error;
  }
}

/**
 * Reads and writes items of one permission until each was sent or ended. A write that was refused before anything was done (throttled,
 * a token that was not accepted, no such route) starts again from its last read. Resolves to those that were sent.
 */
export async function sendUntilDone(
  items: readonly Item[],
  parts: WriteParts,
  signal: AbortSignal | undefined,
  done: Done,
): Promise<readonly Sent<Item>[]> {
  const sent: Sent<Item>[] = [];
  let pending = items;
  let waitMs = 0;
  while (pending.length > 0) {
    const next = nextOf(pending, parts);
    const rest = pending.filter(item => !next.includes(item));
    let ready: readonly Item[];
    try {
      signal?.throwIfAborted();
      if (waitMs > 0) {
        parts.waits?.(waitMs);
        await parts.clock.sleep(waitMs, signal);
      }
      // Before the last read: in the gap nothing waits.
      await parts.pace?.room(next.length, signal);
      ready = await readLast(next, parts, signal, done);
    } catch (error) {
      endAll(pending, error, signal, done);
      break;
    }
    const round: Round = { alone: ready.length === 1, again: [], sent, waitMs: 0 };
    const answers = await parts.client.sendAll(ready.map(requestOf));
    parts.pace?.sent(ready.length);
    await Promise.all(ready.flatMap((item, index) => (answers[index] ? [takeAnswer(item, answers[index], parts, round, done)] : [])));
    const long = next.filter(item => item.long && next.length > 1);
    pending = [...round.again, ...long, ...rest];
    waitMs = round.waitMs;
  }
  return sent;
}
