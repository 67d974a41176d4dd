import { type Inventory, targetedGroupIds } from '../../intune/read/inventory.ts';
import { isRepeated, repeatedNames } from '../repeatedNames.ts';
import { targetsGroup } from '../scriptFilters.ts';
import { sortByName } from '../sortByName.ts';
import { scriptCount } from '../words/count.ts';
import { groupLabel, groupStatus, shortId } from '../words/group.ts';
import { inOneLine } from '../words/list.ts';
import type { PickRow } from './pickRow.ts';

/** Rows of the groups that scripts target. The value is the group's id. */
export function groupRows({ scripts, groups }: Pick<Inventory, 'scripts' | 'groups'>): readonly PickRow<string>[] {
  const all = scripts();
  const repeated = repeatedNames(groups);
  const label = (id: string): string => groupLabel(groups, id);
  return sortByName(targetedGroupIds(all), label, id => id).map(id => {
    const unclear = groupStatus(groups, id) !== 'named' || isRepeated(repeated, label(id));
    const count = scriptCount(all.filter(script => targetsGroup(script, id)).length);
    return { kind: 'choice', label: label(id), description: inOneLine([count, unclear ? shortId(id) : undefined]), value: id };
  });
}
