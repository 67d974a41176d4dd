import type { Assignment } from '../model/assignment.ts';
import { hasPassed, hasPassedHere, type Schedule } from '../model/schedule.ts';
import { scriptKey } from '../model/script.ts';
import { isGroupTarget, type Target } from '../model/target.ts';
import type { Reach } from '../read/memberCount.ts';
import type { Plan, PlannedRow } from './plan.ts';
import { notCounted, type Proposal } from './proposal.ts';
import { newSchedule } from './runOnce.ts';

/** What a person should know before a plan is written. Pure data; the words are the views'. */
export type Warning =
  | { readonly kind: 'includedAndExcluded'; readonly groupId: string }
  | { readonly kind: 'alreadyOnAllDevices' | 'alreadyOnAllUsers' | 'groupsBesideAllDevices' | 'groupsBesideAllUsers' }
  | { readonly kind: 'onlyExclusions' | 'nothingLeft' }
  | { readonly kind: 'exclusionRemoved'; readonly groupId: string }
  /** A group of only users (or devices) is excluded from a target of only devices (or users). */
  | { readonly kind: 'mixedExclusion'; readonly groupId: string; readonly has: Members; readonly from: Target }
  | { readonly kind: 'userScriptOnDevices'; readonly groupId: string }
  /** Many run it at the same moment: each at that time of its own clock, or all at once in UTC. */
  | { readonly kind: 'allAtOnce'; readonly groupId?: string; readonly target: Target; readonly reach: Reach; readonly at: TimedSchedule }
  /** Devices whose clock is past it run it at once, as those do that missed it. */
  | { readonly kind: 'passedHere'; readonly target: Target; readonly at: TimedSchedule }
  | { readonly kind: 'deletedGroup'; readonly groupId: string }
  | { readonly kind: 'passedRunOnce'; readonly assignment: Assignment }
  | { readonly kind: 'policySet' | 'unknownTarget'; readonly count: number }
  /** Another change of the script waits for approval; it is finished only where the assignments are what they were. */
  | { readonly kind: 'pending' };

/** A schedule that says a time of the day. */
type TimedSchedule = Exclude<Schedule, { readonly kind: 'hourly' }>;

/** From how many devices and users on a common moment is worth a word: a burst that a site's network or a server behind it may notice. */
const manyAtOnce = 1_000;

/** What a target has nothing but. */
type Members = 'devices' | 'users';

/** What warnings are told by, beside the plan. */
export type WarningFacts = Pick<Proposal, 'groups' | 'reach' | 'pending'> & {
  readonly connection: { readonly inventory: Pick<Proposal['connection']['inventory'], 'scripts'> };
};

/** The rows of a plan, as warnings look at them. */
interface Rows {
  readonly after: readonly Assignment[];
  readonly added: readonly Assignment[];
  readonly removed: readonly Assignment[];
}

const withAction = (rows: readonly PlannedRow[], ...actions: readonly PlannedRow['action'][]): readonly Assignment[] =>
  rows.filter(({ action }) => actions.includes(action)).map(({ assignment }) => assignment);

const groupIds = (assignments: readonly Assignment[], kind: 'group' | 'exclusionGroup'): readonly string[] =>
  assignments.flatMap(({ target }) => (target.kind === kind && isGroupTarget(target) ? [target.groupId] : []));

/** All devices or all users without a filter: with one, a group may well add somebody. */
const reachesAll = (assignments: readonly Assignment[], kind: 'allDevices' | 'allUsers'): boolean =>
  assignments.some(({ target }) => target.kind === kind && !target.filter);

function everyoneWarnings({ after, added }: Rows, facts: WarningFacts): readonly Warning[] {
  return (['AllDevices', 'AllUsers'] as const).flatMap((all): readonly Warning[] => {
    const [kind, others] = all === 'AllDevices' ? (['allDevices', 'users'] as const) : (['allUsers', 'devices'] as const);
    const mayBeReached = ({ target }: Assignment): boolean => target.kind === 'group' && onlyMembers(target, facts) !== others;
    const addsGroup = added.some(mayBeReached);
    const hasGroup = after.some(mayBeReached);
    if (reachesAll(added, kind)) return hasGroup ? [{ kind: `groupsBeside${all}` }] : [];
    return addsGroup && reachesAll(after, kind) ? [{ kind: `alreadyOn${all}` }] : [];
  });
}

function exclusionWarnings({ after, removed }: Rows): readonly Warning[] {
  const excluded = new Set(groupIds(after, 'exclusionGroup'));
  const included = groupIds(after, 'group');
  const nobody = after.every(({ target }) => target.kind === 'exclusionGroup');
  // That a group is included instead says more.
  const endedExclusions = groupIds(removed, 'exclusionGroup').filter(id => !included.includes(id));
  return [
    ...included.filter(id => excluded.has(id)).map((groupId): Warning => ({ kind: 'includedAndExcluded', groupId })),
    ...(nobody && excluded.size > 0 ? [{ kind: 'onlyExclusions' } as const] : []),
    ...(after.length === 0 && removed.length > 0 ? [{ kind: 'nothingLeft' } as const] : []),
    ...(nobody ? [] : endedExclusions.map((groupId): Warning => ({ kind: 'exclusionRemoved', groupId }))),
  ];
}

/** What a target has nothing but; undefined where it has both, none, or nobody knows. */
function onlyMembers({ kind, groupId }: Target, { reach }: WarningFacts): Members | undefined {
  if (kind === 'allDevices') return 'devices';
  if (kind === 'allUsers') return 'users';
  const { devices, users } = reach.get(groupId ?? '') ?? { devices: undefined, users: undefined };
  if (devices === undefined || users === undefined || devices > 0 === users > 0) return undefined;
  return devices > 0 ? 'devices' : 'users';
}

/** Intune does not evaluate an exclusion across users and devices. Source: deploy-remediations.md in MicrosoftDocs/memdocs. */
function mixedWarnings({ after, added }: Rows, facts: WarningFacts): readonly Warning[] {
  const included = after.filter(({ target }) => target.kind !== 'exclusionGroup');
  return after.flatMap(exclusion => {
    const { target } = exclusion;
    const has = target.kind === 'exclusionGroup' ? onlyMembers(target, facts) : undefined;
    if (!has || !isGroupTarget(target)) return [];
    const other = included.find(one => {
      const members = onlyMembers(one.target, facts);
      return members !== undefined && members !== has && (added.includes(one) || added.includes(exclusion));
    });
    return other ? [{ kind: 'mixedExclusion', groupId: target.groupId, has, from: other.target } as const] : [];
  });
}

function userScriptWarnings({ script }: Plan, { added }: Rows, facts: WarningFacts): readonly Warning[] {
  if (script.family !== 'deviceManagementScripts') return [];
  const known = facts.connection.inventory.scripts().find(one => scriptKey(one) === scriptKey(script));
  if (known?.runAsAccount !== 'user') return [];
  return added
    .filter(({ target }) => target.kind === 'group' && onlyMembers(target, facts) === 'devices')
    .map(({ target }): Warning => ({ kind: 'userScriptOnDevices', groupId: target.groupId ?? '' }));
}

/** Whether it is everybody, or so many that their common moment is noticed. Nothing is said of a group that cannot be counted. */
const isMany = ({ kind }: Target, { devices = 0, users = 0 }: Reach): boolean =>
  kind === 'allDevices' || kind === 'allUsers' || devices + users >= manyAtOnce;

function atOnceWarnings({ rows }: Plan, { reach }: WarningFacts): readonly Warning[] {
  return rows.flatMap((row): readonly Warning[] => {
    const at = newSchedule(row);
    const { target } = row.assignment;
    const counted = reach.get(target.groupId ?? '') ?? notCounted;
    if (!at || at.kind === 'hourly' || target.kind === 'exclusionGroup' || !isMany(target, counted)) return [];
    return [{ kind: 'allAtOnce', ...(target.groupId !== undefined && { groupId: target.groupId }), target, reach: counted, at }];
  });
}

function passedHereWarnings({ rows }: Plan, now: number): readonly Warning[] {
  return rows.flatMap((row): readonly Warning[] => {
    const at = newSchedule(row);
    const { target } = row.assignment;
    if (!at || at.kind === 'hourly' || target.kind === 'exclusionGroup' || !hasPassedHere(at, now)) return [];
    return [{ kind: 'passedHere', target, at }];
  });
}

/** What was there before, and is there as it is. */
function standingWarnings({ rows }: Plan, { after }: Rows, { groups }: WarningFacts, now: number): readonly Warning[] {
  const foreign = withAction(rows, 'policySet').length;
  const unknown = after.filter(({ target }) => target.kind === 'other').length;
  return [
    ...[...groupIds(after, 'group'), ...groupIds(after, 'exclusionGroup')]
      .filter(id => groups.get(id)?.status === 'deleted')
      .map((groupId): Warning => ({ kind: 'deletedGroup', groupId })),
    ...after
      .filter(({ schedule }) => schedule && hasPassed(schedule, now))
      .map((assignment): Warning => ({ kind: 'passedRunOnce', assignment })),
    ...(foreign > 0 ? [{ kind: 'policySet', count: foreign } as const] : []),
    ...(unknown > 0 ? [{ kind: 'unknownTarget', count: unknown } as const] : []),
  ];
}

/** The warnings of a plan, most serious first. `now` is in milliseconds since the epoch. */
export function warningsOf(plan: Plan, facts: WarningFacts, now: number): readonly Warning[] {
  const rows: Rows = {
    after: withAction(plan.rows, 'keep', 'add', 'change', 'policySet'),
    added: withAction(plan.rows, 'add'),
    removed: withAction(plan.rows, 'remove'),
  };
  return [
    ...(facts.pending.has(scriptKey(plan.script)) ? [{ kind: 'pending' } as const] : []),
    ...exclusionWarnings(rows),
    ...mixedWarnings(rows, facts),
    ...userScriptWarnings(plan, rows, facts),
    ...everyoneWarnings(rows, facts),
    ...passedHereWarnings(plan, now),
    ...atOnceWarnings(plan, facts),
    ...standingWarnings(plan, rows, facts, now),
  ];
}
