import type { SendOptions } from '../graph/client.ts';
import { acrossExclusions } from './acrossExclusions.ts';
import { recipientKey } from './assignment.ts';
import type { Connection } from './connection.ts';
import { readGroupNames } from './groupNames.ts';
import { targetedGroupIds } from './inventory.ts';
import type { Plan } from './plan.ts';
import type { Proposal } from './proposal.ts';
import { notCounted, type Reached, reachedBy } from './reached.ts';
import { readForPlan } from './readForPlan.ts';

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
