import { l10n } from 'vscode';
import type { Inventory } from '../../intune/read/inventory.ts';
import { deletedGroupCount, inOneLine, scriptCount } from '../../ui/format/count.ts';
import { deletedGroupsOf, isOnAllDevices, isUnassigned } from '../../ui/scriptFilters.ts';

/** What the line above the tree says. Counts of what the role shows. */
export interface Summary {
  readonly scripts: number;
  readonly unassigned: number;
  readonly deletedGroups: number;
  readonly onAllDevices: number;
}

/** Counts what was read. */
export function summarize(inventory: Pick<Inventory, 'scripts' | 'groups'>): Summary {
  const scripts = inventory.scripts();
  return {
    scripts: scripts.length,
    unassigned: scripts.filter(isUnassigned).length,
    deletedGroups: new Set(scripts.flatMap(script => deletedGroupsOf(script, inventory.groups))).size,
    onAllDevices: scripts.filter(isOnAllDevices).length,
  };
}

/** The summary in one line; what is zero is left out. */
export const summaryLine = ({ scripts, unassigned, deletedGroups, onAllDevices }: Summary): string =>
  inOneLine([
    scriptCount(scripts),
    unassigned > 0 ? l10n.t('{0} unassigned', unassigned) : undefined,
    deletedGroups > 0 ? deletedGroupCount(deletedGroups) : undefined,
    onAllDevices > 0 ? l10n.t('{0} on all devices', onAllDevices) : undefined,
  ]);
