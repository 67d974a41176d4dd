import type { Behavior } from '../behavior.ts';

/** Counts what an app sends to Intune. */
export interface Throttle {
  /** Undefined if the request is within the limits, and then it counts; else the seconds until there is room again. */
  admit(now: number, write: boolean): number | undefined;
}

const windowMs = 20_000;

/**
 * The limits of Intune's throttling: 200 writes and 2,000 requests in 20 seconds for an app in a tenant, twice that for all apps
 * (https://learn.microsoft.com/graph/throttling-limits, Intune devices).
 */
export function throttle(behavior: Behavior): Throttle {
  let requests: number[] = [];
  let writes: number[] = [];
  return {
    admit(now, write) {
      requests = requests.filter(time => time > now - windowMs);
      writes = writes.filter(time => time > now - windowMs);
      const full = [
        ...(requests.length >= room(behavior.requestLimit, behavior.tenantRequestLimit, behavior.otherAppsRequests) ? [requests] : []),
        ...(write && writes.length >= room(behavior.writeLimit, behavior.tenantWriteLimit, behavior.otherAppsWrites) ? [writes] : []),
      ];
      if (full.length > 0) return Math.max(...full.map(times => ((times[0] ?? now) + windowMs - now) / 1000));
      requests.push(now);
      if (write) writes.push(now);
      return undefined;
    },
  };
}

/** What is left for this app of its own limit and of the tenant's. */
const room = (appLimit: number, tenantLimit: number, others: number): number => Math.max(0, Math.min(appLimit, tenantLimit - others));

/** Writes the header Retry-After of the n-th 429. */
export function retryAfterHeader(behavior: Behavior, seconds: number, n: number): string | undefined {
  const form = behavior.retryAfter === 'varying' ? (['whole', 'fractional', 'missing'] as const)[n % 3] : behavior.retryAfter;
  if (form === 'missing') return undefined;
  return form === 'fractional' ? seconds.toFixed(3) : String(Math.ceil(seconds));
}
