import type { GraphClient, Outcome, SendOptions } from '../graph/client.ts';
import type { Assignment } from './assignment.ts';
import { type FamilyId, familyOf } from './families.ts';
import { groupRequest, isGone } from './goneGroups.ts';
import { tierScopes } from './permissions.ts';
import { type Reach, reachOf, reachRequests } from './reach.ts';
import { assignmentsOfAnswer, assignmentsRequest, settle } from './readAssignments.ts';
import { readScripts } from './readScripts.ts';
import { type Script, type ScriptRef, scriptKey } from './script.ts';

/** What a plan is made from. */
export interface ReadForPlan {
  /** The whole set of each script, by script key. */
  readonly bases: ReadonlyMap<string, Outcome<readonly Assignment[]>>;
  /** By group id. */
  readonly reach: ReadonlyMap<string, Reach>;
  /** Ids of groups that are deleted. */
  readonly gone: readonly string[];
}

export interface ReadForPlanOptions extends SendOptions {
  /** Reads each script on its own, however many they are. */
  readonly exact?: boolean;
  /** Groups of which only the reach is wanted, and not whether they are there. */
  readonly counted?: readonly string[];
}

/** Up to here, asking each script takes one request. For more scripts of a family, its list takes one, however many they are. */
const fewScripts = 20;

/** Pages of the list are read again by each write, so that a plan from a list is as safe: it only is stopped more often. */
async function readLists(client: GraphClient, scripts: readonly ScriptRef[], options: SendOptions): Promise<ReadForPlan['bases']> {
  const families = [...new Set(scripts.map(({ family }) => family))];
  const lists = await Promise.all(families.map(family => settle(() => readScripts(client, familyOf(family), options))));
  const found = new Map(
    lists.flatMap(list => (list.ok ? list.value.map(script => [scriptKey(script), assignmentsOf(script)] as const) : [])),
  );
  return new Map(
    scripts.flatMap(script => {
      const list = lists[families.indexOf(script.family)];
      return pair(scriptKey(script), list?.ok === false ? list : found.get(scriptKey(script)));
    }),
  );
}

const assignmentsOf = ({ assignments, notRead }: Script): Outcome<readonly Assignment[]> =>
  notRead ? { ok: false, error: notRead } : { ok: true, value: assignments };

const scopesOf = (family: FamilyId): readonly string[] => tierScopes[familyOf(family).writeTier];

/** Which scripts are many of their family, and are read from its list; the others are asked one by one. */
function byCount(scripts: readonly ScriptRef[]): { readonly few: readonly ScriptRef[]; readonly many: readonly ScriptRef[] } {
  const isMany = ({ family }: ScriptRef): boolean => scripts.filter(other => other.family === family).length > fewScripts;
  return { few: scripts.filter(script => !isMany(script)), many: scripts.filter(isMany) };
}

/**
 * Reads, in as few requests as possible, all that plans for these scripts and groups need. Scripts fail each for itself.
 * The permission asked for is the one that the write will need, so that a lack of it is told before the review.
 *
 * More than 20 scripts of a family are read from its list, unless `exact` is wanted. That is for the plan alone: the write reads each
 * script on its own, stops where it finds something else than was planned on, and writes back what it has read itself.
 */
export async function readForPlan(
  client: GraphClient,
  scripts: readonly ScriptRef[],
  groupIds: readonly string[],
  { exact = false, counted = [], ...options }: ReadForPlanOptions = {},
): Promise<ReadForPlan> {
  const { few, many } = exact ? { few: scripts, many: [] } : byCount(scripts);
  const [first] = scripts;
  const groupScopes = first ? scopesOf(first.family) : tierScopes.browse;
  const baseRequests = few.map(script => assignmentsRequest(script, scopesOf(script.family)));
  const thereRequests = groupIds.map(id => groupRequest(id, groupScopes));
  const countedIds = [...groupIds, ...counted];
  const countRequests = countedIds.flatMap(id => reachRequests(id, groupScopes));

  const [lists, answers] = await Promise.all([
    readLists(client, many, options),
    client.sendAll([...baseRequests, ...thereRequests, ...countRequests], options),
  ]);
  const there = answers.slice(baseRequests.length);
  const counts = there.slice(thereRequests.length);

  const bases = await Promise.all(
    baseRequests.map(async (request, index): Promise<Outcome<readonly Assignment[]>> => {
      const answer = answers[index];
      if (!answer) throw new RangeError('An answer is missing.');
      return answer.ok ? settle(() => assignmentsOfAnswer(client, request, answer.value.body, options)) : answer;
    }),
  );
  return {
    bases: new Map([...lists, ...few.flatMap((script, index) => pair(scriptKey(script), bases[index]))]),
    reach: new Map(countedIds.map((id, index) => [id, reachOf(counts.slice(2 * index, 2 * index + 2))])),
    gone: groupIds.filter((_, index) => isGone(there[index])),
  };
}

const pair = <T>(key: string, value: T | undefined): readonly (readonly [string, T])[] => (value === undefined ? [] : [[key, value]]);
