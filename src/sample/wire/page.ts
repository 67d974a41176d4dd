import type { Behavior } from '../behavior.ts';
import type { Call } from './call.ts';
import type { Json, JsonObject } from './json.ts';

/** One page of a list with the link to the next, as OData has it. */
export function page<Item>(call: Call, behavior: Behavior, items: readonly Item[], size: number, show: (item: Item) => Json): JsonObject {
  const start = readToken(call.query.skipToken);
  const from = behavior.pageWart === 'overlap' && start > 0 ? start - 1 : start;
  const empty = behavior.pageWart === 'emptyPage' && start > 0 && call.query.skipToken?.startsWith('e') !== true;
  const end = empty ? start : start + size;
  const value = empty ? [] : items.slice(from, end).map(show);
  const link = end < items.length ? nextLink(call, behavior, start, end, empty) : undefined;
  return { ...(link === undefined ? {} : { '@odata.nextLink': link }), value };
}

/** Absolute, and to be followed as it is; the token means something to the service only. */
function nextLink(call: Call, behavior: Behavior, start: number, end: number, afterEmpty: boolean): string {
  const origin = behavior.pageWart === 'foreignHost' ? 'https://graph.microsoft.com.example' : call.origin;
  const next = behavior.pageWart === 'repeatedToken' && start > 0 ? start : end;
  const [path = '', query = ''] = call.target.split('?');
  const kept = query.split('&').filter(part => part !== '' && !/^(\$|%24)?skiptoken=/i.test(part));
  const address = path.startsWith(`/${call.version}/`) ? path : `/${call.version}/${path.replace(/^\//, '')}`;
  return `${origin}${address}?${[...kept, `$skiptoken=${writeToken(next, afterEmpty)}`].join('&')}`;
}

const writeToken = (offset: number, afterEmpty: boolean): string => `${afterEmpty ? 'e' : 'p'}${offset.toString(36).padStart(6, '0')}`;

function readToken(token: string | undefined): number {
  const offset = Number.parseInt(token?.slice(1) ?? '0', 36);
  return Number.isNaN(offset) ? 0 : offset;
}
