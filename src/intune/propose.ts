import type { SendOptions } from '../graph/client.ts';
import type { Connection } from './connection.ts';
import type { KnownGroup } from './group.ts';
import { readGroupNames } from './groupNames.ts';
import { targetedGroupIds } from './inventory.ts';
import type { JournalRecord } from './journal.ts';
import { type Change, changesNothing, type Plan, planChanges } from './plan.ts';
import type { Proposal } from './proposal.ts';
import { readForPlan } from './readForPlan.ts';
import { remediatesBy } from './remediation.ts';
import { type ScriptRef, scriptKey } from './script.ts';
import { hiddenWrites, isBefore, notShownYet } from './write/hidden.ts';

export interface Wanted {
  readonly scripts: readonly ScriptRef[];
  readonly changesFor: (script: ScriptRef) => readonly Change[];
  /** The groups that the changes add, whose reach is shown. */
  readonly groups: readonly { readonly id: string; readonly name: string }[];
}

const groupsOf = (plans: readonly Plan[]): readonly string[] =>
  targetedGroupIds(
    plans.map(({ script, rows }) => ({ ...script, isGlobal: false, assignments: rows.map(({ assignment }) => assignment) })),
  );

/**
 * Reads what plans start from and makes them. A script that cannot be read gets no plan; the others do.
 * Rejects only when cancelled, or for a journal that cannot be read.
 */
export async function propose(
  connection: Connection,
  wanted: Wanted,
  records: readonly JournalRecord[],
  now: number,
  options: SendOptions = {},
): Promise<Proposal> {
  const { client, memory, inventory } = connection;
  const read = await readForPlan(
    client,
    wanted.scripts,
    wanted.groups.map(({ id }) => id),
    options,
  );
  const plans: Plan[] = [];
  const unreadable: Proposal['unreadable'][number][] = [];
  for (const script of wanted.scripts) {
    const base = read.bases.get(scriptKey(script));
    if (!base) continue;
    if (!base.ok) {
      unreadable.push({ script, error: base.error });
      continue;
    }
    if (isBefore(base.value, hiddenWrites(records, script, now))) {
      unreadable.push({ script, error: notShownYet(script) });
      continue;
    }
    const hasRemediation = read.remediationContent.get(scriptKey(script));
    plans.push(planChanges(script, base.value, wanted.changesFor(script), remediatesBy(script, { hasRemediation, records, memory })));
  }
  const groups = new Map<string, KnownGroup>(inventory.groups);
  for (const { id, name } of wanted.groups) groups.set(id, { id, name, status: 'named' });
  const unnamed = groupsOf(plans).filter(id => !groups.has(id));
  for (const group of await readGroupNames(client, memory, unnamed, options)) groups.set(group.id, group);
  return {
    connection,
    plans: plans.filter(plan => !changesNothing(plan)),
    unchanged: plans.filter(changesNothing).map(({ script }) => script),
    unreadable,
    groups,
    reach: read.reach,
  };
}
