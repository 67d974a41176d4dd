import { uptime } from 'node:os';
import type { Clock } from '../base/clock.ts';

/** The real clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  uptime: () => Math.round(uptime() * 1000),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const stop = (): void => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        resolve();
      }, ms);
      signal?.addEventListener('abort', stop, { once: true });
    }),
};
