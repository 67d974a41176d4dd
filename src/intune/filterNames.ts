import * as z from 'zod/mini';
import { type GraphClient, GraphError, type SendOptions } from '../graph/client.ts';
import { tierScopes } from './permissions.ts';

const filter = z.looseObject({ id: z.string(), displayName: z.string() });

/**
 * The names of the tenant's assignment filters by id in lower case. Empty where they may not be read: a name is only shown.
 * https://learn.microsoft.com/graph/api/resources/intune-policyset-deviceandappmanagementassignmentfilter
 */
export async function readFilterNames(client: GraphClient, options: SendOptions = {}): Promise<ReadonlyMap<string, string>> {
  const path = '/beta/deviceManagement/assignmentFilters?$select=id,displayName';
  try {
    const items = await client.list({ path, scopes: tierScopes.browseMore }, options);
    return new Map(items.flatMap(item => filter.safeParse(item).data ?? []).map(({ id, displayName }) => [id.toLowerCase(), displayName]));
  } catch (error) {
    if (error instanceof GraphError) return new Map();
    throw error;
  }
}
