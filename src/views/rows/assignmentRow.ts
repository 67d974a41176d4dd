import { l10n } from 'vscode';
import type { Assignment } from '../../intune/model/assignment.ts';
import { isGroupTarget, type Target, } from '../../intune/model/target.ts';
import { isEditable } from '../../intune/plan/editAssignment.ts';
import { isRemovable } from '../../intune/plan/removals.ts';
import type { KnownFilters } from '../../intune/read/filters.ts';
import type { AssignmentNode } from '../nodes.ts';
import { plainText } from '../plainText.ts';
import { assignmentWords } from '../words/assignment.ts';
import { inOneLine } from '../words/list.ts';
import { isExclusion, targetIcons, targetLabel } from '../words/target.ts';
import { type GroupParts, groupParts } from './groupParts.ts';
import type { Row, RowContext } from './row.ts';

/** What a row shows of whom an assignment reaches. */
function targetParts(target: Target, context: RowContext): GroupParts {
  const icon = targetIcons[target.kind];
  if (isGroupTarget(target)) return groupParts(target.groupId, icon, context);
  return { label: targetLabel(target, context.inventory.groups), hint: undefined, icon: { id: icon }, capabilities: [], tooltip: [] };
}

/** Which filter it is, as far as that is known, and what it lets through. */
function filterLines({ target: { filter } }: Assignment, filters: KnownFilters | undefined): readonly string[] {
  if (!filter) return [];
  const known = filters?.get(filter.id);
  return [
    ...(filters && !known ? [l10n.t('This filter does not exist any more, or your role does not show it.')] : []),
    ...(known ? [l10n.t('Filter rule: {0}', plainText(known.rule))] : []),
    l10n.t('Filter ID: {0}', filter.id),
  ];
}

function spokenTarget(target: Target, { label, capabilities }: GroupParts): string {
  const deleted = capabilities.includes('deletedGroup');
  if (isExclusion(target)) return deleted ? l10n.t('Excludes a deleted group') : l10n.t("Excludes group '{0}'", label);
  if (target.kind !== 'group') return label;
  return deleted ? l10n.t('Assigned to a deleted group') : l10n.t("Assigned to group '{0}'", label);
}

/** The row of an assignment: whom it reaches, and how. */
export function assignmentRow({ script, assignment }: AssignmentNode, context: RowContext): Row {
  const parts = targetParts(assignment.target, context);
  const words = assignmentWords(script.family, assignment, context.now, context.inventory.filters());
  return {
    label: parts.label,
    description: inOneLine([...words, parts.hint]),
    icon: parts.icon,
    expandable: false,
    capabilities: [
      'assignment',
      ...(isEditable(script, assignment) ? (['edit'] as const) : []),
      ...(isRemovable(script, assignment) ? (['remove'] as const) : []),
      ...parts.capabilities,
    ],
    spoken: [
      spokenTarget(assignment.target, parts),
      ...words.filter(word => word !== l10n.t('excluded')),
      ...(parts.hint ? [l10n.t('ID {0}', parts.hint)] : []),
    ].join(', '),
    tooltip: [parts.label, inOneLine(words), ...parts.tooltip, ...filterLines(assignment, context.inventory.filters())].filter(
      line => line !== '',
    ),
  };
}
