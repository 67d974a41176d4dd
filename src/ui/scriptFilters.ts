import { l10n } from 'vscode';
import { familyOf } from '../intune/model/families.ts';
import { hasPassed } from '../intune/model/schedule.ts';
import type { Script } from '../intune/model/script.ts';
import { isGroupTarget } from '../intune/model/target.ts';
import type { Inventory } from '../intune/read/inventory.ts';
import type { KnownGroups } from './format/names.ts';

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

const targetsDeletedGroup = (script: Script, groups: KnownGroups): boolean => deletedGroupsOf(script, groups).length > 0;

/** Has an assignment that ran once, in the past, and will not run again. `now` is in milliseconds since the epoch. */
const hasExpired = ({ assignments }: Script, now: number): boolean =>
  assignments.some(({ schedule }) => schedule !== undefined && hasPassed(schedule, now));

export const targetsGroup = ({ assignments }: Script, groupId: string): boolean =>
  assignments.some(({ target }) => target.groupId === groupId);

/** Some of the scripts, under a name. */
export interface ReadyFilter {
  readonly label: string;
  readonly icon: string;
  readonly scripts: readonly Script[];
}

/** The filters that are offered, with what they let through; one that lets nothing through is left out. */
export function readyFilters({ scripts, groups }: Pick<Inventory, 'scripts' | 'groups'>, now: number): readonly ReadyFilter[] {
  const all = scripts();
  return [
    { label: l10n.t('Not assigned'), icon: 'circle-outline', scripts: all.filter(isUnassigned) },
    { label: l10n.t('On all devices'), icon: 'device-desktop', scripts: all.filter(isOnAllDevices) },
    {
      label: l10n.t('A deleted group is targeted'),
      icon: 'warning',
      scripts: all.filter(script => targetsDeletedGroup(script, groups)),
    },
    { label: l10n.t('Date of a run-once schedule has passed'), icon: 'history', scripts: all.filter(script => hasExpired(script, now)) },
  ].filter(filter => filter.scripts.length > 0);
}
