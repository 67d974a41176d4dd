import type { Node } from '../nodes.ts';
import { assignmentRow } from './assignmentRow.ts';
import { changedScriptRow } from './changedScriptRow.ts';
import { changeRow } from './changeRow.ts';
import { dayRow } from './dayRow.ts';
import { familyRow } from './familyRow.ts';
import { groupRow } from './groupRow.ts';
import { groupScriptRow } from './groupScriptRow.ts';
import type { Row, RowContext } from './row.ts';
import { runSummaryRow } from './runSummaryRow.ts';
import { scriptRow } from './scriptRow.ts';
import { unsettledRow } from './unsettledRow.ts';

/** How any node looks. */
export function rowOf(node: Node, context: RowContext): Row {
  switch (node.kind) {
    case 'family':
      return familyRow(node, context);
    case 'script':
      return scriptRow(node, context);
    case 'runSummary':
      return runSummaryRow(node, context);
    case 'assignment':
      return assignmentRow(node, context);
    case 'unsettled':
      return unsettledRow(node);
    case 'day':
      return dayRow(node, context);
    case 'change':
      return changeRow(node, context);
    case 'changedScript':
      return changedScriptRow(node, context);
    case 'group':
      return groupRow(node, context);
    case 'groupScript':
      return groupScriptRow(node, context);
  }
}
