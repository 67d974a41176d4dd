import type { Clock } from '../graph/clock.ts';
import type { Disposable } from './sessionPort.ts';

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
