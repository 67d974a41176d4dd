import * as z from 'zod/mini';
import {
  type GraphAnswer,
  type GraphClient,
  GraphError,
  type GraphRequest,
  type Outcome,
  type Scopes,
  type SendOptions,
} from '../../graph/client.ts';
import { urlPart } from '../../graph/request.ts';
import { tierScopes } from '../model/families.ts';
import { type Group, groupFields, groupFromWire, type KnownGroup } from '../model/group.ts';
import type { Memory } from '../model/memory.ts';

/** Asking for each group takes as many `$batch`es, which go at once; up to here that is quicker than asking by ids and then for the rest. */
const fewGroups = 60;
const idsPerRequest = 1_000;
const namesById = 'groupNamesById';
const scopes = tierScopes.browse;

const nameRequest = (id: string): GraphRequest => ({ path: `/v1.0/groups/${urlPart(id)}?$select=id,displayName`, scopes });

function knownGroup(id: string, answer: Outcome<GraphAnswer> | undefined): KnownGroup {
  if (answer?.ok) {
    const group = groupFromWire(answer.value.body);
    return group ? { id, status: 'named', name: group.name } : { id, status: 'unreadable' };
  }
  return { id, status: answer?.error.kind === 'notFound' ? 'deleted' : 'unreadable' };
}

async function askForEach(client: GraphClient, ids: readonly string[], options: SendOptions): Promise<readonly KnownGroup[]> {
  const answers = await client.sendAll(ids.map(nameRequest), options);
  return ids.map((id, index) => knownGroup(id, answers[index]));
}

function namedGroups(body: unknown): readonly KnownGroup[] {
  const value = typeof body === 'object' && body !== null ? new Map<string, unknown>(Object.entries(body)).get('value') : undefined;
  if (!Array.isArray(value)) return [];
  return value.flatMap(item => {
    const group = groupFromWire(item);
    return group ? [{ id: group.id, status: 'named' as const, name: group.name }] : [];
  });
}

/** Undefined where no request was answered, which says nothing of the tenant. */
async function askByIds(client: GraphClient, ids: readonly string[], options: SendOptions): Promise<readonly KnownGroup[] | undefined> {
  const chunks = Array.from({ length: Math.ceil(ids.length / idsPerRequest) }, (_, i) =>
    ids.slice(i * idsPerRequest, (i + 1) * idsPerRequest),
  );
  const answers = await client.sendAll(
    chunks.map(chunk => ({
      method: 'POST',
      path: '/v1.0/directoryObjects/getByIds',
      body: { ids: chunk, types: ['group'] },
      idempotent: true,
      scopes,
    })),
    options,
  );
  if (!answers.some(answer => answer.ok)) return undefined;
  return answers.flatMap(answer => (answer.ok ? namedGroups(answer.value.body) : []));
}

/**
 * What is known of these groups (lower case ids). With `Directory.Read.All`, `getByIds` names up to 1,000 a request; without it, it may
 * answer ids alone, and leaves deleted groups out in both cases. What it does not name is asked for one by one, and only a 404 to that
 * makes a group deleted. Whether `getByIds` names anything is remembered for the tenant.
 */
export async function readGroupNames(
  client: GraphClient,
  memory: Memory,
  ids: readonly string[],
  options: SendOptions = {},
): Promise<readonly KnownGroup[]> {
  if (ids.length === 0) return [];
  if (ids.length <= fewGroups || memory.get(namesById) === false) return askForEach(client, ids, options);
  const answer = await askByIds(client, ids, options);
  const named = answer ?? [];
  if (answer) await memory.set(namesById, named.length > 0);
  const known = new Set(named.map(group => group.id));
  const others = ids.filter(id => !known.has(id));
  return [...named, ...(await askForEach(client, others, options))];
}

/** Asks whether a group is there. In beta, so that it goes in one `$batch` with requests for scripts. */
export const groupRequest = (groupId: string, scopes: Scopes): GraphRequest => ({
  path: `/beta/groups/${urlPart(groupId)}?$select=id`,
  scopes,
});

/** Only a 404 to its own request says that a group is deleted; any other failure says nothing of it. */
export const isGone = (answer: Outcome<GraphAnswer> | undefined): boolean => answer?.ok === false && answer.error.kind === 'notFound';

/** Those of these groups that are deleted now. */
export async function readGoneGroups(client: GraphClient, ids: readonly string[], options: SendOptions = {}): Promise<readonly string[]> {
  const answers = await client.sendAll(
    ids.map(id => groupRequest(id, tierScopes.browse)),
    options,
  );
  return ids.filter((_, index) => isGone(answers[index]));
}

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
