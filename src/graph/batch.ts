import * as z from 'zod/mini';
import { answerError } from './answer.ts';
import { failed, GraphError, type GraphErrorKind, type Outcome, succeeded } from './errors.ts';
import { type GraphAnswer, type GraphRequest, isRead, methodOf, pathOf, type SendOptions } from './request.ts';
import { createBackoff, finalError } from './retry.ts';
import { type ExchangeParts, exchange, isRefusal } from './send.ts';

export interface BatchParts extends ExchangeParts {
  readonly random: () => number;
}

type Outcomes = readonly Outcome<GraphAnswer>[];

const outer = (chunk: Chunk, requests: readonly GraphRequest[]): GraphRequest => ({
  method: 'POST',
  path: `/${chunk.version ?? 'v1.0'}/$batch`,
  body: batchBody(requests),
  scopes: requests[0]?.scopes ?? [],
  ...(chunk.reads ? { idempotent: true } : {}),
});

const logOutcomes = (
  parts: BatchParts,
  requests: readonly GraphRequest[],
  outcomes: Outcomes,
  clientRequestId: string,
  start: number,
): void => {
  for (const [index, outcome] of outcomes.entries()) {
    const request = requests[index];
    if (!request) continue;
    const status = outcome.ok ? outcome.value.status : outcome.error.status;
    parts.log({
      method: methodOf(request),
      path: pathOf(request),
      ...(status === undefined ? {} : { status }),
      ...(outcome.ok ? {} : { kind: outcome.error.kind }),
      clientRequestId,
      durationMs: parts.clock.now() - start,
      inBatch: true,
    });
  }
};

/** Sends one $batch once. What fails as a whole fails for each. A token that was refused inside is forgotten like any other. */
async function sendOnce(parts: BatchParts, chunk: Chunk, items: readonly Placed[], options: SendOptions): Promise<Outcomes> {
  const requests = items.map(({ request }) => request);
  const start = parts.clock.now();
  try {
    const request = outer(chunk, requests);
    const { answer, token, clientRequestId } = await exchange(parts, request, { ...options, bodyMatters: true });
    const outcomes = batchOutcomes(requests, answer.body, { clientRequestId, now: parts.clock.now() });
    logOutcomes(parts, requests, outcomes, clientRequestId, start);
    const refused = outcomes.find(outcome => !outcome.ok && isRefusal(outcome.error));
    if (refused && !refused.ok) parts.tokens.refuse(request.scopes, token, refused.error.claims);
    return outcomes;
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    return requests.map(request => failed(asInner(error, request)));
  }
}

/** The outcomes of a $batch of writes, which goes out once. */
export const batchWrites = (parts: BatchParts, chunk: Chunk, options: SendOptions): Promise<Outcomes> =>
  sendOnce(parts, chunk, chunk.items, options);

/**
 * The outcomes of a $batch of reads. Those that failed for now go again without the others, after the longest wait that any of them was
 * asked for (https://learn.microsoft.com/graph/throttling: requests in a $batch are throttled one by one); once, with a new token, after a 401.
 * With `once`, all that is left to the caller.
 */
export async function batchReads(parts: BatchParts, chunk: Chunk, options: SendOptions): Promise<Outcomes> {
  if (options.once) return sendOnce(parts, chunk, chunk.items, options);
  const backoff = createBackoff(parts);
  const found = new Map<Placed, Outcome<GraphAnswer>>();
  let mayRenew = true;
  let items = chunk.items;
  for (;;) {
    const outcomes = await sendOnce(parts, chunk, items, options);
    const again = new Map<Placed, number>();
    for (const [index, item] of items.entries()) {
      const outcome = outcomes[index];
      if (!outcome) continue;
      found.set(item, outcome.ok ? outcome : failed(finalError(outcome.error)));
      if (outcome.ok) continue;
      const ms = mayRenew && isRefusal(outcome.error) ? 0 : backoff.wait(outcome.error);
      if (ms !== undefined) again.set(item, ms);
    }
    if (again.size === 0) return [...found.values()];
    mayRenew &&= !outcomes.some(outcome => !outcome.ok && isRefusal(outcome.error));
    await backoff.pause(Math.max(...again.values()), options.signal);
    items = [...again.keys()];
  }
}

/** The most requests of one $batch: https://learn.microsoft.com/graph/json-batching */
const batchSize = 20;

/** The version and the rest of a path that can go into a $batch, which is for one version only. */
function versionedPath(path: string): { version: 'v1.0' | 'beta'; url: string } | undefined {
  const [, version, url] = /^\/(v1\.0|beta)(\/.*)$/s.exec(path) ?? [];
  return url !== undefined && (version === 'v1.0' || version === 'beta') ? { version, url } : undefined;
}

/** The body of a $batch. The ids are the places of the requests. */
const batchBody = (requests: readonly GraphRequest[]): unknown => ({
  requests: requests.map((request, index) => {
    const headers = { ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }), ...request.headers };
    return {
      id: String(index),
      method: methodOf(request),
      url: versionedPath(request.path)?.url ?? request.path,
      ...(Object.keys(headers).length > 0 ? { headers } : {}),
      ...(request.body === undefined ? {} : { body: request.body }),
    };
  }),
});

const answers = z.looseObject({ responses: z.array(z.unknown()) });
const named = z.looseObject({ id: z.union([z.string(), z.number()]) });
const inner = z.looseObject({
  status: z.number().check(z.int(), z.minimum(100), z.maximum(599)),
  headers: z.optional(z.nullable(z.record(z.string(), z.unknown()))),
  body: z.optional(z.unknown()),
});

/** One answer inside of a $batch. */
interface InnerAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

const headersOf = (record: Readonly<Record<string, unknown>>): Headers => {
  const headers = new Headers();
  for (const [name, value] of Object.entries(record)) {
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    try {
      headers.set(name, String(value));
    } catch {
      // A header that HTTP does not allow says nothing to us.
    }
  }
  return headers;
};

/** `$count` answers text/plain, which stands in a $batch as a number, where alone it is a string. */
const bodyOf = (body: unknown, headers: Headers): unknown =>
  typeof body === 'number' && /text\/plain/i.test(headers.get('content-type') ?? '') ? String(body) : (body ?? undefined);

/** The place of the request that an answer is for; undefined where it does not say. */
const placeOf = (item: unknown): number | undefined => {
  const id = String(named.safeParse(item).data?.id);
  return /^\d+$/.test(id) ? Number(id) : undefined;
};

const innerAnswer = (item: unknown): InnerAnswer | undefined => {
  const { data } = inner.safeParse(item);
  if (!data) return undefined;
  const headers = headersOf(data.headers ?? {});
  return { status: data.status, headers, body: bodyOf(data.body, headers) };
};

/**
 * The answers of a $batch by the places of their requests, in whatever order they came. One that cannot be read is undefined, and so is
 * where there are two: nobody knows which of them is true.
 */
function readBatch(body: unknown): ReadonlyMap<number, InnerAnswer | undefined> {
  const found = new Map<number, InnerAnswer | undefined>();
  for (const item of answers.safeParse(body).data?.responses ?? []) {
    const place = placeOf(item);
    if (place !== undefined) found.set(place, found.has(place) ? undefined : innerAnswer(item));
  }
  return found;
}

interface BatchContext {
  readonly clientRequestId: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const missing = (request: GraphRequest, clientRequestId: string): GraphError =>
  new GraphError({
    kind: 'badAnswer',
    message: 'The answer to several requests does not have exactly one to this request.',
    request: { method: methodOf(request), path: pathOf(request) },
    clientRequestId,
    sent: 'unknown',
  });

const outcomeOf = (
  request: GraphRequest,
  answer: InnerAnswer | undefined,
  { clientRequestId, now }: BatchContext,
): Outcome<GraphAnswer> => {
  if (answer === undefined) return failed(missing(request, clientRequestId));
  if (answer.status >= 200 && answer.status < 300) return succeeded(answer);
  return failed(answerError({ ...answer, request: { method: methodOf(request), path: pathOf(request) }, clientRequestId, now }));
};

/** The outcome of each request of a $batch, in their order, by the body of its answer. */
function batchOutcomes(requests: readonly GraphRequest[], body: unknown, context: BatchContext): readonly Outcome<GraphAnswer>[] {
  const answers = readBatch(body);
  return requests.map((request, index) => outcomeOf(request, answers.get(index), context));
}

/** What the service says of what a request is about. Of a whole $batch, it says nothing of what is in it. */
const aboutAnObject: ReadonlySet<GraphErrorKind> = new Set(['notFound', 'conflict', 'noRoute', 'approval']);

/** The error of a whole $batch as that of one of its requests. */
function asInner(error: GraphError, request: GraphRequest): GraphError {
  const kind = aboutAnObject.has(error.kind) ? 'badRequest' : error.kind;
  return new GraphError({
    ...error,
    kind,
    message: error.message,
    cause: error,
    request: { method: methodOf(request), path: pathOf(request) },
  });
}

/** A request and its place among those that were asked for. */
interface Placed {
  readonly index: number;
  readonly request: GraphRequest;
}

/** Requests that may go in one $batch: of one version and the same permissions, all of them reads or all of them writes. */
export interface Chunk {
  readonly reads: boolean;
  /** Missing where the request's path has no version, so that it can only go alone. */
  readonly version: 'v1.0' | 'beta' | undefined;
  readonly items: readonly Placed[];
}

const pieces = (items: readonly Placed[]): readonly (readonly Placed[])[] =>
  Array.from({ length: Math.ceil(items.length / batchSize) }, (_, n) => items.slice(n * batchSize, (n + 1) * batchSize));

/** One permission that was not consented to fails a whole token request, so requests of other permissions stay apart. */
const keyOf = ({ index, request }: Placed): string => {
  const version = versionedPath(request.path)?.version ?? `alone ${index}`;
  return [version, isRead(request), ...[...new Set(request.scopes)].toSorted()].join(' ');
};

/** Requests in as few $batches as can be, each in the order asked. */
export function inChunks(requests: readonly GraphRequest[]): readonly Chunk[] {
  const groups = new Map<string, Placed[]>();
  for (const placed of requests.map((request, index) => ({ index, request }))) {
    const key = keyOf(placed);
    groups.set(key, [...(groups.get(key) ?? []), placed]);
  }
  return [...groups.values()].flatMap(group =>
    pieces(group).map(items => ({
      reads: items.every(({ request }) => isRead(request)),
      version: versionedPath(items[0]?.request.path ?? '')?.version,
      items,
    })),
  );
}
