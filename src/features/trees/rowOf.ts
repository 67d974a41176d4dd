import type { Node } from '../../ui/nodes.ts';
import { changedScriptRow, changeRow, dayRow, unsettledRow } from './changeRows.ts';
import type { Row, RowContext } from './row.ts';
import { assignmentRow, familyRow, groupRow, groupScriptRow, runSummaryRow, scriptRow } from './scriptRows.ts';

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
