import { l10n } from 'vscode';
import type { AssignmentEdit } from '../../intune/model/assignment.ts';
import { type FamilyId, familyOf } from '../../intune/model/families.ts';
import { defaultSchedule, type Schedule } from '../../intune/model/schedule.ts';
import type { Filter, TargetKind } from '../../intune/model/target.ts';
import type { AssignmentOptions } from '../../intune/plan/addTargets.ts';
import type { KnownFilters } from '../../intune/read/filters.ts';
import type { Inventory } from '../../intune/read/inventory.ts';
import { askFilter, type FilterParts } from '../../ui/filterPicker.ts';
import { filterWords, scheduleWords } from '../../ui/format/assignment.ts';
import type { Answer, PickRow } from '../../ui/quickPick.ts';
import { askSchedule, type Questions } from '../../ui/schedulePicker.ts';

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

/** What a row is to be. */
export interface EditDraft {
  readonly kind: TargetKind;
  readonly schedule: Schedule | undefined;
  readonly filter: Filter | undefined;
}

/** What a person decided: to change a row, or to exclude what it includes and the other way round. */
export type EditDecision =
  | { readonly kind: 'edit'; readonly edit: AssignmentEdit }
  | { readonly kind: 'turn'; readonly options: AssignmentOptions };

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whether a draft changes anything. */
const isChanged = (before: EditDraft, after: EditDraft): boolean => !same(before, after);

/** The other of including and excluding. An exclusion says nothing more; what is included anew starts with the defaults. */
const turned = (before: EditDraft, now: EditDraft): EditDraft => {
  if (now.kind !== before.kind) return before;
  return now.kind === 'group'
    ? { kind: 'exclusionGroup', schedule: undefined, filter: undefined }
    : { kind: 'group', schedule: defaultSchedule, filter: undefined };
};

/** What of a draft differs from what there was. */
function decisionOf(before: EditDraft, { kind, schedule, filter }: EditDraft): EditDecision {
  if (kind !== before.kind) return { kind: 'turn', options: { ...(schedule && { schedule }), filter } };
  return {
    kind: 'edit',
    edit: {
      ...(schedule && !same(schedule, before.schedule) && { schedule }),
      ...(!same(filter, before.filter) && { filter: filter ?? null }),
    },
  };
}

type EditChoice = 'review' | 'schedule' | 'filter' | 'turn';

interface EditFacts {
  readonly family: FamilyId;
  readonly before: EditDraft;
  readonly filters: KnownFilters | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

type Row = PickRow<EditChoice>;

function runRows({ schedule, filter }: EditDraft, { family, filters, now }: EditFacts): readonly Row[] {
  const { supports } = familyOf(family);
  const when = schedule ? scheduleWords(schedule, now) : l10n.t('another kind, or none');
  const which = filter ? filterWords(filter, filters) : l10n.t('no filter');
  return [
    ...(supports.schedule
      ? [{ kind: 'choice', label: l10n.t('Schedule'), description: when, icon: 'clock', value: 'schedule' } as const]
      : []),
    ...(supports.filter ? [{ kind: 'choice', label: l10n.t('Filter'), description: which, icon: 'filter', value: 'filter' } as const] : []),
  ];
}

function turnRows(draft: EditDraft, { family }: EditFacts): readonly Row[] {
  if (!familyOf(family).supports.exclude) return [];
  if (draft.kind === 'group') return [{ kind: 'choice', label: l10n.t('Exclude This Group Instead'), icon: 'circle-slash', value: 'turn' }];
  if (draft.kind === 'exclusionGroup')
    return [{ kind: 'choice', label: l10n.t('Include This Group Instead'), icon: 'organization', value: 'turn' }];
  return [];
}

/** What there is of an assignment, each thing with what it is now; first of all the way on, once something is changed. */
function editRows(draft: EditDraft, facts: EditFacts): readonly Row[] {
  const rows = [...(draft.kind === 'exclusionGroup' ? [] : runRows(draft, facts)), ...turnRows(draft, facts)];
  if (!isChanged(facts.before, draft)) return rows;
  return [
    { kind: 'choice', label: l10n.t('Review the Change…'), icon: 'check', value: 'review' },
    { kind: 'separator', label: '' },
    ...rows,
  ];
}
