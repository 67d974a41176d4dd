import { batchSize, versionedPath } from './batchBody.ts';
import { type GraphRequest, isRead } from './request.ts';

/** A request and its place among those that were asked for. */
export interface Placed {
  readonly index: number;
  readonly request: GraphRequest;
}

/** Requests that may go in one $batch: of one version and the same permissions, all of them reads or all of them writes. */
export interface Chunk {
  readonly reads: boolean;
  /** Missing where the request's path has no version, so that it can only go alone. */
  readonly version: 'v1.0' | 'beta' | undefined;
  readonly items: readonly Placed[];
}

const pieces = (items: readonly Placed[]): readonly (readonly Placed[])[] =>
  Array.from({ length: Math.ceil(items.length / batchSize) }, (_, n) => items.slice(n * batchSize, (n + 1) * batchSize));

/** One permission that was not consented to fails a whole token request, so requests of other permissions stay apart. */
const keyOf = ({ index, request }: Placed): string => {
  const version = versionedPath(request.path)?.version ?? `alone ${index}`;
  return [version, isRead(request), ...[...new Set(request.scopes)].toSorted()].join(' ');
};

/** Requests in as few $batches as can be, each in the order asked. */
export function inChunks(requests: readonly GraphRequest[]): readonly Chunk[] {
  const groups = new Map<string, Placed[]>();
  for (const placed of requests.map((request, index) => ({ index, request }))) {
    const key = keyOf(placed);
    groups.set(key, [...(groups.get(key) ?? []), placed]);
  }
  return [...groups.values()].flatMap(group =>
    pieces(group).map(items => ({
      reads: items.every(({ request }) => isRead(request)),
      version: versionedPath(items[0]?.request.path ?? '')?.version,
      items,
    })),
  );
}
