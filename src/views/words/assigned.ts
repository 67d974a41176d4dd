import { l10n } from 'vscode';
import { familyOf } from '../../intune/model/families.ts';
import type { Script } from '../../intune/model/script.ts';
import type { TargetKind } from '../../intune/model/target.ts';
import { excludedCount, groupCount } from './count.ts';

/** Whom a script reaches, in counts: "3 groups, 1 excluded group", "all devices", "not assigned, 1 excluded group". */
export function assignedWords(script: Pick<Script, 'family' | 'assignments' | 'notRead'>): string {
  if (!familyOf(script.family).assignKey) return l10n.t('assigned through compliance policies');
  const { assignments, notRead } = script;
  if (notRead) return l10n.t('assignments could not be read');
  if (assignments.length === 0) return l10n.t('not assigned');
  const count = (kind: TargetKind): number => assignments.filter(({ target }) => target.kind === kind).length;
  const others = count('collection') + count('other');
  const parts = [
    ...(count('allDevices') ? [l10n.t('all devices')] : []),
    ...(count('allUsers') ? [l10n.t('all users')] : []),
    ...(count('group') ? [groupCount(count('group'))] : []),
    ...(others === 1 ? [l10n.t('another target')] : others > 1 ? [l10n.t('other targets')] : []),
    ...(count('exclusionGroup') === assignments.length ? [l10n.t('not assigned')] : []),
    ...(count('exclusionGroup') ? [excludedCount(count('exclusionGroup'))] : []),
  ];
  return parts.join(', ');
}
