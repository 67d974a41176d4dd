import type { GraphAnswer, GraphClient, GraphRequest, Outcome, Scopes, SendOptions } from '../../graph/client.ts';
import { urlPart } from '../../graph/request.ts';
import { tierScopes } from '../model/families.ts';
import { groupFromWire, type KnownGroup } from '../model/group.ts';
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
