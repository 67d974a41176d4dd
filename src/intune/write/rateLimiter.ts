import type { Clock } from '../../base/clock.ts';

/** Intune takes 200 writes in 20 seconds of one app in one tenant (https://learn.microsoft.com/graph/throttling-limits, Intune devices). */
const mostWrites = 200;
const windowMs = 20_000;

/** A read that took longer than this, in milliseconds, and than twice the quickest one, is old when it is answered. */
const slowRead = 1_000;

/** Keeps the writes of one change under the documented limit, and their last reads fresh. */
export interface RateLimiter {
  /** Resolves when so many more may be sent. Rejects with the signal's reason once it is aborted. */
  waitForSlots(count: number, signal?: AbortSignal): Promise<void>;
  /** So many were sent by now. */
  sent(count: number): void;
  /** Whether a read that took so many milliseconds is to be made once more. Where all take that long, none is. */
  isSlow(ms: number): boolean;
}

export function createRateLimiter(clock: Clock): RateLimiter {
  /** When each write of the last 20 seconds was sent, oldest first. */
  let times: readonly number[] = [];
  let quickest: number | undefined;
  return {
    async waitForSlots(count, signal) {
      const last = times[times.length + count - mostWrites - 1];
      const ms = last === undefined ? 0 : last + windowMs - clock.uptime();
      if (last !== undefined && ms >= 0) await clock.sleep(Math.min(ms, windowMs) + 1, signal);
    },
    sent(count) {
      const now = clock.uptime();
      times = [...times.filter(time => now - time <= windowMs), ...Array.from({ length: count }, () => now)];
    },
    isSlow(ms) {
      const slow = ms > Math.max(slowRead, 2 * (quickest ?? 0));
      quickest = Math.min(quickest ?? ms, ms);
      return slow;
    },
  };
}
