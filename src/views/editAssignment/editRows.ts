import { l10n } from 'vscode';
import { type FamilyId, familyOf } from '../../intune/model/families.ts';
import type { KnownFilters } from '../../intune/read/filters.ts';
import type { PickRow } from '../scriptPicker/pickRow.ts';
import { filterWords } from '../words/filter.ts';
import { scheduleWords } from '../words/schedule.ts';
import { type EditDraft, isChanged } from './editDraft.ts';

export type EditChoice = 'review' | 'schedule' | 'filter' | 'turn';

export interface EditFacts {
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
export function editRows(draft: EditDraft, facts: EditFacts): readonly Row[] {
  const rows = [...(draft.kind === 'exclusionGroup' ? [] : runRows(draft, facts)), ...turnRows(draft, facts)];
  if (!isChanged(facts.before, draft)) return rows;
  return [
    { kind: 'choice', label: l10n.t('Review the Change…'), icon: 'check', value: 'review' },
    { kind: 'separator', label: '' },
    ...rows,
  ];
}
