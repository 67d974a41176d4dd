import { targetKey } from '../intune/model/assignment.ts';
import { scriptKey } from '../intune/model/script.ts';
import type { Node } from './nodes.ts';

function partsOf(node: Node): readonly (string | number)[] {
  switch (node.kind) {
    case 'family':
      return [node.family];
    case 'script':
    case 'runSummary':
      return [scriptKey(node.script)];
    case 'assignment':
      return [scriptKey(node.script), targetKey(node.assignment.target), node.copy];
    case 'group':
      return [node.groupId];
    case 'unsettled':
      return [];
    case 'day':
      return [node.day];
    case 'change':
      return [node.change.id];
    case 'changedScript':
      return [node.change.id, scriptKey(node.write.script), node.write.id ?? ''];
    case 'groupScript':
      return [node.groupId, scriptKey(node.script), targetKey(node.assignment.target), node.copy];
  }
}

/** The id of a row: unique in its view, and the same whenever the same thing is shown, so that VS Code keeps what is expanded. */
export const nodeId = (node: Node): string => JSON.stringify([node.connection, node.kind, ...partsOf(node)]);
