import { l10n } from 'vscode';
import { defaultSchedule } from '../../intune/model/schedule.ts';
import type { Inventory } from '../../intune/read/inventory.ts';
import { askFilter } from '../filterPicker/askFilter.ts';
import type { FilterParts } from '../filterPicker/filterQuestion.ts';
import { askSchedule } from '../schedule/askSchedule.ts';
import type { Questions } from '../schedule/scheduleSteps.ts';
import type { Answer } from '../scriptPicker/pickRow.ts';
import { decisionOf, type EditDecision, type EditDraft, turned } from './editDraft.ts';
import { type EditChoice, type EditFacts, editRows } from './editRows.ts';

export interface EditParts extends Questions, FilterParts {}

export interface EditQuestion extends Omit<EditFacts, 'filters'> {
  readonly title: string;
  readonly inventory: Pick<Inventory, 'filters' | 'readFilters'>;
}

/** The draft with one thing changed, as it was after Back, or undefined when the question was left. */
async function change(
  parts: EditParts,
  question: EditQuestion,
  draft: EditDraft,
  choice: Exclude<EditChoice, 'review'>,
): Promise<EditDraft | undefined> {
  const { title, inventory, family, now, before } = question;
  const taken = <Value>(answer: Answer<Value>, take: (value: Value) => EditDraft): EditDraft | undefined =>
    answer?.kind === 'picked' ? take(answer.value) : answer && draft;
  switch (choice) {
    case 'schedule': {
      const current = draft.schedule ?? defaultSchedule;
      return taken(await askSchedule({ ...parts, title, now, current, back: true }), schedule => ({ ...draft, schedule }));
    }
    case 'filter':
      return taken(await askFilter(parts, { title, family, inventory, current: draft.filter }), filter => ({ ...draft, filter }));
    case 'turn':
      return turned(before, draft);
  }
}

/** Shows what there is of an assignment and lets the user change it, one thing after the other. Undefined when it is left at any step. */
export async function askEdit(parts: EditParts, question: EditQuestion): Promise<EditDecision | undefined> {
  let draft = question.before;
  for (;;) {
    const facts = { ...question, filters: question.inventory.filters() };
    const answer = await parts.pickOne(editRows(draft, facts), { title: question.title, placeholder: l10n.t('Choose what to change') });
    if (answer?.kind !== 'picked') return undefined;
    if (answer.value === 'review') return decisionOf(question.before, draft);
    const changed = await change(parts, question, draft, answer.value);
    if (!changed) return undefined;
    draft = changed;
  }
}
