import { EventEmitter, MarkdownString, ThemeColor, ThemeIcon, type TreeDataProvider, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { InventoryChange } from '../../intune/read/inventory.ts';
import { commands } from '../../manifest.ts';
import { type Node, nodeId, type RunSummaryNode } from '../../ui/nodes.ts';
import { plainText, withoutAutolinks } from '../../ui/plainText.ts';
import type { Icon, Row, RowContext } from './row.ts';
import { rowOf } from './rowOf.ts';
import type { TreeModel } from './treeModel.ts';

const sameRoots = (a: readonly Node[], b: readonly Node[]): boolean => a.map(nodeId).join() === b.map(nodeId).join();

/** Gives VS Code the rows of one view. Asks nobody and shows nothing: all that it has is handed to it. */
export class NodeProvider implements TreeDataProvider<Node> {
  readonly #changes = new EventEmitter<Node | undefined>();
  readonly onDidChangeTreeData = this.#changes.event;
  readonly #model: TreeModel;
  readonly #context: () => RowContext | undefined;
  readonly #unfolded: (node: Node) => void;
  /** The root rows that VS Code knows: a refresh of one of them has to name this very object. */
  #roots: readonly Node[] = [];
  /** The rows that change by themselves, by id, as VS Code knows them. */
  readonly #summaries = new Map<string, Node>();

  /** `unfolded` gets each row whose rows below are shown. */
  constructor(model: TreeModel, context: () => RowContext | undefined, unfolded: (node: Node) => void = () => undefined) {
    this.#model = model;
    this.#context = context;
    this.#unfolded = unfolded;
  }

  getChildren(node?: Node): Node[] {
    const context = this.#context();
    if (!context) return [];
    if (node) return this.#below(context, node);
    this.#roots = this.#known(this.#model.roots(context));
    return [...this.#roots];
  }

  getTreeItem(node: Node): TreeItem {
    const context = this.#context();
    // VS Code may still ask for a row after its connection is gone, and takes whatever it gets before it drops the row.
    return context ? treeItem(node, context) : { id: nodeId(node), label: '' };
  }

  getParent(node: Node): Node | undefined {
    const parent = this.#model.parent(node);
    return parent && this.#known([parent])[0];
  }

  /** Refreshes as little as a change needs; what is expanded stays so. */
  refresh(change: InventoryChange): void {
    const context = this.#context();
    const sameRows = context !== undefined && sameRoots(this.#roots, this.#model.roots(context));
    this.#changes.fire(sameRows ? this.#model.changed(change, this.#roots) : undefined);
  }

  /** Refreshes the one row that says how a script ran, where it is shown. */
  refreshRunSummary(node: RunSummaryNode): void {
    const known = this.#summaries.get(nodeId(node));
    if (known) this.#changes.fire(known);
  }

  /** Refreshes all rows that say how a script ran: what they tell of has grown older. */
  refreshRunSummaries(): void {
    for (const known of this.#summaries.values()) this.#changes.fire(known);
  }

  dispose(): void {
    this.#changes.dispose();
  }

  #below(context: RowContext, node: Node): Node[] {
    const children = [...this.#model.children(context, node)];
    for (const child of children) if (child.kind === 'runSummary') this.#summaries.set(nodeId(child), child);
    this.#unfolded(node);
    return children;
  }

  #known(nodes: readonly Node[]): readonly Node[] {
    const known = new Map(this.#roots.map(root => [nodeId(root), root]));
    return nodes.map(node => known.get(nodeId(node)) ?? node);
  }
}

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
