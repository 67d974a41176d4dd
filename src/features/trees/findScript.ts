import { l10n } from 'vscode';
import { type ConnectionParts, requireScripts } from '../../app/connection.ts';
import type { Script } from '../../intune/model/script.ts';
import type { Inventory } from '../../intune/read/inventory.ts';
import { scriptCount } from '../../ui/format/count.ts';
import { groupLabel } from '../../ui/format/names.ts';
import type { PickOne, PickRow } from '../../ui/quickPick.ts';
import { readyFilters, targetsGroup } from '../../ui/scriptFilters.ts';
import { groupRows, scriptRows } from '../../ui/scriptPicker.ts';

export interface FindScriptParts extends ConnectionParts {
  readonly pickOne: PickOne;
  /** Selects a script in the Scripts view. */
  readonly reveal: (script: Script) => Promise<void>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

type Choice = { readonly script: Script } | { readonly label: string; readonly scripts: readonly Script[] } | 'byGroup';

/** How a step ended: with a script, back to the step before, or left. */
type Step = { readonly script: Script } | 'back' | undefined;

const title = (): string => l10n.t('Find Script');

function firstRows(inventory: Inventory, now: number): readonly PickRow<Choice>[] {
  const filters = readyFilters(inventory, now).map(({ label, icon, scripts }): PickRow<Choice> => {
    return { kind: 'choice', label, icon, description: scriptCount(scripts.length), value: { label, scripts } };
  });
  const byGroup: PickRow<Choice> = { kind: 'choice', label: l10n.t('By group…'), icon: 'organization', value: 'byGroup' };
  const scripts = scriptRows(inventory.scripts()).map(
    (row): PickRow<Choice> => (row.kind === 'separator' ? row : { ...row, value: { script: row.value } }),
  );
  return [{ kind: 'separator', label: l10n.t('Filters') }, ...filters, byGroup, ...scripts];
}

/** One of some scripts. */
async function askScript({ pickOne }: FindScriptParts, label: string, scripts: readonly Script[]): Promise<Step> {
  const words = { title: `${title()}: ${label}`, placeholder: l10n.t('Search these scripts') };
  const answer = await pickOne(scriptRows(scripts), words, { back: true });
  return answer?.kind === 'picked' ? { script: answer.value } : answer?.kind;
}

/** A group, then one of its scripts; back from there leads to the groups again. */
async function askByGroup(parts: FindScriptParts, inventory: Inventory): Promise<Step> {
  for (;;) {
    const words = { title: `${title()}: ${l10n.t('By group…')}`, placeholder: l10n.t('Search groups that scripts target') };
    const group = await parts.pickOne(groupRows(inventory), words, { back: true });
    if (group?.kind !== 'picked') return group?.kind;
    const scripts = inventory.scripts().filter(script => targetsGroup(script, group.value));
    const step = await askScript(parts, groupLabel(inventory.groups, group.value), scripts);
    if (step !== 'back') return step;
  }
}

async function askAny(parts: FindScriptParts, inventory: Inventory): Promise<Step> {
  for (;;) {
    const words = { title: title(), placeholder: l10n.t('Search all scripts, or choose a filter') };
    const answer = await parts.pickOne(firstRows(inventory, parts.now()), words);
    if (answer?.kind !== 'picked') return undefined;
    const choice = answer.value;
    if (choice !== 'byGroup' && 'script' in choice) return choice;
    const step = await (choice === 'byGroup' ? askByGroup(parts, inventory) : askScript(parts, choice.label, choice.scripts));
    if (step !== 'back') return step;
  }
}

/** Find Script…: picks a script of all, or of those that a ready filter lets through, and reveals it in the Scripts view. */
export const findScript = (parts: FindScriptParts) => async (): Promise<void> => {
  const connection = await requireScripts(parts);
  const step = connection && (await askAny(parts, connection.inventory));
  if (step && step !== 'back') await parts.reveal(step.script);
};
