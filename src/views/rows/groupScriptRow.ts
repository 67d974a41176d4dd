import { l10n } from 'vscode';
import { isEditable } from '../../intune/plan/editAssignment.ts';
import { isRemovable } from '../../intune/plan/removals.ts';
import type { GroupScriptNode } from '../nodes.ts';
import { assignmentWords } from '../words/assignment.ts';
import { scriptKindName } from '../words/family.ts';
import { inOneLine } from '../words/list.ts';
import { scriptLabel } from '../words/script.ts';
import { isExclusion } from '../words/target.ts';
import type { Row, RowContext } from './row.ts';
import { scriptCapabilities, scriptTooltip, spokenScript } from './scriptRow.ts';

/** The row of a script below a group: its name, its kind, and how it targets the group. */
export function groupScriptRow({ script, assignment }: GroupScriptNode, { now, inventory }: RowContext): Row {
  const excluded = isExclusion(assignment.target);
  const words = assignmentWords(script.family, assignment, now, inventory.filters());
  return {
    label: scriptLabel(script),
    description: inOneLine([scriptKindName(script.family), ...words]),
    icon: { id: excluded ? 'circle-slash' : 'file-code' },
    expandable: false,
    capabilities: [
      ...scriptCapabilities(script),
      ...(isEditable(script, assignment) ? (['edit'] as const) : []),
      ...(isRemovable(script, assignment) ? (['remove'] as const) : []),
    ],
    spoken: [spokenScript(script), ...(excluded ? [] : [l10n.t('assigned')]), ...words].join(', '),
    tooltip: scriptTooltip(script),
  };
}
