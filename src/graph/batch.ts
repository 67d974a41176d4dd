import { batchBody } from './batchBody.ts';
import { asInner, batchOutcomes } from './batchOutcomes.ts';
import type { Chunk, Placed } from './chunks.ts';
import { GraphError } from './errors.ts';
import { type ExchangeParts, exchange, isRefusal } from './exchange.ts';
import { failed, type Outcome } from './outcome.ts';
import { type GraphAnswer, type GraphRequest, methodOf, pathOf, type SendOptions } from './request.ts';
import { createBackoff, finalError } from './retry.ts';

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
