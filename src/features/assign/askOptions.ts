import { l10n } from 'vscode';
import { type FamilyId, familyOf } from '../../intune/model/families.ts';
import { defaultSchedule, type Schedule } from '../../intune/model/schedule.ts';
import type { ScriptRef } from '../../intune/model/script.ts';
import type { Filter } from '../../intune/model/target.ts';
import type { AssignmentOptions } from '../../intune/plan/addTargets.ts';
import type { Inventory } from '../../intune/read/inventory.ts';
import { askFilter, type FilterParts } from '../../ui/filterPicker.ts';
import { filterWords, scheduleWords } from '../../ui/format/assignment.ts';
import type { PickRow } from '../../ui/quickPick.ts';
import { askSchedule, type Questions } from '../../ui/schedulePicker.ts';

export interface OptionsParts extends Questions, FilterParts {}

export interface OptionsQuestion {
  readonly title: string;
  readonly scripts: readonly Pick<ScriptRef, 'family'>[];
  readonly inventory: Pick<Inventory, 'filters' | 'readFilters'>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

interface Draft {
  readonly schedule: Schedule;
  readonly filter: Filter | undefined;
}

type Choice = 'goOn' | 'schedule' | 'filter';

/** Whether rows of a family carry anything beside their target. */
const hasOptions = (family: FamilyId): boolean => familyOf(family).supports.schedule || familyOf(family).supports.filter;

function rowsOf({ schedule, filter }: Draft, { inventory, now }: OptionsQuestion): readonly PickRow<Choice>[] {
  const filtered = filter ? filterWords(filter, inventory.filters()) : l10n.t('no filter');
  return [
    { kind: 'choice', label: scheduleWords(schedule, now), description: filtered, icon: 'check', value: 'goOn' },
    { kind: 'separator', label: l10n.t('Change') },
    { kind: 'choice', label: l10n.t('Choose Another Schedule…'), icon: 'clock', value: 'schedule' },
    { kind: 'choice', label: l10n.t('Choose a Filter…'), icon: 'filter', value: 'filter' },
  ];
}

/** The draft with one thing changed; as it was after Back, undefined when the question is left. */
async function change(
  parts: OptionsParts,
  question: OptionsQuestion,
  draft: Draft,
  choice: Choice,
  family: FamilyId,
): Promise<Draft | undefined> {
  const { title, inventory, now } = question;
  if (choice === 'schedule') {
    const answer = await askSchedule({ ...parts, title, now, current: draft.schedule, back: true });
    if (answer?.kind === 'picked') return { ...draft, schedule: answer.value };
    return answer && draft;
  }
  const answer = await askFilter(parts, { title, family, inventory, current: draft.filter });
  if (answer?.kind === 'picked') return { ...draft, filter: answer.value };
  return answer && draft;
}

/**
 * Asks how new rows run. Enter takes the defaults: every day, without a filter. Nobody is asked where no chosen family has anything of it. Undefined when it is left.
 */
export async function askOptions(parts: OptionsParts, question: OptionsQuestion): Promise<AssignmentOptions | undefined> {
  const family = question.scripts.find(script => hasOptions(script.family))?.family;
  if (!family) return {};
  const mixed = question.scripts.some(script => !hasOptions(script.family));
  const placeholder = mixed ? l10n.t('How do the remediations run? Enter goes on') : l10n.t('How does it run? Enter goes on');
  let draft: Draft = { schedule: defaultSchedule, filter: undefined };
  for (;;) {
    const answer = await parts.pickOne(rowsOf(draft, question), { title: question.title, placeholder });
    if (answer?.kind !== 'picked') return undefined;
    if (answer.value === 'goOn') return draft;
    const changed = await change(parts, question, draft, answer.value, family);
    if (!changed) return undefined;
    draft = changed;
  }
}
