import type { Clock } from '../base/clock.ts';
import { changedError, GraphError } from './errors.ts';

/** How reads are tried again. All times in milliseconds. */
const retryLimits = {
  /** Tries in all, the first included. */
  tries: 5,
  /** The most that the first wait is without a `Retry-After`; it doubles with each try. */
  firstWait: 1_000,
  longestWait: 30_000,
  /** A `Retry-After` beyond this is for the user to know of and not to wait for. */
  longestRetryAfter: 60_000,
  /** No try begins later than this after the first one did. */
  total: 120_000,
} as const;

/** Whether a read that failed so may succeed when it is sent again. */
export const isTransient = ({ kind, status }: GraphError): boolean =>
  kind === 'throttled' || kind === 'timeout' || kind === 'network' || status === 502 || status === 503 || status === 504;

/** Waits between the tries of one read, or of the reads of one $batch. */
export interface Backoff {
  /** Milliseconds to wait before a read that failed so is sent again, or undefined where it should not be. */
  wait(error: GraphError): number | undefined;
  /** Sleeps, and counts the try that comes then. */
  pause(ms: number, signal?: AbortSignal): Promise<void>;
}

/** `Retry-After` where there is one, else exponential with full jitter (https://learn.microsoft.com/graph/throttling). */
export function createBackoff({ clock, random }: { clock: Clock; random: () => number }): Backoff {
  const start = clock.now();
  let tries = 1;
  // One for each try, so that requests that go again together wait alike.
  let jitter = random();
  return {
    wait(error) {
      if (tries >= retryLimits.tries || !isTransient(error) || isLongWait(error)) return undefined;
      const most = Math.min(retryLimits.longestWait, retryLimits.firstWait * 2 ** (tries - 1));
      const ms = error.retryAfterMs ?? Math.round(jitter * most);
      return clock.now() + ms - start > retryLimits.total ? undefined : ms;
    },
    pause(ms, signal) {
      tries += 1;
      jitter = random();
      return clock.sleep(ms, signal);
    },
  };
}

const isLongWait = (error: GraphError): boolean => (error.retryAfterMs ?? 0) > retryLimits.longestRetryAfter;

/** The error that a read ends with: one whose wait is too long says so, whatever status asked for the wait. */
export const finalError = (error: GraphError): GraphError =>
  isLongWait(error) && isTransient(error) && error.kind !== 'throttled' ? changedError(error, { kind: 'throttled' }) : error;

/** Tries a read until it succeeds or fails for good. */
export async function retryRead<T>(backoff: Backoff, signal: AbortSignal | undefined, attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      const ms = backoff.wait(error);
      if (ms === undefined) throw finalError(error);
      await backoff.pause(ms, signal);
    }
  }
}

/** Waits are never said to be longer than this, in milliseconds, whatever the header says: ten years. */
const longest = 10 * 365 * 24 * 3_600_000;

/**
 * Milliseconds to wait by a `Retry-After` header: seconds, whole or fractional (Graph sends "2.128"), or an HTTP date.
 * Undefined where the header is missing or says nothing that makes sense.
 *
 * @param now milliseconds since the epoch, which a date is compared with
 */
export function readRetryAfter(header: string | null | undefined, now: number): number | undefined {
  const value = header?.trim() ?? '';
  if (/^\d+(?:\.\d*)?$/.test(value)) return Math.min(Math.ceil(Number(value) * 1000), longest);
  // Date.parse reads much that is no date, such as "-5", so it gets only what starts like an HTTP date.
  const date = /^[a-z]{3,9},?\s/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.min(Math.max(0, date - now), longest);
}
