import type { Clock } from '../base/clock.ts';
import { GraphError, type SendOptions } from '../graph/client.ts';
import { acrossExclusions } from './acrossExclusions.ts';
import type { Assignment } from './assignment.ts';
import type { Connection } from './connection.ts';
import { describePlans } from './describePlans.ts';
import { familyOf } from './families.ts';
import type { KnownGroup } from './group.ts';
import type { JournalRecord } from './journal.ts';
import { type KnownWrites, knownWrites, notShownYet, predatesOurWrites, recentWrites } from './knownWrites.ts';
import type { Memory } from './memory.ts';
import { type Change, changesNothing, type Plan, planChanges } from './plan.ts';
import type { Proposal } from './proposal.ts';
import { type ReadForPlan, readForPlan } from './readForPlan.ts';
import { type ScriptRef, scriptKey, scriptPath } from './script.ts';
import type { Shortfall } from './shortfall.ts';

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
