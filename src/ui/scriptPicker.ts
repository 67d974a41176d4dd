import { l10n } from 'vscode';
import { families, familyOf } from '../intune/model/families.ts';
import { type Script, scriptKey } from '../intune/model/script.ts';
import { type Inventory, targetedGroupIds } from '../intune/read/inventory.ts';
import { assignedWords } from './format/assignment.ts';
import { inOneLine, scriptCount } from './format/count.ts';
import { familyName } from './format/family.ts';
import { groupLabel, groupStatus, isRepeated, namesakes, repeatedNames, scriptLabel, shortId } from './format/names.ts';
import type { PickMany, PickRow } from './quickPick.ts';
import { targetsGroup } from './scriptFilters.ts';
import { sortByName } from './sort.ts';

/** Rows of scripts, by family, each family under its name. `picked` are script keys. */
export function scriptRows(scripts: readonly Script[], picked: ReadonlySet<string> = new Set()): readonly PickRow<Script>[] {
  const unclear = namesakes(scripts);
  return families.flatMap(({ id }): readonly PickRow<Script>[] => {
    const own = scripts.filter(({ family }) => family === id);
    const rows = sortByName(own, scriptLabel, scriptKey).map((script): PickRow<Script> => {
      const label = scriptLabel(script);
      return {
        kind: 'choice',
        label,
        description: inOneLine([unclear.has(scriptKey(script)) ? shortId(script.id) : undefined, familyName(id), assignedWords(script)]),
        value: script,
        picked: picked.has(scriptKey(script)),
      };
    });
    return rows.length > 0 ? [{ kind: 'separator', label: familyName(id) }, ...rows] : [];
  });
}

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

export interface PickScriptsOptions {
  /** What the scripts are picked for, as the command's title says it. */
  readonly title: string;
  /** Offer only scripts that are assigned by themselves. */
  readonly assignableOnly?: boolean;
  /** Scripts that are checked from the start, such as what is selected in the view. */
  readonly picked?: readonly Pick<Script, 'family' | 'id'>[];
}

/** Whether a script is assigned by itself. */
export const isAssignable = ({ family }: Script): boolean => familyOf(family).assignKey !== undefined;

/** Lets the user pick scripts of the inventory, for a command that has none yet; undefined when the user leaves. */
export async function pickScripts(
  { pickMany }: { readonly pickMany: PickMany },
  inventory: Pick<Inventory, 'scripts'>,
  { title, assignableOnly = false, picked = [] }: PickScriptsOptions,
): Promise<readonly Script[] | undefined> {
  const offered = assignableOnly ? inventory.scripts().filter(isAssignable) : inventory.scripts();
  const rows = scriptRows(offered, new Set(picked.map(scriptKey)));
  const scripts = await pickMany(rows, { title, placeholder: l10n.t('Search scripts by name, family or assignment') });
  return scripts && scripts.length > 0 ? scripts : undefined;
}
