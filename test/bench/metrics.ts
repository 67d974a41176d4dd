// What a recording comes to.
import type { Sent } from './wire.ts';

export interface Metrics {
  /** HTTP requests. */
  readonly http: number;
  /** Requests inside of $batches. */
  readonly inBatches: number;
  /** The longest chain of requests of which none begins before the one before has ended. */
  readonly roundTrips: number;
}

function longestChain(sent: readonly Sent[]): number {
  let length = 0;
  let free = Number.NEGATIVE_INFINITY;
  // Taking the request that ends first gives the longest chain.
  for (const { start, end } of sent.toSorted((a, b) => a.end - b.end || a.start - b.start)) {
    if (start < free) continue;
    length += 1;
    free = end;
  }
  return length;
}

export const metricsOf = (sent: readonly Sent[]): Metrics => ({
  http: sent.length,
  inBatches: sent.reduce((sum, { inner }) => sum + inner, 0),
  roundTrips: longestChain(sent),
});

/** The middle of some numbers. */
export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
