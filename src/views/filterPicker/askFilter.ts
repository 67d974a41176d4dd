import { l10n } from 'vscode';
import type { FamilyId } from '../../intune/model/families.ts';
import type { Filter } from '../../intune/model/target.ts';
import { filtersFor, type KnownFilters } from '../../intune/read/filters.ts';
import { plainText } from '../plainText.ts';
import { askInSteps, type Step } from '../schedule/askInSteps.ts';
import type { Answer, PickRow, StepOptions } from '../scriptPicker/pickRow.ts';
import { filterLabel, filterModeWords } from '../words/filter.ts';
import type { FilterParts, FilterQuestion } from './filterQuestion.ts';
import { readableFilters } from './readableFilters.ts';

/** No filter, or one whose mode may not be said yet. */
type Draft = Filter | undefined;

const platformWords = (platform: string): string =>
  platform === 'windows10AndLater' ? l10n.t('Windows 10 and later') : plainText(platform);

function filterRows(family: FamilyId, filters: KnownFilters, current: Draft): readonly PickRow<string | undefined>[] {
  const none: PickRow<undefined> = { kind: 'choice', label: l10n.t('No filter'), icon: 'circle-slash', value: undefined };
  const rows = filtersFor(family, filters).map((filter): PickRow<string> => {
    const rule = plainText(filter.rule);
    return {
      kind: 'choice',
      label: filterLabel(filter),
      description: platformWords(filter.platform),
      detail: rule,
      icon: 'filter',
      value: filter.id,
    };
  });
  const isCurrent = (row: PickRow<string | undefined>): boolean => row.kind === 'choice' && row.value === current?.id;
  const all = [none, ...rows];
  return [...all.filter(isCurrent), ...all.filter(row => !isCurrent(row))];
}

const filterStep =
  ({ pickOne }: FilterParts, { title, family }: FilterQuestion, filters: KnownFilters): Step<Draft> =>
  async (draft, options) => {
    const words = { title, placeholder: l10n.t('Search filters by name') };
    // How many questions there are depends on the answer.
    const answer = await pickOne(filterRows(family, filters, draft), words, { back: options.back ?? false });
    if (answer?.kind !== 'picked') return answer;
    return { kind: 'picked', value: answer.value === undefined ? undefined : { id: answer.value, mode: draft?.mode ?? 'include' } };
  };

const modeStep =
  ({ pickOne }: FilterParts, { title }: FilterQuestion, filters: KnownFilters): Step<Draft> =>
  async (draft, { back = false }: StepOptions) => {
    if (!draft) return { kind: 'picked', value: draft };
    const modes = draft.mode === 'include' ? (['include', 'exclude'] as const) : (['exclude', 'include'] as const);
    const rows = modes.map((mode): PickRow<Filter['mode']> => ({ kind: 'choice', label: filterModeWords(mode), value: mode }));
    const filter = filters.get(draft.id);
    const placeholder = l10n.t('What does the filter {0} do?', filter ? filterLabel(filter) : '');
    const answer = await pickOne(rows, { title, placeholder }, { back });
    return answer?.kind === 'picked' ? { kind: 'picked', value: { ...draft, mode: answer.value } } : answer;
  };

/** Asks for a filter of devices and its mode, or for none. Undefined when it is left, also for want of the permission. */
export async function askFilter(parts: FilterParts, question: FilterQuestion): Promise<Answer<Filter | undefined>> {
  const filters = await readableFilters(parts, question);
  if (filters?.kind !== 'picked') return filters;
  const first = filterStep(parts, question, filters.value);
  const second = modeStep(parts, question, filters.value);
  return askInSteps<Draft>(question.current, draft => (draft ? [first, second] : [first]), { back: true });
}
