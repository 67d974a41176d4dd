import { inParallel } from '../base/async.ts';
import type { Clock } from '../base/clock.ts';
import { type BatchParts, batchReads, batchWrites, type Chunk, inChunks } from './batch.ts';
import type { Cloud } from './clouds.ts';
import { failed, GraphError, type Outcome, succeeded } from './errors.ts';
import { quietly, type RequestLog } from './log.ts';
import { allPages } from './paging.ts';
import { type GraphAnswer, type GraphRequest, isRead, methodOf, pathOf, type Scopes, type SendOptions } from './request.ts';
import { createBackoff, retryRead } from './retry.ts';
import { type Exchanged, type ExchangeParts, exchange, isRefusal } from './send.ts';
import { createTokenSource, type TokenCredential, type TokenSource } from './tokens.ts';
import type { Fetch } from './transport.ts';

export type { Outcome } from './errors.ts';
export { GraphError } from './errors.ts';
export type { RequestLogEntry } from './log.ts';
export type { GraphAnswer, GraphRequest, Scopes, SendOptions } from './request.ts';
export { isTransient } from './retry.ts';
export { isRefusal } from './send.ts';
export type { Fetch } from './transport.ts';

interface ListOptions extends SendOptions {
  /** Gets each page as it comes, e.g. to show progress. Not what the list was: a later page may fail, or repeat an item. */
  readonly onPage?: (items: readonly unknown[]) => void;
}

/**
 * Talks to Microsoft Graph. Every call rejects with a {@link GraphError}, or with the signal's reason when it is cancelled.
 *
 * Reads (GET, and requests marked `idempotent`) are tried again after 429, 502, 503, 504, network errors and time-outs, and once with a
 * new token after a 401; none of it with `once`. A write goes out exactly once, at once, whatever comes back, for what it was based on may change meanwhile.
 */
export interface GraphClient {
  /** One request. */
  send(request: GraphRequest, options?: SendOptions): Promise<GraphAnswer>;
  /**
   * All pages of a collection, or an error: never a part. An item may come twice when the collection changes between two pages.
   */
  list(request: GraphRequest, options?: ListOptions): Promise<readonly unknown[]>;
  /**
   * Several requests, each with its own outcome, in the order asked. One goes alone, more go in $batches of up to 20, in no certain order.
   * Rejects only when it is cancelled before a write was sent; the writes that a cancellation keeps back fail with `sent: 'no'`.
   */
  sendAll(requests: readonly GraphRequest[], options?: SendOptions): Promise<readonly Outcome<GraphAnswer>[]>;
  /** Makes sure that a token for these scopes is at hand that lives for two more minutes, so that a send that follows waits for none. */
  prepare(scopes: Scopes, options?: SendOptions): Promise<void>;
  /** Whether a token for these scopes is there, so that a request is sent at once. */
  hasToken(scopes: Scopes): boolean;
  /** Forgets all tokens: what follows is sent with new ones, which know of roles that were activated meanwhile. */
  renewTokens(): void;
}

export interface GraphClientParts {
  readonly cloud: Cloud;
  readonly credential: TokenCredential;
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** 0 to 1, for the jitter of waits; `Math.random` if missing. */
  readonly random?: () => number;
  readonly log?: RequestLog;
}

/** The client of one cloud and one credential. Tokens are kept in memory, in here. */
export function createGraphClient({ cloud, credential, fetch, clock, random = Math.random, log }: GraphClientParts): GraphClient {
  const tokens = createTokenSource({ cloud, credential, clock });
  const parts = { cloud, tokens, fetch, clock, random, log: quietly(log) };
  const send = async (request: GraphRequest, options: SendOptions = {}): Promise<GraphAnswer> => {
    if (!isRead(request) || options.once) return (await exchange(parts, request, options)).answer;
    const read = createReader(parts, request, options);
    return (await retryRead(createBackoff(parts), options.signal, read)).answer;
  };
  return {
    send,
    list: (request, options = {}) => allPages(page => send(page, options), request, options.onPage),
    sendAll: (requests, options = {}) => sendEach(parts, send, requests, options),
    prepare: (scopes, options = {}) => prepareToken(tokens, clock, scopes, options),
    hasToken: tokens.has,
    renewTokens: tokens.renew,
  };
}

/** How long a prepared token lives on, in milliseconds: a review's last read and its write fit in. */
const minLife = 120_000;

/** What a token is asked for when no request is about to be sent. */
const request = { method: 'GET', path: '' };

/**
 * Has a token for these scopes ready that lives long enough for what follows.
 *
 * @throws GraphError `noToken`, also with the code `tokenExpiresSoon` where the credential gives none that lives so long
 */
async function prepareToken(tokens: TokenSource, clock: Clock, scopes: Scopes, options: SendOptions): Promise<void> {
  const token = await tokens.get(scopes, { ...options, minLife, request });
  if (token.expiresOnTimestamp - clock.now() > minLife) return;
  const message = "The sign-in gives a token that expires at once. Is this computer's clock right?";
  throw new GraphError({ kind: 'noToken', code: 'tokenExpiresSoon', message, request, sent: 'no' });
}

/**
 * Makes the tries of one read: each goes out once, and one of them all, if its token was refused, once more with a new token.
 * Never more, for a service that refuses every token would be asked for ever.
 */
function createReader(parts: ExchangeParts, request: GraphRequest, options: SendOptions): () => Promise<Exchanged> {
  let mayRenew = true;
  return async () => {
    try {
      return await exchange(parts, request, options);
    } catch (error) {
      if (!mayRenew || !(error instanceof GraphError) || !isRefusal(error)) throw error;
      mayRenew = false;
      return exchange(parts, request, options);
    }
  };
}

/** The most $batches of reads at a time. */
const readsAtOnce = 4;

type Outcomes = readonly Outcome<GraphAnswer>[];

/** How one request goes alone. */
type Send = (request: GraphRequest, options: SendOptions) => Promise<GraphAnswer>;

async function alone(send: Send, request: GraphRequest, options: SendOptions): Promise<Outcomes> {
  try {
    return [succeeded(await send(request, options))];
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    return [failed(error)];
  }
}

const keptBack = (request: GraphRequest): Outcome<never> =>
  failed(
    new GraphError({
      kind: 'network',
      code: 'canceled',
      message: 'Canceled before it was sent.',
      request: { method: methodOf(request), path: pathOf(request) },
      sent: 'no',
    }),
  );

/** One chunk of writes. Once a write was sent, a cancellation must not take its outcome away, so it becomes the outcome of the others. */
async function writeChunk(work: () => Promise<Outcomes>, chunk: Chunk, first: boolean, signal: AbortSignal | undefined): Promise<Outcomes> {
  try {
    signal?.throwIfAborted();
    return await work();
  } catch (error) {
    if (first || !signal?.aborted) throw error;
    return chunk.items.map(({ request }) => keptBack(request));
  }
}

/** Sends requests, each with its own outcome, in the order asked: reads first, then the writes, one $batch after another. */
async function sendEach(parts: BatchParts, send: Send, requests: readonly GraphRequest[], options: SendOptions): Promise<Outcomes> {
  const found = new Map<number, Outcome<GraphAnswer>>();
  const keep = (chunk: Chunk, outcomes: Outcomes): void => {
    for (const [n, { index }] of chunk.items.entries()) {
      const outcome = outcomes[n];
      if (outcome) found.set(index, outcome);
    }
  };
  const run = (chunk: Chunk): Promise<Outcomes> => {
    const [only] = chunk.items;
    if (only && chunk.items.length === 1) return alone(send, only.request, options);
    return (chunk.reads ? batchReads : batchWrites)(parts, chunk, options);
  };
  const chunks = inChunks(requests);
  await inParallel(
    readsAtOnce,
    chunks.filter(({ reads }) => reads),
    async chunk => keep(chunk, await run(chunk)),
  );
  for (const [n, chunk] of chunks.filter(({ reads }) => !reads).entries()) {
    keep(chunk, await writeChunk(() => run(chunk), chunk, n === 0, options.signal));
  }
  return [...found].toSorted(([a], [b]) => a - b).map(([, outcome]) => outcome);
}
