import { l10n } from 'vscode';
import { GraphError } from '../graph/errors.ts';
import { type FamilyId, type Tier, tierScopes } from '../intune/model/families.ts';
import type { Filter } from '../intune/model/target.ts';
import { filtersFor, type KnownFilters } from '../intune/read/filters.ts';
import type { Inventory } from '../intune/read/inventory.ts';
import { commands } from '../manifest.ts';
import { filterLabel, filterModeWords } from './format/assignment.ts';
import { plainText } from './plainText.ts';
import type { Answer, PickOne, PickRow, StepOptions } from './quickPick.ts';
import { askInSteps, type Step } from './wizard.ts';

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

/** How filters are asked for. */
export interface FilterParts {
  readonly pickOne: PickOne;
  /** Sees to it that a tier can be had, asking the user once, and says why not. */
  readonly ensureTier: (tier: Tier) => Promise<boolean>;
  /** Runs a command. */
  readonly run: (command: string) => PromiseLike<unknown>;
}

export interface FilterQuestion {
  readonly title: string;
  readonly family: FamilyId;
  readonly inventory: Pick<Inventory, 'readFilters'>;
  readonly current: Filter | undefined;
}

/** What can be done about a permission that is missing. */
type WayOut = 'ask' | 'consent';

/** Whether filters were not read for want of a permission that can be asked for. */
const lacksPermission = (error: unknown): boolean =>
  error instanceof GraphError &&
  (error.kind === 'noToken' || error.kind === 'claimsChallenge' || (error.kind === 'forbidden' && !error.intuneRole));

async function askWayOut({ pickOne }: FilterParts, title: string): Promise<Answer<WayOut>> {
  const rows: readonly PickRow<WayOut>[] = [
    { kind: 'choice', label: l10n.t('Ask for the Permission…'), icon: 'key', value: 'ask' },
    {
      kind: 'choice',
      label: l10n.t('Open Consent Page'),
      description: l10n.t('for an administrator'),
      icon: 'link-external',
      value: 'consent',
    },
  ];
  const placeholder = l10n.t('To use filters, the permission {0} is needed', tierScopes.browseMore[0] ?? '');
  return pickOne(rows, { title, placeholder }, { back: true });
}

/** The filters; where the permission for them is missing, the user is offered to get it. Rejects with any other `GraphError`. */
async function readableFilters(parts: FilterParts, { title, inventory }: FilterQuestion): Promise<Answer<KnownFilters>> {
  try {
    return { kind: 'picked', value: await inventory.readFilters() };
  } catch (error) {
    if (!lacksPermission(error)) throw error;
  }
  const way = await askWayOut(parts, title);
  if (way?.kind !== 'picked') return way;
  if (way.value === 'consent') await parts.run(commands.openConsentPage);
  else if (await parts.ensureTier('browseMore')) return { kind: 'picked', value: await inventory.readFilters() };
  return undefined;
}
