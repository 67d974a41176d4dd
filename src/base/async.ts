import type { Clock } from './clock.ts';
import type { Disposable } from './emitter.ts';

/** Work that several callers wait for, and that ends when none of them waits any longer. */
export interface Shared<T> {
  /** Resolves with the work, or rejects with the signal's reason, which leaves the work to the others. */
  wait(signal?: AbortSignal): Promise<T>;
}

/** Rejects with the signal's reason once it is aborted, even if the work does not look at the signal. */
export async function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  // Looked after here, because nobody may wait for it any longer when it fails.
  work.catch(() => undefined);
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener('abort', abort);
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** Starts work at once. Its signal is aborted when every caller that waited has given up. */
export function share<T>(start: (signal: AbortSignal) => Promise<T>): Shared<T> {
  const stop = new AbortController();
  const work = start(stop.signal);
  let waiting = 0;
  return {
    async wait(signal) {
      waiting += 1;
      try {
        return await orAborted(work, signal);
      } finally {
        waiting -= 1;
        if (waiting === 0) stop.abort();
      }
    },
  };
}

/** Does work on each item, on at most `limit` at a time, and gives the results in the order of the items. Rejects with the first failure. */
export async function inParallel<T, R>(limit: number, items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results = new Map<number, R>();
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) results.set(index, await work(item));
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return [...results].toSorted(([a], [b]) => a - b).map(([, result]) => result);
}

/** Runs `act` once, `ms` milliseconds after the last call. A disposed one runs nothing more. */
export const createDebounce = (clock: Clock, ms: number, act: () => void): { call(): void } & Disposable => {
  let waiting = new AbortController();
  const wait = async (signal: AbortSignal): Promise<void> => {
    try {
      await clock.sleep(ms, signal);
    } catch {
      return; // superseded by a later call, or disposed
    }
    if (!signal.aborted) act();
  };
  return {
    call: () => {
      waiting.abort();
      waiting = new AbortController();
      void wait(waiting.signal);
    },
    dispose: () => waiting.abort(),
  };
};
