import { familyOf } from '../intune/model/families.ts';
import { hasPassed } from '../intune/model/schedule.ts';
import type { Script } from '../intune/model/script.ts';
import { isGroupTarget } from '../intune/model/target.ts';
import type { KnownGroups } from './words/group.ts';

/** Whether some assignment reaches somebody: exclusions alone do not. */
export const reachesSomebody = ({ assignments }: Pick<Script, 'assignments'>): boolean =>
  assignments.some(({ target }) => target.kind !== 'exclusionGroup');

/** Assigned to nobody, though it could be. */
export const isUnassigned = (script: Script): boolean =>
  familyOf(script.family).assignKey !== undefined && !script.notRead && !reachesSomebody(script);

export const isOnAllDevices = ({ assignments }: Script): boolean => assignments.some(({ target }) => target.kind === 'allDevices');

/** The groups of a script that do not exist any more. */
export const deletedGroupsOf = ({ assignments }: Script, groups: KnownGroups): readonly string[] =>
  assignments.flatMap(({ target }) => (isGroupTarget(target) && groups.get(target.groupId)?.status === 'deleted' ? [target.groupId] : []));

export const targetsDeletedGroup = (script: Script, groups: KnownGroups): boolean => deletedGroupsOf(script, groups).length > 0;

/** Has an assignment that ran once, in the past, and will not run again. `now` is in milliseconds since the epoch. */
export const hasExpired = ({ assignments }: Script, now: number): boolean =>
  assignments.some(({ schedule }) => schedule !== undefined && hasPassed(schedule, now));

export const targetsGroup = ({ assignments }: Script, groupId: string): boolean =>
  assignments.some(({ target }) => target.groupId === groupId);
