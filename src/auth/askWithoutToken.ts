import type { Fetch } from '../graph/transport.ts';

/**
 * Reads an address of Microsoft's that answers anybody. Neither a token nor an account goes with it, and no redirect is followed.
 *
 * @param timeLimit Milliseconds after which nobody waits for the answer any more.
 * @throws what `fetch` rejects with
 */
export const askWithoutToken = (fetch: Fetch, address: string, timeLimit: number): Promise<Response> =>
  fetch(new Request(address, { redirect: 'error', signal: AbortSignal.timeout(timeLimit) }));
