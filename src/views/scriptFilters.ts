import { familyOf } from '../intune/families.ts';
import { hasPassed } from '../intune/schedule.ts';
import type { Script } from '../intune/script.ts';
import { isGroupTarget } from '../intune/target.ts';
import type { KnownGroups } from './words/group.ts';

/** Assigned to nobody, though it could be. */
export const isUnassigned = ({ family, assignments }: Script): boolean =>
  familyOf(family).assignKey !== undefined && assignments.length === 0;

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
