import { l10n } from 'vscode';
import { recipientKey } from '../../intune/model/assignment.ts';
import { type Plan, toldRows } from '../../intune/plan/plan.ts';
import type { KnownGroups } from '../words/group.ts';
import { scriptLabel } from '../words/script.ts';
import { isExclusion, targetLabel } from '../words/target.ts';

/** What a plan has done, naming its one target: "X is assigned to HR Devices." Undefined where it is about several, or about none. */
export function doneWords(plan: Plan, groups: KnownGroups): string | undefined {
  const { script, rows } = plan;
  const [only, ...more] = toldRows(plan);
  if (!only || more.length > 0) return undefined;
  const { target } = only.assignment;
  // Another row still reaches it: of a policy set, or with another filter.
  const isBeside = rows.some(row => row !== only && recipientKey(row.assignment.target) === recipientKey(target));
  if (only.action === 'remove' && isBeside) return undefined;
  const [name, label, excluded] = [scriptLabel(script), targetLabel(target, groups), isExclusion(target)];
  if (only.action === 'change') {
    return excluded
      ? l10n.t('The exclusion of {0} from {1} is changed.', label, name)
      : l10n.t('The assignment of {0} to {1} is changed.', name, label);
  }
  if (only.action === 'add')
    return excluded ? l10n.t('{0} is excluded from {1}.', label, name) : l10n.t('{0} is assigned to {1}.', name, label);
  return excluded ? l10n.t('{0} is no longer excluded from {1}.', label, name) : l10n.t('{0} is no longer assigned to {1}.', name, label);
}
