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
