import { l10n } from 'vscode';
import type { Shortfall } from '../../intune/plan/limitations.ts';
import { assignmentCount } from './count.ts';
import { familyName } from './family.ts';
import { deletedGroupName, isExclusion, type KnownGroups, targetLabel } from './names.ts';

function leftOutWords({ reason, family, count }: Shortfall & { readonly kind: 'leftOut' }): string {
  const rows = assignmentCount(count);
  switch (reason) {
    case 'filter':
      return l10n.t('{0} left out: {1} have no filters, and more would be reached without.', rows, familyName(family));
    case 'passedRunOnce':
      return l10n.t('{0} left out: scheduled once, and the date has passed.', rows);
    case 'unknownSchedule':
      return l10n.t('{0} left out: on a kind of schedule that this version does not know.', rows);
    case 'policySet':
      return l10n.t('{0} left out: from a policy set.', rows);
    case 'unknownTarget':
      return l10n.t('{0} left out: of a kind that this version does not know.', rows);
    case 'collection':
      return l10n.t('{0} left out: Configuration Manager collections are copied within one kind of script only.', rows);
    case 'unsupportedTarget':
      return l10n.t('{0} left out: {1} cannot be assigned like that.', rows, familyName(family));
  }
}

/** What of a wish is not done, and why, in a sentence. */
export function shortfallWords(shortfall: Shortfall, groups: KnownGroups): string {
  switch (shortfall.kind) {
    case 'leftOut':
      return leftOutWords(shortfall);
    case 'withoutSchedule':
      return l10n.t('{0} copied without schedule: {1} have none.', assignmentCount(shortfall.count), familyName(shortfall.family));
    case 'exclusionWithoutFilter':
      return l10n.t(
        '{0} copied without filter: {1} have none, and more is excluded.',
        assignmentCount(shortfall.count),
        familyName(shortfall.family),
      );
    case 'changedSince':
      return l10n.t('{0} changed since: left as is.', assignmentCount(shortfall.count));
    case 'deletedGroup':
      return l10n.t('{0} is deleted.', deletedGroupName(groups, shortfall.groupId));
    case 'severalRows':
      return l10n.t('{0} has several assignments with different filters, and stays as it is.', targetLabel(shortfall.target, groups));
    case 'opposite':
      return isExclusion(shortfall.target)
        ? l10n.t('{0} is included there, so it isn’t excluded.', targetLabel(shortfall.target, groups))
        : l10n.t('{0} is excluded there, so it isn’t assigned.', targetLabel(shortfall.target, groups));
    case 'gone':
      return l10n.t('The assignment to {0} no longer exists.', targetLabel(shortfall.target, groups));
    case 'staysAsItIs':
      return l10n.t('{0} is there already with another schedule or filter, and stays as it is.', targetLabel(shortfall.target, groups));
  }
}

/** That a script is left as it is, and why. */
export const notChangedWords = (name: string, shortfalls: readonly Shortfall[], groups: KnownGroups): string =>
  [l10n.t('{0} is not changed.', name), ...shortfalls.map(one => shortfallWords(one, groups))].join(' ');
