import type { Clock } from '../../graph/clock.ts';

/** Intune takes 200 writes in 20 seconds of one app in one tenant (https://learn.microsoft.com/graph/throttling-limits, Intune devices). */
const mostWrites = 200;
const windowMs = 20_000;

/** Keeps the writes of one change under the documented limit. */
export interface Pace {
  /** Resolves when so many more may be sent. Rejects with the signal's reason once it is aborted. */
  room(count: number, signal?: AbortSignal): Promise<void>;
  /** So many were sent by now. */
  sent(count: number): void;
}

export function createPace(clock: Clock): Pace {
  /** When each write of the last 20 seconds was sent, oldest first. */
  let times: readonly number[] = [];
  return {
    async room(count, signal) {
      const last = times[times.length + count - mostWrites - 1];
      const ms = last === undefined ? 0 : last + windowMs - clock.now();
      if (last !== undefined && ms >= 0) await clock.sleep(Math.min(ms, windowMs) + 1, signal);
    },
    sent(count) {
      const now = clock.now();
      times = [...times.filter(time => now - time <= windowMs), ...Array.from({ length: count }, () => now)];
    },
  };
}
