import type { TenantService } from '../service/tenantService.ts';
import type { SampleGroup } from '../state/group.ts';
import type { Call } from '../wire/call.ts';
import { type GroupFilter, readFilter } from './filterClause.ts';
import { type Matches, readSearch } from './searchClause.ts';

/** The groups that a list asks for, or why the directory refuses it. Rules: https://learn.microsoft.com/graph/aad-advanced-queries */
export function findGroups(service: TenantService, call: Call): readonly SampleGroup[] | string {
  const mistake = optionMistake(call);
  if (mistake !== undefined) return mistake;
  const search = call.query.search === undefined ? undefined : readSearch(call.query.search);
  if (call.query.search !== undefined && search === undefined)
    return `Syntax error: the search term in '${call.query.search}' has to be a quoted clause "property:term".`;
  const filter = call.query.filter === undefined ? undefined : readFilter(call.query.filter);
  if (call.query.filter !== undefined && filter === undefined)
    return 'Unsupported or invalid query filter clause specified for property of resource Group.';
  if (filter?.advanced === true && !(isEventual(call) && call.query.count))
    return 'Operator is not supported without $count and the header ConsistencyLevel: eventual.';
  return sorted(call, select(service, search, filter));
}

/** Whether the request may use the directory's advanced queries. */
export const isEventual = (call: Call): boolean => call.headers.get('ConsistencyLevel')?.toLowerCase() === 'eventual';

function optionMistake(call: Call): string | undefined {
  const { top, skip, search, orderBy, filter, count } = call.query;
  if (top !== undefined && !(top >= 1 && top <= 999)) return `Invalid page size specified: '${top}'. Must be between 1 and 999 inclusive.`;
  if (skip !== undefined) return "'$skip' is not supported by the service.";
  if (search !== undefined && !isEventual(call)) {
    return "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'";
  }
  if (orderBy !== undefined && (filter !== undefined || search !== undefined) && !(isEventual(call) && count)) {
    return 'Sorting not supported for current query.';
  }
  return undefined;
}

function select(service: TenantService, search: Matches | undefined, filter: GroupFilter | undefined): SampleGroup[] {
  const indexed = service.clock.now() - service.behavior.groupIndexLagMs;
  const found: SampleGroup[] = [];
  for (const group of service.state.groups.all()) {
    if (search !== undefined && (group.createdAt > indexed || !search(group))) continue;
    if (filter === undefined || filter.matches(group)) found.push(group);
  }
  return found;
}

function sorted(call: Call, groups: readonly SampleGroup[]): readonly SampleGroup[] {
  const [property = '', direction] = call.query.orderBy?.split(/\s+/) ?? [];
  if (property.toLowerCase() !== 'displayname') return groups;
  const ascending = groups.toSorted((a, b) => (a.displayName.toLowerCase() < b.displayName.toLowerCase() ? -1 : 1));
  return direction?.toLowerCase() === 'desc' ? ascending.toReversed() : ascending;
}
