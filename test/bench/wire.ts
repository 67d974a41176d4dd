// The sample tenant with a stopwatch: what is sent, when, and how many requests a $batch holds.
import type { Clock } from '../../src/base/clock.ts';
import type { Fetch } from '../../src/graph/transport.ts';
import { createSampleTenant, type SampleTenant } from '../../src/sample/index.ts';
import { createFakeClock } from '../unit/graph/fakeClock.ts';

/** One HTTP request. Times are in simulated milliseconds since the start. */
export interface Sent {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly status: number;
  /** Requests inside of a $batch; 0 for any other. */
  readonly inner: number;
  /** Writes of assignments, those inside of a $batch included. */
  readonly writes: number;
  readonly start: number;
  readonly end: number;
}

export interface Wire {
  readonly tenant: SampleTenant;
  readonly clock: Clock;
  readonly fetch: Fetch;
  readonly sent: readonly Sent[];
  /** Simulated milliseconds since the start. */
  now(): number;
}

export interface WireOptions {
  readonly size: 'small' | 'large';
  readonly seed: number;
  readonly latencyMs: number;
}

const isWrite = (method: string, path: string): boolean => method === 'POST' && /\/(assign|assignments)$/.test(path);

async function innerRequests(request: Request): Promise<{ readonly inner: number; readonly writes: number }> {
  const { pathname } = new URL(request.url);
  if (!pathname.endsWith('/$batch')) return { inner: 0, writes: isWrite(request.method, pathname) ? 1 : 0 };
  const { requests } = (await request.clone().json()) as {
    readonly requests: readonly { readonly method: string; readonly url: string }[];
  };
  return { inner: requests.length, writes: requests.filter(({ method, url }) => isWrite(method, url)).length };
}

/**
 * Pages of groups by tenant and address. The sample tenant looks at all of its 60,000 groups for each page, which takes the computer
 * minutes in all; a page that an earlier replay got is given again, after the same simulated wait. Nothing here changes a group.
 */
const groupPages = new Map<string, string>();

const isGroupPage = ({ method, url }: Request): boolean => method === 'GET' && new URL(url).pathname.endsWith('/groups');

/** A new tenant of its own, in simulated time: nothing waits for real, and time passes only when everybody waits. */
export function createWire({ size, seed, latencyMs }: WireOptions): Wire {
  const clock = createFakeClock();
  const tenant = createSampleTenant({ size, seed, clock, behavior: { latencyMs } });
  const begin = clock.now();
  const now = (): number => clock.now() - begin;
  const sent: Sent[] = [];

  async function answer(request: Request): Promise<Response> {
    if (!isGroupPage(request)) return tenant.handle(request);
    const key = `${size}/${seed}/${request.url}`;
    const known = groupPages.get(key);
    if (known !== undefined) {
      await clock.sleep(latencyMs);
      return new Response(known, { headers: { 'Content-Type': 'application/json' } });
    }
    const response = await tenant.handle(request);
    if (response.ok) groupPages.set(key, await response.clone().text());
    return response;
  }

  const fetch: Fetch = async request => {
    const { method, url } = request;
    const { pathname, search } = new URL(url);
    const counted = await innerRequests(request);
    const start = now();
    const response = await answer(request);
    sent.push({ method, path: pathname + search, status: response.status, ...counted, start, end: now() });
    return response;
  };
  return { tenant, clock, fetch, sent, now };
}
