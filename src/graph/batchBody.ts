import * as z from 'zod/mini';
import { type GraphRequest, methodOf } from './request.ts';

/** The most requests of one $batch: https://learn.microsoft.com/graph/json-batching */
export const batchSize = 20;

/** The version and the rest of a path that can go into a $batch, which is for one version only. */
export function versionedPath(path: string): { version: 'v1.0' | 'beta'; url: string } | undefined {
  const [, version, url] = /^\/(v1\.0|beta)(\/.*)$/s.exec(path) ?? [];
  return url !== undefined && (version === 'v1.0' || version === 'beta') ? { version, url } : undefined;
}

/** The body of a $batch. The ids are the places of the requests. */
export const batchBody = (requests: readonly GraphRequest[]): unknown => ({
  requests: requests.map((request, index) => {
    const headers = { ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }), ...request.headers };
    return {
      id: String(index),
      method: methodOf(request),
      url: versionedPath(request.path)?.url ?? request.path,
      ...(Object.keys(headers).length > 0 ? { headers } : {}),
      ...(request.body === undefined ? {} : { body: request.body }),
    };
  }),
});

const answers = z.looseObject({ responses: z.array(z.unknown()) });
const named = z.looseObject({ id: z.union([z.string(), z.number()]) });
const inner = z.looseObject({
  status: z.number().check(z.int(), z.minimum(100), z.maximum(599)),
  headers: z.optional(z.nullable(z.record(z.string(), z.unknown()))),
  body: z.optional(z.unknown()),
});

/** One answer inside of a $batch. */
export interface InnerAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

const headersOf = (record: Readonly<Record<string, unknown>>): Headers => {
  const headers = new Headers();
  for (const [name, value] of Object.entries(record)) {
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    try {
      headers.set(name, String(value));
    } catch {
      // A header that HTTP does not allow says nothing to us.
    }
  }
  return headers;
};

/** `$count` answers text/plain, which stands in a $batch as a number, where alone it is a string. */
const bodyOf = (body: unknown, headers: Headers): unknown =>
  typeof body === 'number' && /text\/plain/i.test(headers.get('content-type') ?? '') ? String(body) : (body ?? undefined);

/** The place of the request that an answer is for; undefined where it does not say. */
const placeOf = (item: unknown): number | undefined => {
  const id = String(named.safeParse(item).data?.id);
  return /^\d+$/.test(id) ? Number(id) : undefined;
};

const innerAnswer = (item: unknown): InnerAnswer | undefined => {
  const { data } = inner.safeParse(item);
  if (!data) return undefined;
  const headers = headersOf(data.headers ?? {});
  return { status: data.status, headers, body: bodyOf(data.body, headers) };
};

/**
 * The answers of a $batch by the places of their requests, in whatever order they came. One that cannot be read is undefined, and so is
 * where there are two: nobody knows which of them is true.
 */
export function readBatch(body: unknown): ReadonlyMap<number, InnerAnswer | undefined> {
  const found = new Map<number, InnerAnswer | undefined>();
  for (const item of answers.safeParse(body).data?.responses ?? []) {
    const place = placeOf(item);
    if (place !== undefined) found.set(place, found.has(place) ? undefined : innerAnswer(item));
  }
  return found;
}
