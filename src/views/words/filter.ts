import { l10n } from 'vscode';
import type { Filter } from '../../intune/target.ts';

/** That an assignment has a filter, and of which mode. Names of filters are not known, and an id is no name. */
export const filterWords = ({ mode }: Filter): string =>
  mode === 'include' ? l10n.t('with a filter (include)') : l10n.t('with a filter (exclude)');
