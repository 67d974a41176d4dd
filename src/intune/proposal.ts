import type { GraphError } from '../graph/client.ts';
import type { Connection } from './connection.ts';
import type { KnownGroup } from './group.ts';
import type { Plan } from './plan.ts';
import type { Reach } from './reach.ts';
import type { ScriptRef } from './script.ts';

/** Plans as they are put before the user: what one command wants to do in one connection. */
export interface Proposal {
  readonly connection: Connection;
  /** Those that change something. */
  readonly plans: readonly Plan[];
  /** Scripts that are as wanted already. */
  readonly unchanged: readonly ScriptRef[];
  /** Scripts that could not be read: no plan, no write. */
  readonly unreadable: readonly { readonly script: ScriptRef; readonly error: GraphError }[];
  /** Names of all groups in the plans, by id. */
  readonly groups: ReadonlyMap<string, KnownGroup>;
  /** Of the groups that are added, by id. */
  readonly reach: ReadonlyMap<string, Reach>;
}

/** What a person has to type before a proposal is written. */
export type Confirmation =
  | { readonly kind: 'number'; readonly devices: number; readonly users: number; readonly text: string }
  | { readonly kind: 'name'; readonly reason: 'protected' | 'unknownReach'; readonly groupId: string; readonly text: string };

/** The sum over groups; members of several are counted more than once. Undefined when one is not known. */
export function totalReach(reaches: readonly Reach[]): Reach {
  const sum = (values: readonly (number | undefined)[]): number | undefined =>
    values.reduce((total, value) => (total === undefined || value === undefined ? undefined : total + value), 0);
  return { devices: sum(reaches.map(({ devices }) => devices)), users: sum(reaches.map(({ users }) => users)) };
}

/**
 * What is to be typed: the name of a protected group, the name of a group whose reach is not known, or the number of devices and users
 * where it is above `confirmAbove`. Undefined where a click is enough.
 */
export function confirmationOf(
  { groups, reach }: Pick<Proposal, 'groups' | 'reach'>,
  settings: { readonly confirmAbove: number; readonly protectedGroups: readonly string[] },
): Confirmation | undefined {
  const guarded = new Set(settings.protectedGroups.map(id => id.toLowerCase()));
  const byName = (groupId: string | undefined, reason: 'protected' | 'unknownReach'): Confirmation | undefined =>
    groupId === undefined ? undefined : { kind: 'name', reason, groupId, text: groups.get(groupId)?.name?.trim() || groupId };
  const known = [...reach];
  const protectedGroup = known.find(([id]) => guarded.has(id))?.[0];
  const unknown = known.find(([, { devices, users }]) => devices === undefined || users === undefined)?.[0];
  const { devices = 0, users = 0 } = totalReach([...reach.values()]);
  const named = byName(protectedGroup, 'protected') ?? byName(unknown, 'unknownReach');
  if (named) return named;
  return devices + users > settings.confirmAbove ? { kind: 'number', devices, users, text: String(devices + users) } : undefined;
}
