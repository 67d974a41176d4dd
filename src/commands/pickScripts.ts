import { l10n } from 'vscode';
import { familyOf } from '../intune/model/families.ts';
import { type Script, scriptKey } from '../intune/model/script.ts';
import type { Inventory } from '../intune/read/inventory.ts';
import type { PickMany } from '../views/scriptPicker/pickRow.ts';
import { scriptRows } from '../views/scriptPicker/scriptRows.ts';

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
