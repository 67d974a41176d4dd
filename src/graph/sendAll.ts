import { type BatchParts, batchReads, batchWrites } from './batch.ts';
import { type Chunk, inChunks } from './chunks.ts';
import { GraphError } from './errors.ts';
import { failed, type Outcome, succeeded } from './outcome.ts';
import { inParallel } from './pool.ts';
import { type GraphAnswer, type GraphRequest, methodOf, pathOf, type SendOptions } from './request.ts';

/** The most $batches of reads at a time. */
const readsAtOnce = 4;

type Outcomes = readonly Outcome<GraphAnswer>[];

/** How one request goes alone. */
export type Send = (request: GraphRequest, options: SendOptions) => Promise<GraphAnswer>;

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
export async function sendEach(parts: BatchParts, send: Send, requests: readonly GraphRequest[], options: SendOptions): Promise<Outcomes> {
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
