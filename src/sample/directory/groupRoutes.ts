import { forbidden } from '../service/forbidden.ts';
import type { Route } from '../service/route.ts';
import type { TenantService } from '../service/tenantService.ts';
import { groupJson, type SampleGroup } from '../state/group.ts';
import { type Answer, json, text } from '../wire/answer.ts';
import type { Call } from '../wire/call.ts';
import { graphError } from '../wire/errors.ts';
import { isArray, isObject } from '../wire/json.ts';
import { page } from '../wire/page.ts';
import { select } from '../wire/select.ts';
import { findGroups, isEventual } from './findGroups.ts';

// Each of these is enough to read groups and count their members (https://learn.microsoft.com/graph/api/group-list).
const readGroups = [
  'GroupMember.Read.All',
  'Group.Read.All',
  'Group.ReadBasic.All',
  'Group.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
];
const get = { method: 'GET', versions: ['v1.0', 'beta'], scopes: () => readGroups } as const;

/** The routes of groups; the same in both versions. */
export const groupRoutes: readonly Route[] = [
  { ...get, pattern: 'groups', serve: list },
  { ...get, pattern: 'groups/$count', serve: countAll },
  {
    ...get,
    pattern: 'groups/{id}',
    serve: withGroup((call, group) =>
      json(200, { '@odata.context': context(call, '/$entity'), ...select(groupJson(group), call.query.select) }),
    ),
  },
  ...['members', 'transitiveMembers'].flatMap(members => [
    { ...get, pattern: `groups/{id}/${members}/$count`, serve: count(group => group.devices + group.users) },
    { ...get, pattern: `groups/{id}/${members}/microsoft.graph.device/$count`, serve: count(group => group.devices) },
    { ...get, pattern: `groups/{id}/${members}/microsoft.graph.user/$count`, serve: count(group => group.users) },
  ]),
  { ...get, method: 'POST', pattern: 'directoryObjects/getByIds', serve: getByIds },
];

function list(service: TenantService, call: Call): Answer {
  const groups = findGroups(service, call);
  if (typeof groups === 'string') return graphError(call, 400, 'Request_UnsupportedQuery', groups);
  const body = page(call, service.behavior, groups, call.query.top ?? 100, group => select(groupJson(group), call.query.select));
  const counted = call.query.count && isEventual(call) ? { '@odata.count': groups.length } : {};
  return json(200, { '@odata.context': context(call), ...counted, ...body });
}

function countAll(service: TenantService, call: Call): Answer {
  if (!isEventual(call)) return countUnsupported(call);
  const groups = findGroups(service, call);
  return typeof groups === 'string'
    ? graphError(call, 400, 'Request_UnsupportedQuery', groups)
    : text(200, 'text/plain', String(groups.length));
}

function count(of: (group: SampleGroup) => number): Route['serve'] {
  return withGroup((call, group) => (isEventual(call) ? text(200, 'text/plain', String(of(group))) : countUnsupported(call)));
}

/** Counts need the header ConsistencyLevel (https://learn.microsoft.com/graph/api/group-list-transitivemembers). */
const countUnsupported = (call: Call): Answer => graphError(call, 400, 'Request_BadRequest', '$count is not currently supported.');

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function withGroup(serve: (call: Call, group: SampleGroup) => Answer): Route['serve'] {
  return (service, call, { id }) => {
    if (!guid.test(id)) return graphError(call, 400, 'Request_BadRequest', `Invalid object identifier '${id}'.`);
    const group = service.state.groups.get(id);
    const hidden = [...service.behavior.unreadableGroups].some(unreadable => unreadable.toLowerCase() === id.toLowerCase());
    if (hidden) return forbidden(call, 'scope');
    return group === undefined ? groupNotFound(call, id) : serve(call, group);
  };
}

function groupNotFound(call: Call, id: string): Answer {
  const message = `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`;
  return graphError(call, 404, 'Request_ResourceNotFound', message);
}

/** Objects of which nothing but the id may be read come with their type and id alone; deleted ones do not come. */
function getByIds(service: TenantService, call: Call): Answer {
  const ids = isObject(call.body) && isArray(call.body['ids']) ? call.body['ids'].filter(id => typeof id === 'string') : undefined;
  if (ids === undefined)
    return graphError(call, 400, 'Request_BadRequest', 'Property ids in payload has a value that does not match schema.');
  if (ids.length > 1000) return graphError(call, 400, 'Request_BadRequest', 'Too many ids: the maximum is 1000.');
  const readable = call.scopes.has('Directory.Read.All') || call.scopes.has('Directory.ReadWrite.All');
  const groups = ids.map(id => service.state.groups.get(id)).filter(group => group !== undefined);
  const show = (group: SampleGroup) => ({ '@odata.type': '#microsoft.graph.group', ...(readable ? groupJson(group) : { id: group.id }) });
  return json(200, { '@odata.context': `${call.origin}/${call.version}/$metadata#directoryObjects`, value: groups.map(show) });
}

const context = (call: Call, rest = ''): string => {
  const properties = call.query.select === undefined ? '' : `(${call.query.select.join(',')})`;
  return `${call.origin}/${call.version}/$metadata#groups${properties}${rest}`;
};
