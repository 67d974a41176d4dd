import { l10n } from 'vscode';
import type { Assignment } from '../../intune/assignment.ts';
import { expectedAssignments, type Plan } from '../../intune/plan.ts';
import { assignmentWords } from '../words/assignment.ts';
import type { KnownGroups } from '../words/group.ts';
import { inOneLine } from '../words/list.ts';
import { scriptLabel } from '../words/script.ts';
import { targetWords } from '../words/target.ts';

function side(title: string, plan: Plan, rows: readonly Assignment[], groups: KnownGroups, now: number): string {
  const lines = rows.map(row => `    ${inOneLine([targetWords(row.target, groups), ...assignmentWords(plan.script.family, row, now)])}`);
  return [`  ${title}`, ...(lines.length > 0 ? lines.sort() : [l10n.t('    not assigned')])].join('\n');
}

/** The three sides of a conflict: what the plan started from, what is there now, and what was wanted. */
export function conflictText(plan: Plan, found: readonly Assignment[], groups: KnownGroups, now: number): string {
  return [
    scriptLabel(plan.script),
    side(l10n.t('When the plan was made'), plan, plan.base, groups, now),
    side(l10n.t('Now'), plan, found, groups, now),
    side(l10n.t('Wanted'), plan, expectedAssignments(plan), groups, now),
    '',
  ].join('\n');
}
