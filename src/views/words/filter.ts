import { l10n } from 'vscode';
import type { Filter } from '../../intune/model/target.ts';
import type { AssignmentFilter, KnownFilters } from '../../intune/read/filters.ts';
import { visibleName } from '../plainText.ts';

/** What a filter is called. Never an id. */
export const filterLabel = ({ name }: Pick<AssignmentFilter, 'name'>): string => visibleName(name) ?? l10n.t('Filter without a name');

/** Which filter an assignment has, and of which mode. Its name is not known before the filters were read, and an id is no name. */
export function filterWords({ id, mode }: Filter, filters: KnownFilters | undefined): string {
  const include = mode === 'include';
  if (!filters) return include ? l10n.t('with a filter (include)') : l10n.t('with a filter (exclude)');
  const filter = filters.get(id);
  if (!filter) return include ? l10n.t('with an unknown filter (include)') : l10n.t('with an unknown filter (exclude)');
  return include ? l10n.t('filter: only {0}', filterLabel(filter)) : l10n.t('filter: all but {0}', filterLabel(filter));
}

/** What a mode does, said where it is chosen. */
export const filterModeWords = (mode: Filter['mode']): string =>
  mode === 'include' ? l10n.t('Only devices that match') : l10n.t('All but devices that match');
