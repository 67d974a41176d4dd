import * as z from 'zod/mini';
import { GraphError } from './errors.ts';
import { type GraphAnswer, type GraphRequest, methodOf, pathOf } from './request.ts';

/** The most pages of one collection that are followed, so that a service that never ends does not keep us either. */
const mostPages = 1_000;

const page = z.looseObject({ value: z.array(z.unknown()), '@odata.nextLink': z.optional(z.nullable(z.string().check(z.minLength(1)))) });

const badPage = (request: GraphRequest, message: string): GraphError =>
  new GraphError({ kind: 'badAnswer', message, request: { method: methodOf(request), path: pathOf(request) } });

/**
 * All pages of a collection. A nextLink is opaque and followed as it came (https://learn.microsoft.com/graph/paging),
 * with the headers of the first request, which `ConsistencyLevel` needs.
 *
 * @throws GraphError of the page that failed; `badAnswer` for what is no page, a nextLink that came before, and too many pages
 */
export async function allPages(
  send: (request: GraphRequest) => Promise<GraphAnswer>,
  request: GraphRequest,
  onPage: ((items: readonly unknown[]) => void) | undefined,
): Promise<readonly unknown[]> {
  const items: unknown[] = [];
  const seen = new Set<string>();
  for (let path: string | null | undefined = request.path; path != null; ) {
    if (seen.has(path)) throw badPage(request, 'The service led to a page of the list that it had sent before.');
    if (seen.size >= mostPages) throw badPage(request, `The list has more than ${mostPages} pages.`);
    seen.add(path);
    const { data } = page.safeParse((await send({ ...request, path })).body);
    if (!data) throw badPage(request, 'The answer is no page of a list.');
    onPage?.(data.value);
    for (const item of data.value) items.push(item);
    path = data['@odata.nextLink'];
  }
  return items;
}
