import { newAssignment } from './assignment.ts';
import { familyOf, type Support } from './families.ts';
import type { Change } from './plan.ts';
import { defaultSchedule, type Schedule, scheduleToWire } from './schedule.ts';
import type { ScriptRef } from './script.ts';
import type { Filter, Target, TargetKind } from './target.ts';

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
