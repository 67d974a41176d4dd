import * as z from 'zod/mini';
import { type GraphClient, GraphError, type SendOptions } from '../../graph/client.ts';
import { type FamilyId, familyOf, tierScopes } from '../model/families.ts';

/** A filter of devices, which an assignment can be narrowed by. */
export interface AssignmentFilter {
  /** Lower case. */
  readonly id: string;
  readonly name: string;
  /** A `devicePlatformType`, such as `windows10AndLater`. */
  readonly platform: string;
  /** The condition, such as `(device.model -startsWith "Virtual")`. */
  readonly rule: string;
}

/** The filters of a tenant that the role shows, by id. */
export type KnownFilters = ReadonlyMap<string, AssignmentFilter>;

const wireFilter = z.looseObject({
  id: z.string(),
  displayName: z.string(),
  platform: z.optional(z.nullable(z.string())),
  rule: z.optional(z.nullable(z.string())),
  assignmentFilterManagementType: z.optional(z.nullable(z.string())),
});

function filterFromWire(wire: unknown): AssignmentFilter | undefined {
  const { data } = wireFilter.safeParse(wire);
  return data && { id: data.id.toLowerCase(), name: data.displayName, platform: data.platform ?? '', rule: data.rule ?? '' };
}

/**
 * All filters of the tenant. Rejects with a `GraphError`.
 * https://learn.microsoft.com/graph/api/resources/intune-policyset-deviceandappmanagementassignmentfilter
 */
export async function readFilters(client: GraphClient, options: SendOptions = {}): Promise<KnownFilters> {
  const path = '/beta/deviceManagement/assignmentFilters?$select=id,displayName,platform,rule';
  const items = await client.list({ path, scopes: tierScopes.browseMore }, options);
  return new Map(items.flatMap(item => filterFromWire(item) ?? []).map(filter => [filter.id, filter]));
}

/** The filters that assignments of a family can have, by name. Filters of apps are of other platforms. */
export const filtersFor = (family: FamilyId, filters: KnownFilters): readonly AssignmentFilter[] =>
  [...filters.values()]
    .filter(({ platform }) => platform === familyOf(family).filterPlatform)
    .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));

/** The names of the tenant's assignment filters by id in lower case. Empty where they may not be read: a name is only shown. */
export async function readFilterNames(client: GraphClient, options: SendOptions = {}): Promise<ReadonlyMap<string, string>> {
  try {
    return new Map([...(await readFilters(client, options)).values()].map(({ id, name }) => [id, name]));
  } catch (error) {
    if (error instanceof GraphError) return new Map();
    throw error;
  }
}
