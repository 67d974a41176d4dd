import * as z from 'zod/mini';
import { type GraphAnswer, type GraphClient, GraphError, type GraphRequest, type Outcome, type SendOptions } from '../../graph/client.ts';
import { urlPart } from '../../graph/request.ts';
import { tierScopes } from '../model/families.ts';
import { type Group, groupFields, groupFromWire } from '../model/group.ts';
import type { Memory } from '../model/memory.ts';

const scopes = tierScopes.browse;
const mostFound = 50;
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The id that a text is, or undefined. */
export const asGroupId = (text: string): string | undefined => (guid.test(text.trim()) ? text.trim().toLowerCase() : undefined);

const select = `$select=${groupFields}&$top=${mostFound}`;
const quoted = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');

/**
 * `$search` finds words by their starts, wherever they stand in the name, and misses new groups for minutes; `startswith` finds what the
 * name starts with, signs included. Both together find what a person expects. `$search` needs `ConsistencyLevel: eventual`.
 */
const searchRequests = (text: string): readonly GraphRequest[] => [
  {
    path: `/v1.0/groups?$search=${urlPart(`"displayName:${quoted(text)}"`)}&$count=true&${select}`,
    headers: { ConsistencyLevel: 'eventual' },
    scopes,
  },
  { path: `/v1.0/groups?$filter=${urlPart(`startswith(displayName,'${text.replaceAll("'", "''")}')`)}&${select}`, scopes },
];

function groupsOf(answer: Outcome<GraphAnswer>): readonly Group[] {
  if (!answer.ok) return [];
  const { body } = answer.value;
  const value = typeof body === 'object' && body !== null ? new Map<string, unknown>(Object.entries(body)).get('value') : undefined;
  return Array.isArray(value) ? value.flatMap(item => groupFromWire(item) ?? []) : [];
}

/** The group with this id, or undefined where there is none. Rejects with a `GraphError` for any other reason. */
export async function readGroup(client: GraphClient, id: string, options: SendOptions = {}): Promise<Group | undefined> {
  if (asGroupId(id) === undefined) return undefined;
  try {
    const { body } = await client.send({ path: `/v1.0/groups/${urlPart(id)}?$select=${groupFields}`, scopes }, options);
    return groupFromWire(body) ?? { id, name: id, membership: 'assigned', type: 'security', synced: false };
  } catch (error) {
    if (error instanceof GraphError && error.kind === 'notFound') return undefined;
    throw error;
  }
}

/**
 * Up to 100 groups by the starts of words in their names, by name; a GUID finds the group with that id. Rejects with a `GraphError`
 * only where nothing could be asked.
 */
export async function searchGroups(client: GraphClient, query: string, options: SendOptions = {}): Promise<readonly Group[]> {
  const text = query.trim();
  const id = asGroupId(text);
  if (id) return readGroup(client, id, options).then(group => (group ? [group] : []));
  if (text === '') return [];
  const answers = await client.sendAll(searchRequests(text), options);
  const errors = answers.flatMap(answer => (answer.ok ? [] : [answer.error]));
  if (errors[0] && errors.length === answers.length) throw errors[0];
  const byId = new Map(answers.flatMap(groupsOf).map(group => [group.id, group]));
  return [...byId.values()].sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
}

const key = 'recentGroups';
const mostRecent = 10;

const remembered = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    description: z.optional(z.string()),
    membership: z.enum(['assigned', 'dynamic', 'dynamicPaused']),
    type: z.enum(['security', 'microsoft365', 'distribution']),
    synced: z.boolean(),
  }),
);

/** The groups that were assigned last in this tenant, latest first. */
export function recentGroups(memory: Memory): readonly Group[] {
  const { data } = remembered.safeParse(memory.get(key));
  return (data ?? []).map(({ description, ...group }) => (description === undefined ? group : { ...group, description }));
}

/** Puts groups at the head of the ones used last. */
export function rememberGroups(memory: Memory, groups: readonly Group[]): Promise<void> {
  const ids = new Set(groups.map(({ id }) => id));
  return memory.set(key, [...groups, ...recentGroups(memory).filter(({ id }) => !ids.has(id))].slice(0, mostRecent));
}
