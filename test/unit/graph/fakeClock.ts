import type { Clock } from '../../../src/base/clock.ts';

interface Timer {
  readonly at: number;
  readonly fire: () => void;
}

/** A clock whose time passes only when nothing else is left to do: then it jumps to the next sleeper. */
export interface FakeClock extends Clock {
  /** Sleeps that ended because their time had come, in milliseconds, in the order they ended. */
  readonly slept: readonly number[];
  /** Sets the clock, as a user or a time server does: no time passes. In milliseconds, back or ahead. */
  step(ms: number): void;
}

/** Milliseconds for which the computer runs when the clock begins. */
const bootedBefore = 3_600_000;

/** Turns of the event loop without news after which everybody is taken to be waiting for the clock. */
const idleTurns = 8;

export function createFakeClock(start = Date.UTC(2026, 0, 1)): FakeClock {
  let now = start;
  let stepped = 0;
  let running = false;
  const timers = new Set<Timer>();
  const slept: number[] = [];

  const idle = async (): Promise<void> => {
    for (let turn = 0; turn < idleTurns; turn += 1) await new Promise(resolve => setImmediate(resolve));
  };

  const run = async (): Promise<void> => {
    if (running) return;
    running = true;
    for (await idle(); timers.size > 0; await idle()) {
      const next = [...timers].reduce((a, b) => (b.at < a.at ? b : a));
      now = Math.max(now, next.at);
      next.fire();
    }
    running = false;
  };

  return {
    slept,
    now: () => now + stepped,
    uptime: () => now - start + bootedBefore,
    step: ms => {
      stepped += ms;
    },
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const stop = (): void => {
          timers.delete(timer);
          reject(signal?.reason);
        };
        const fire = (): void => {
          timers.delete(timer);
          signal?.removeEventListener('abort', stop);
          slept.push(ms);
          resolve();
        };
        const timer: Timer = { at: now + ms, fire };
        timers.add(timer);
        signal?.addEventListener('abort', stop, { once: true });
        void run();
      }),
  };
}
