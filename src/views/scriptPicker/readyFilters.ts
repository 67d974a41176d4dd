import { l10n } from 'vscode';
import type { Script } from '../../intune/model/script.ts';
import type { Inventory } from '../../intune/read/inventory.ts';
import { hasExpired, isOnAllDevices, isUnassigned, targetsDeletedGroup } from '../scriptFilters.ts';

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
