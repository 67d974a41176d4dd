import type { GraphError } from '../../graph/client.ts';
import { recipientKey } from '../model/assignment.ts';
import type { KnownGroup } from '../model/group.ts';
import type { ScriptRef } from '../model/script.ts';
import type { Target } from '../model/target.ts';
import type { Connection } from '../read/connection.ts';
import type { Reach } from '../read/memberCount.ts';
import type { Shortfall } from './limitations.ts';
import type { Plan, PlannedRow } from './plan.ts';

/** Plans as they are put before the user: what one command wants to do in one connection. */
export interface Proposal {
  readonly connection: Connection;
  /** When it was read, in milliseconds since the epoch. */
  readonly at: number;
  /** Those that change something. */
  readonly plans: readonly Plan[];
  /** Those of scripts that are as wanted already. */
  readonly unchanged: readonly Plan[];
  /** Scripts that could not be read: no plan, no write. */
  readonly unreadable: readonly { readonly script: ScriptRef; readonly error: GraphError }[];
  /** What is not done of what was wanted, by the key of the script. */
  readonly shortfalls: ReadonlyMap<string, readonly Shortfall[]>;
  /** The change that is taken back, by its id in the journal. */
  readonly undoes?: string | undefined;
  /** Ids of groups that were wanted and are deleted: left out of the plans. */
  readonly gone: readonly string[];
  /** Keys of scripts of which another change waits for approval. */
  readonly pending: ReadonlySet<string>;
  /** Whether the review says what was observed of remediations: once in a tenant. */
  readonly tellsOfRemediation: boolean;
  /** Names of all groups in the plans, by id. */
  readonly groups: ReadonlyMap<string, KnownGroup>;
  /** Of the groups that were counted, by id. */
  readonly reach: ReadonlyMap<string, Reach>;
  /** Whom the plans reach that was not reached before, each once. */
  readonly reached: readonly Reached[];
}

/** What a person has to type before a proposal is written: a number of devices and users, or what a target is called. */
export type Confirmation =
  | { readonly kind: 'number'; readonly devices: number; readonly users: number }
  | { readonly kind: 'name'; readonly reason: 'protected' | 'maybeProtected' | 'everyone' | 'unknownReach'; readonly target: Target };

/** The sum over groups; members of several are counted more than once. Undefined when one is not known. */
function totalReach(reaches: readonly Reach[]): Reach {
  const sum = (values: readonly (number | undefined)[]): number | undefined =>
    values.reduce((total, value) => (total === undefined || value === undefined ? undefined : total + value), 0);
  return { devices: sum(reaches.map(({ devices }) => devices)), users: sum(reaches.map(({ users }) => users)) };
}

/** The targets of all rows that a proposal does not leave as they are. */
const changedTargets = (plans: readonly Plan[]): readonly Target[] =>
  plans.flatMap(({ rows }) =>
    rows.flatMap(({ action, assignment }) => (action === 'keep' || action === 'policySet' ? [] : [assignment.target])),
  );

export interface ConfirmationSettings {
  /** Devices and users. */
  readonly confirmAbove: number;
  /** Ids of groups. */
  readonly protectedGroups: readonly string[];
  /** Whether any group may be one that is to be protected. */
  readonly protectedGroupsUnclear: boolean;
}

/**
 * What is to be typed: the name of a protected group that is touched in any way, the name of all devices or all users, of a target whose
 * reach is not known, or the number of devices and users where it is above `confirmAbove`. Undefined where a click is enough.
 */
export function confirmationOf(
  { plans, reached }: Pick<Proposal, 'plans' | 'reached'>,
  settings: ConfirmationSettings,
): Confirmation | undefined {
  const guarded = new Set(settings.protectedGroups.map(id => id.toLowerCase()));
  const protectedTarget = changedTargets(plans).find(({ groupId }) => groupId !== undefined && guarded.has(groupId));
  if (protectedTarget) return { kind: 'name', reason: 'protected', target: protectedTarget };
  const everyone = reached.find(({ target: { kind } }) => kind === 'allDevices' || kind === 'allUsers');
  if (everyone) return { kind: 'name', reason: 'everyone', target: everyone.target };
  const unknown = reached.find(({ reach: { devices, users } }) => devices === undefined || users === undefined);
  if (unknown) return { kind: 'name', reason: 'unknownReach', target: unknown.target };
  // A group that is included, and whose exclusion ends, is one.
  const once = new Map(reached.map(({ target, reach }) => [target.groupId ?? recipientKey(target), reach]));
  const { devices = 0, users = 0 } = totalReach([...once.values()]);
  if (devices + users > settings.confirmAbove) return { kind: 'number', devices, users };
  const touched = settings.protectedGroupsUnclear ? changedTargets(plans).find(({ groupId }) => groupId !== undefined) : undefined;
  return touched && { kind: 'name', reason: 'maybeProtected', target: touched };
}

/** A target that a change reaches anew, or reaches more of. A target that excludes a group is one whose exclusion ends. */
export interface Reached {
  readonly target: Target;
  readonly reach: Reach;
}

/** How many everybody is, and who is behind a target of another kind, is not counted. */
export const notCounted: Reach = { devices: undefined, users: undefined };

const sameFilter = (a: Target, b: Target): boolean => a.filter?.id === b.filter?.id && a.filter?.mode === b.filter?.mode;

/** A filter that is gone or another one lets through whom the old one held back. */
const widens = ({ before, assignment }: PlannedRow & { readonly action: 'change' }): boolean =>
  before.target.filter !== undefined && !sameFilter(before.target, assignment.target);

/** An exclusion that gets a filter, or another one, excludes fewer than it did. */
const excludesFewer = ({ before, assignment: { target } }: PlannedRow & { readonly action: 'change' }): boolean =>
  target.filter !== undefined && !sameFilter(before.target, target);

/** The targets that a plan reaches anew or more of. The end of an exclusion counts as reaching, and what is unknown may be an exclusion. */
export function reachedBy({ rows }: Pick<Plan, 'rows'>): readonly Target[] {
  const reached = rows.filter(row => {
    const { kind } = row.assignment.target;
    const excludes = kind === 'exclusionGroup';
    if (row.action === 'add') return !excludes;
    if (row.action === 'remove') return excludes || kind === 'other';
    return row.action === 'change' && (excludes ? excludesFewer(row) : widens(row));
  });
  return [...new Map(reached.map(({ assignment: { target } }) => [recipientKey(target), target])).values()];
}
