import { type Assignment, newAssignment, recipientKey, targetKey } from '../model/assignment.ts';
import type { Change } from '../model/change.ts';
import { familyOf, type Support } from '../model/families.ts';
import { defaultSchedule, type Schedule, scheduleToWire } from '../model/schedule.ts';
import type { ScriptRef } from '../model/script.ts';
import type { Filter, Target, TargetKind } from '../model/target.ts';

/** How new rows run. What a family does not have is left out of its rows. */
export interface AssignmentOptions {
  /** {@link defaultSchedule} if missing. */
  readonly schedule?: Schedule;
  readonly filter?: Filter | undefined;
  /** A row that does the opposite for the same group goes for the new one; else it stays, and the new one is left out. */
  readonly opposite?: 'replace' | undefined;
}

/** Of one script, whoever assigns or excludes a group means it whatever there is; of several, what does the opposite stays and is reported. */
export const oppositeOf = (scripts: readonly unknown[]): Pick<AssignmentOptions, 'opposite'> =>
  scripts.length === 1 ? { opposite: 'replace' } : {};

/** What a family has to support to be assigned to a kind of target. Groups can be assigned wherever anything can. */
const needed: Readonly<Partial<Record<TargetKind, keyof Support>>> = {
  allDevices: 'allDevices',
  allUsers: 'allUsers',
  exclusionGroup: 'exclude',
};

/** Whether scripts of this family can be assigned to targets of this kind. */
export function supportsTarget({ family }: Pick<ScriptRef, 'family'>, kind: TargetKind): boolean {
  const { assignKey, supports } = familyOf(family);
  const need = needed[kind];
  return assignKey !== undefined && (need === undefined || supports[need]);
}

/**
 * The changes that assign a script to targets, or exclude groups from it. Remediations are always written with a schedule, for without one the service was seen to drop it;
 * an exclusion has none, as the admin center writes it.
 */
export function addTargets(
  { family }: Pick<ScriptRef, 'family'>,
  targets: readonly Target[],
  { schedule = defaultSchedule, filter, opposite }: AssignmentOptions = {},
): readonly Change[] {
  const { supports } = familyOf(family);
  const wire = supports.schedule ? { runSchedule: scheduleToWire(schedule) } : {};
  const filtered = supports.filter && filter ? { filter } : {};
  return targets.map((target): Change => {
    const assignment = target.kind === 'exclusionGroup' ? newAssignment(target) : newAssignment({ ...target, ...filtered }, wire);
    return { kind: 'add', assignment, opposite };
  });
}

/** The changes that include groups in a script. */
export const addGroups = (script: ScriptRef, groupIds: readonly string[], options?: AssignmentOptions): readonly Change[] =>
  addTargets(
    script,
    groupIds.map(groupId => ({ kind: 'group', groupId })),
    options,
  );

const besides = (kind: 'add' | 'set', rows: readonly Assignment[]): readonly Change[] =>
  rows.map(assignment => ({ kind, beside: true, assignment }));

/** By recipient, the first row for each target: the service keeps no second one. */
function byRecipient(rows: readonly Assignment[]): readonly (readonly [string, readonly Assignment[]])[] {
  const firsts = [...Map.groupBy(rows, ({ target }) => targetKey(target)).values()].flatMap(([first]) => first ?? []);
  return [...Map.groupBy(firsts, ({ target }) => recipientKey(target))];
}

const recipientsOf = (rows: readonly Assignment[]): ReadonlySet<string> =>
  new Set(rows.filter(({ direct }) => direct).map(({ target }) => recipientKey(target)));

/** The changes that add rows. Whom `base` reaches stays as it is; whom it does not gets all of them, also where they differ in the filter only. */
export function addRows(rows: readonly Assignment[], base: readonly Assignment[]): readonly Change[] {
  const reached = recipientsOf(base);
  return byRecipient(rows).flatMap(([recipient, some]) => {
    const alone = reached.has(recipient) ? some : some.slice(0, 1);
    return [...alone.map((assignment): Change => ({ kind: 'add', assignment })), ...besides('add', some.slice(alone.length))];
  });
}

/** The changes that set rows: the first one of a recipient takes the place of what is there, unless that is of those that stay. All others stand beside. */
export function setRows(rows: readonly Assignment[], staying: readonly Assignment[]): readonly Change[] {
  const kept = recipientsOf(staying);
  return byRecipient(rows).flatMap(([recipient, some]) => {
    const [first, ...others] = some;
    return first && !kept.has(recipient) ? [{ kind: 'set', assignment: first } as const, ...besides('set', others)] : besides('set', some);
  });
}

/** A set with the rows that changes add to it. */
export function afterAdding(base: readonly Assignment[], changes: readonly Change[]): readonly Assignment[] {
  const reached = recipientsOf(base);
  const added = changes.flatMap(change => (change.kind === 'add' ? [change.assignment] : []));
  return [...base, ...added.filter(({ target }) => !reached.has(recipientKey(target)))];
}
