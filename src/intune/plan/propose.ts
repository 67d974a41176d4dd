import type { Clock } from '../../base/clock.ts';
import { type GraphClient, GraphError, type Outcome, type SendOptions } from '../../graph/client.ts';
import type { JournalRecord } from '../journal/journal.ts';
import { type KnownWrites, knownWrites, notShownYet, predatesOurWrites, recentWrites } from '../journal/knownWrites.ts';
import { type Assignment, recipientKey } from '../model/assignment.ts';
import type { Change } from '../model/change.ts';
import { type FamilyId, familyOf, tierScopes } from '../model/families.ts';
import type { KnownGroup } from '../model/group.ts';
import type { Memory } from '../model/memory.ts';
import { type Script, type ScriptRef, scriptKey, scriptPath } from '../model/script.ts';
import { isGroupTarget, type Target } from '../model/target.ts';
import { assignmentsOfAnswer, assignmentsRequest, settle } from '../read/assignments.ts';
import type { Connection } from '../read/connection.ts';
import { groupRequest, isGone, readGroupNames } from '../read/groups.ts';
import { targetedGroupIds } from '../read/inventory.ts';
import { type Reach, reachOf, reachRequests } from '../read/memberCount.ts';
import { readScripts } from '../read/scripts.ts';
import type { Shortfall } from './limitations.ts';
import { changesNothing, type Plan, planChanges } from './plan.ts';
import { notCounted, type Proposal, type Reached, reachedBy } from './proposal.ts';

const toldOfRemediation = 'toldOfRemediation';

/** Remembers for the tenant that a review has said what was observed of remediations. */
export const rememberRemediationTold = (memory: Memory): Promise<void> => memory.set(toldOfRemediation, true);

/** Whether somebody gets a remediation who did not have it, or had it in another way. */
const assignsRemediation = ({ script, rows }: Plan): boolean =>
  familyOf(script.family).supports.schedule &&
  rows.some(({ action, assignment }) => (action === 'add' || action === 'change') && assignment.target.kind !== 'exclusionGroup');

export interface Wanted {
  readonly scripts: readonly ScriptRef[];
  /** The changes of a script, whose assignments were just read. */
  readonly changesFor: (script: ScriptRef, base: readonly Assignment[]) => readonly Change[];
  /** Groups that the changes are known to be about: counted, and looked whether they are there, beside the first read. */
  readonly groups: readonly { readonly id: string; readonly name: string }[];
  /** What of the wish the changes leave out for a script, whose assignments were just read: said in the review. */
  readonly shortfallsFor?: (script: ScriptRef, base: readonly Assignment[]) => readonly Shortfall[];
  /** The changes of a script belong together: where a group that they add is gone, or one is left out of the plan, it is not changed at all. */
  readonly allOrNone?: boolean;
  /** The change that is taken back, or whose rest this is, by its id in the journal. */
  readonly undoes?: string;
  readonly resumes?: string;
  /** Reads each script on its own, however many they are: after a plan from a list was stopped. */
  readonly exact?: boolean;
}

/** A script that its family's list does not have any more. */
const notListed = (script: ScriptRef): GraphError =>
  new GraphError({
    kind: 'notFound',
    message: 'The list does not have this script.',
    request: { method: 'GET', path: scriptPath(script) },
    sent: 'no',
  });

/** A group that is gone is added to nothing. What there is of it stays. */
function withoutGone(changes: readonly Change[], gone: readonly string[], allOrNone: boolean): readonly Change[] {
  const left = changes.filter(change => !('assignment' in change && gone.includes(change.assignment.target.groupId ?? '')));
  return allOrNone && left.length < changes.length ? [] : left;
}

/** Of a script that is not changed at all: what of the wish is gone. Of others, the review says it once for all. */
const deletedIn = (changes: readonly Change[], gone: readonly string[]): readonly Shortfall[] => {
  const ids = changes.flatMap(change => ('assignment' in change ? (change.assignment.target.groupId ?? []) : []));
  return [...new Set(ids)].filter(id => gone.includes(id)).map(groupId => ({ kind: 'deletedGroup', groupId }));
};

/** Keys of those scripts of which another change waits for approval. */
const pendingScripts = (scripts: readonly ScriptRef[], known: KnownWrites): ReadonlySet<string> =>
  new Set(scripts.filter(script => known.of(script).some(({ end }) => end?.outcome === 'pending')).map(scriptKey));

interface Planning {
  readonly plans: readonly Plan[];
  readonly unreadable: Proposal['unreadable'];
  readonly shortfalls: Proposal['shortfalls'];
}

function planAll(wanted: Wanted, read: ReadForPlan, known: KnownWrites, clock: Clock): Planning {
  const plans: Plan[] = [];
  const unreadable: Proposal['unreadable'][number][] = [];
  const shortfalls = new Map<string, readonly Shortfall[]>();
  for (const script of wanted.scripts) {
    const key = scriptKey(script);
    const base = read.bases.get(key) ?? { ok: false, error: notListed(script) };
    if (!base.ok) unreadable.push({ script, error: base.error });
    else if (predatesOurWrites(base.value, recentWrites(known.of(script), clock))) unreadable.push({ script, error: notShownYet(script) });
    else {
      const all = wanted.changesFor(script, base.value);
      const changes = withoutGone(all, read.gone, wanted.allOrNone ?? false);
      const made = planChanges(script, base.value, changes);
      const plan = wanted.allOrNone && made.leftOut.length > 0 ? { ...planChanges(script, base.value, []), leftOut: made.leftOut } : made;
      const short = wanted.shortfallsFor?.(script, base.value) ?? [];
      shortfalls.set(key, [...short, ...plan.leftOut, ...(changesNothing(plan) ? deletedIn(all, read.gone) : [])]);
      plans.push(plan);
    }
  }
  return { plans, unreadable, shortfalls };
}

/** Groups that warnings will be told by, as far as the views show the assignments: they are counted beside the first read. */
function likelyAcross({ inventory }: Connection, { scripts, changesFor }: Wanted): readonly string[] {
  const keys = new Set(scripts.map(scriptKey));
  const shown = inventory.scripts().filter(script => keys.has(scriptKey(script)));
  return acrossExclusions(shown.map(script => planChanges(script, script.assignments, changesFor(script, script.assignments))));
}

/**
 * Reads what plans start from and makes them. A script that cannot be read gets no plan, and a group that is deleted is left out; the
 * others are planned. Rejects only when cancelled, or for a journal that cannot be read.
 */
export async function propose(
  connection: Connection,
  wanted: Wanted,
  records: readonly JournalRecord[],
  clock: Clock,
  options: SendOptions = {},
): Promise<Proposal> {
  const { client, inventory } = connection;
  const picked = new Set(wanted.groups.map(({ id }) => id));
  // Only what is picked can be left out, so of the others nobody asks whether they are there. What there is of a deleted group is kept.
  const counted = likelyAcross(connection, wanted).filter(id => !picked.has(id));
  const read = await readForPlan(client, wanted.scripts, [...picked], { ...options, exact: wanted.exact ?? false, counted });
  const known = knownWrites(records);
  const { plans: all, unreadable, shortfalls } = planAll(wanted, read, known, clock);
  const plans = all.filter(plan => !changesNothing(plan));
  const groups = new Map<string, KnownGroup>(inventory.groups);
  for (const { id, name } of wanted.groups) groups.set(id, { id, name, status: read.gone.includes(id) ? 'deleted' : 'named' });
  return {
    connection,
    at: clock.now(),
    plans,
    unchanged: all.filter(changesNothing),
    unreadable,
    shortfalls,
    undoes: wanted.undoes,
    gone: read.gone,
    pending: pendingScripts(wanted.scripts, known),
    tellsOfRemediation: connection.memory.get(toldOfRemediation) !== true && plans.some(assignsRemediation),
    ...(await describePlans(connection, plans, { groups, reach: read.reach }, options)),
  };
}

type Known = Pick<Proposal, 'groups' | 'reach'>;

const groupsOf = (plans: readonly Plan[]): readonly string[] =>
  targetedGroupIds(
    plans.map(({ script, rows }) => ({ ...script, isGlobal: false, assignments: rows.map(({ assignment }) => assignment) })),
  );

/** The counts of all groups that are reached or told of: what was not counted already is asked for now. */
async function countAll(
  { client }: Connection,
  groupIds: readonly string[],
  counted: Known['reach'],
  options: SendOptions,
): Promise<Known['reach']> {
  const missing = new Set(groupIds.filter(id => !counted.has(id)));
  if (missing.size === 0) return counted;
  const { reach } = await readForPlan(client, [], [], { ...options, counted: [...missing] });
  return new Map([...counted, ...reach]);
}

/** What a review tells of plans beside their rows: names of groups, and whom they reach anew. `known` is not asked for again. */
export async function describePlans(
  connection: Connection,
  plans: readonly Plan[],
  known: Known,
  options: SendOptions = {},
): Promise<Known & Pick<Proposal, 'reached'>> {
  const { client, memory } = connection;
  const unnamed = groupsOf(plans).filter(id => !known.groups.has(id));
  const targets = [...new Map(plans.flatMap(reachedBy).map(target => [recipientKey(target), target])).values()];
  const [reach, named] = await Promise.all([
    countAll(connection, [...targets.flatMap(({ groupId }) => groupId ?? []), ...acrossExclusions(plans)], known.reach, options),
    readGroupNames(client, memory, unnamed, options),
  ]);
  return {
    groups: new Map([...known.groups, ...named.map(group => [group.id, group] as const)]),
    reach,
    reached: targets.map((target): Reached => ({ target, reach: reach.get(target.groupId ?? '') ?? notCounted })),
  };
}

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

/** Counting takes two requests a group, so that these take two batches more, however many plans there are. */
const mostGroups = 20;

/**
 * The groups on both sides of an exclusion that plans add or add to: included ones where a group is excluded, excluded ones where somebody
 * is included. Their counts tell whether users and devices are mixed. Of too many groups, those that are added come first: one side of each
 * exclusion that is told of is one of them.
 */
export function acrossExclusions(plans: readonly Pick<Plan, 'rows'>[]): readonly string[] {
  const across = plans.flatMap(({ rows }) => {
    const added = rows.filter(({ action }) => action === 'add').map(({ assignment }) => assignment.target);
    const excludes = added.some(({ kind }) => kind === 'exclusionGroup');
    const isAcross = ({ kind }: Target): boolean => kind === 'exclusionGroup' || (kind === 'group' && excludes);
    return added.length === 0
      ? []
      : rows.flatMap(({ action, assignment: { target } }) =>
          action !== 'remove' && isGroupTarget(target) && isAcross(target) ? [{ action, groupId: target.groupId }] : [],
        );
  });
  const first = across.filter(({ action }) => action === 'add');
  return [...new Set([...first, ...across].map(({ groupId }) => groupId))].slice(0, mostGroups);
}
