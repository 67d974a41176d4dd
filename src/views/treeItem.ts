import { MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { commands } from '../contract.ts';
import { nodeId } from './nodeId.ts';
import type { Node } from './nodes.ts';
import { plainText, withoutAutolinks } from './plainText.ts';
import type { Icon, Row, RowContext } from './rows/row.ts';
import { rowOf } from './rows/rowOf.ts';

const themeIcon = ({ id, color }: Icon): ThemeIcon => new ThemeIcon(id, color === undefined ? undefined : new ThemeColor(color));

/** Lines as text, whatever is in them: no link, no image, no HTML, and nothing that is not seen. */
function tooltipOf([title = '', ...lines]: readonly string[]): MarkdownString {
  const tooltip = new MarkdownString();
  tooltip.isTrusted = false;
  tooltip.supportHtml = false;
  tooltip.appendMarkdown('**').appendText(plainText(title)).appendMarkdown('**');
  for (const line of lines) tooltip.appendMarkdown('\n\n').appendText(plainText(line));
  tooltip.value = withoutAutolinks(tooltip.value);
  return tooltip;
}

const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;

function stateOf({ expandable, expanded = false }: Row): TreeItemCollapsibleState {
  if (!expandable) return TreeItemCollapsibleState.None;
  return expanded ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}

/** The one function that makes a tree item. */
export function treeItem(node: Node, context: RowContext): TreeItem {
  const row = rowOf(node, context);
  const item = new TreeItem(plainText(row.label), stateOf(row));
  item.id = nodeId(node);
  item.iconPath = themeIcon(row.icon);
  item.tooltip = tooltipOf(row.tooltip);
  item.accessibilityInformation = { label: plainText(row.spoken) };
  item.contextValue = row.capabilities.join(' ');
  if (row.command) item.command = { command: commands[row.command], title: row.label };
  // Beside a name that runs from right to left, a number at the start would be drawn on its other side.
  const description = plainText(row.description ?? '');
  if (description) item.description = rightToLeft.test(row.label) ? `\u200E${description}` : description;
  return item;
}
