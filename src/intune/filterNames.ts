import { type GraphClient, GraphError, type SendOptions } from '../graph/client.ts';
import { readFilters } from './filters.ts';

/** The names of the tenant's assignment filters by id in lower case. Empty where they may not be read: a name is only shown. */
export async function readFilterNames(client: GraphClient, options: SendOptions = {}): Promise<ReadonlyMap<string, string>> {
  try {
    return new Map([...(await readFilters(client, options)).values()].map(({ id, name }) => [id, name]));
  } catch (error) {
    if (error instanceof GraphError) return new Map();
    throw error;
  }
}
