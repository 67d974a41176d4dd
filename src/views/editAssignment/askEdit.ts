import { l10n } from 'vscode';
import type { Inventory } from '../../intune/inventory.ts';
import { defaultSchedule } from '../../intune/schedule.ts';
import { askFilter } from '../filterPicker/askFilter.ts';
import type { FilterParts } from '../filterPicker/filterQuestion.ts';
import { askSchedule } from '../schedule/askSchedule.ts';
import type { Questions } from '../schedule/scheduleSteps.ts';
import type { Answer, PickRow } from '../scriptPicker/pickRow.ts';
import { decisionOf, type EditDecision, type EditDraft, turned } from './editDraft.ts';
import { type EditChoice, type EditFacts, editRows } from './editRows.ts';

export interface EditParts extends Questions, FilterParts {}

export interface EditQuestion extends Omit<EditFacts, 'filters'> {
  readonly title: string;
  readonly inventory: Pick<Inventory, 'filters' | 'readFilters'>;
}

/** Whether the row is to remediate: what holds now is first. */
function askRemediates({ pickOne }: EditParts, { title }: EditQuestion, { remediates }: EditDraft): Promise<Answer<boolean>> {
  const yes: PickRow<boolean> = { kind: 'choice', label: l10n.t('Detect and Remediate'), icon: 'tools', value: true };
  const no: PickRow<boolean> = { kind: 'choice', label: l10n.t('Only Detect'), icon: 'search', value: false };
  const placeholder =
    remediates === undefined
      ? l10n.t('Intune does not tell whether this assignment remediates. What shall it do?')
      : l10n.t('What shall it do when it finds a problem?');
  return pickOne(remediates === false ? [no, yes] : [yes, no], { title, placeholder }, { back: true });
}

/** The draft with one thing changed, as it was after Back, or undefined when the question was left. */
async function change(parts: EditParts, question: EditQuestion, draft: EditDraft, choice: EditChoice): Promise<EditDraft | undefined> {
  const { title, inventory, family, now, before } = question;
  const taken = <Value>(answer: Answer<Value>, take: (value: Value) => EditDraft): EditDraft | undefined =>
    answer?.kind === 'picked' ? take(answer.value) : answer && draft;
  switch (choice) {
    case 'schedule': {
      const current = draft.schedule ?? defaultSchedule;
      return taken(await askSchedule({ ...parts, title, now, current, back: true }), schedule => ({ ...draft, schedule }));
    }
    case 'remediation':
      return taken(await askRemediates(parts, question, draft), remediates => ({ ...draft, remediates }));
    case 'filter':
      return taken(await askFilter(parts, { title, family, inventory, current: draft.filter }), filter => ({ ...draft, filter }));
    case 'turn':
      return turned(before, draft, question.newRemediates);
    case 'review':
      return draft;
  }
}

/** A row whose remediation nobody knows is never written without a word on it. */
const isUnsaid = ({ kind, remediates }: EditDraft, { family, hasRemediation }: EditQuestion): boolean =>
  family === 'deviceHealthScripts' && kind !== 'exclusionGroup' && hasRemediation !== false && remediates === undefined;

/** Shows what there is of an assignment and lets the user change it, one thing after the other. Undefined when it is left at any step. */
export async function askEdit(parts: EditParts, question: EditQuestion): Promise<EditDecision | undefined> {
  let draft = question.before;
  for (;;) {
    const facts = { ...question, filters: question.inventory.filters() };
    const answer = await parts.pickOne(editRows(draft, facts), { title: question.title, placeholder: l10n.t('Choose what to change') });
    if (answer?.kind !== 'picked') return undefined;
    const reviewed = answer.value === 'review';
    if (reviewed && !isUnsaid(draft, question)) return decisionOf(question.before, draft, question.newRemediates);
    const changed = await change(parts, question, draft, reviewed ? 'remediation' : answer.value);
    if (!changed) return undefined;
    draft = changed;
    if (reviewed && draft.remediates !== undefined) return decisionOf(question.before, draft, question.newRemediates);
  }
}
