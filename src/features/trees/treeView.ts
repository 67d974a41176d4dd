import { type Disposable, type Event, EventEmitter, type TreeView, window } from 'vscode';
import { type ScriptRef, scriptKey } from '../../intune/model/script.ts';
import type { Connection } from '../../intune/read/connection.ts';
import { type InventoryChange, targetedGroupIds } from '../../intune/read/inventory.ts';
import { views } from '../../manifest.ts';
import { type Drop, dragController } from '../../ui/dragAndDrop.ts';
import { connectionLine, namesakes, repeatedNames } from '../../ui/format/names.ts';
import type { Node } from '../../ui/nodes.ts';
import { NodeProvider } from './nodeProvider.ts';
import type { RowContext } from './row.ts';
import { createShownRunSummaries } from './runSummaries.ts';
import { summarize, summaryLine } from './summary.ts';
import { groupsModel, scriptsModel } from './treeModel.ts';
import { type SignInKind, setState, viewState } from './viewState.ts';

/** The Scripts view and the Groups view. */
export interface ScriptViews extends Disposable {
  /** Shows a connection, or what is missing for one. Rows follow the connection's inventory from then on. */
  showConnection(connection: Connection | undefined, signIn?: SignInKind): void;
  /** Selects a script in the Scripts view, and opens the view for that. Nothing, if the script is not in the inventory. */
  reveal(script: Pick<ScriptRef, 'family' | 'id'>): Promise<void>;
  /** The selected rows: of the Groups view if it was the last one in which something was selected, else of the Scripts view. */
  selectedNodes(): readonly Node[];
  /** Something was dropped on the Scripts view. */
  readonly onDidDrop: Event<Drop>;
}

export interface TreeViewParts {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Whether nothing may be changed: then no row can be dropped. */
  readonly readOnly: () => boolean;
}

/** Milliseconds after which rows that tell an age in minutes are drawn anew. */
const minute = 60_000;

/** Creates both views. */
export function createTreeViews({ now, readOnly }: TreeViewParts): ScriptViews {
  let connection: Connection | undefined;
  let signIn: SignInKind | undefined;
  let repeated: ReadonlySet<string> = new Set();
  let sameName: ReadonlySet<string> = new Set();
  let subscription: { dispose(): void } | undefined;

  const context = (): RowContext | undefined =>
    connection && {
      key: connection.key,
      inventory: connection.inventory,
      now: now(),
      repeated,
      namesakes: sameName,
      runSummary: summaries.of,
    };
  const summaries = createShownRunSummaries(now, node => scripts.refreshRunSummary(node));
  const scripts = new NodeProvider(scriptsModel, context, summaries.unfolded);
  const groups = new NodeProvider(groupsModel, context);
  const options = { showCollapseAll: true, canSelectMany: true };
  const drops = new EventEmitter<Drop>();
  const scriptsView: TreeView<Node> = window.createTreeView(views.scripts, {
    ...options,
    treeDataProvider: scripts,
    dragAndDropController: dragController(readOnly, drop => drops.fire(drop)),
  });
  const groupsView = window.createTreeView(views.groups, {
    ...options,
    treeDataProvider: groups,
    dragAndDropController: dragController(readOnly),
  });

  let lastSelected: TreeView<Node> = scriptsView;
  const follow = (view: TreeView<Node>): Disposable =>
    view.onDidChangeSelection(({ selection }) => {
      if (selection.length > 0) lastSelected = view;
    });
  /** VS Code lays out a view without a message only after two seconds when it is first opened, unless its message is set. */
  const layOutAtOnce = groupsView.onDidChangeVisibility(({ visible }) => {
    if (visible) Object.assign(groupsView, { message: undefined });
  });
  /** Rows are drawn once, and would stay as old as they were then. Nobody sees them in a view that is closed. */
  const drawAges = (): void => {
    if (scriptsView.visible) scripts.refreshRunSummaries();
  };
  const ages = setInterval(drawAges, minute);
  const disposables: readonly Disposable[] = [
    scriptsView,
    groupsView,
    scripts,
    groups,
    summaries,
    drops,
    follow(scriptsView),
    follow(groupsView),
    layOutAtOnce,
    scriptsView.onDidChangeVisibility(drawAges),
    { dispose: () => clearInterval(ages) },
  ];

  /**
   * The line above a tree is there only with a tree: VS Code shows a welcome view only without one.
   * `undefined` takes a text away, which VS Code's types do not say.
   */
  function showAround(): void {
    if (!signIn) return;
    const inventory = connection?.inventory;
    const state = viewState(signIn, inventory);
    const noGroups = inventory !== undefined && targetedGroupIds(inventory.scripts()).length === 0;
    const description = connection && connectionLine(connection);
    for (const view of [scriptsView, groupsView]) Object.assign(view, { description });
    Object.assign(scriptsView, { message: state === 'ready' && inventory ? summaryLine(summarize(inventory)) : undefined });
    setState({ state, noGroups });
  }

  function refresh(change: InventoryChange): void {
    repeated = connection ? repeatedNames(connection.inventory.groups) : new Set();
    sameName = connection ? namesakes(connection.inventory.scripts()) : new Set();
    showAround();
    summaries.follow(change);
    scripts.refresh(change);
    groups.refresh(change);
  }

  return {
    showConnection(next, kind = next ? 'signedIn' : 'signedOut') {
      signIn = kind;
      if (next !== connection) subscription?.dispose();
      if (next && next !== connection) subscription = next.inventory.onDidChange(refresh);
      connection = next;
      summaries.show(next);
      refresh('all');
    },
    async reveal(script) {
      const found = connection?.inventory.scripts().find(other => scriptKey(other) === scriptKey(script));
      if (!connection || !found) return;
      const node: Node = { kind: 'script', connection: connection.key, script: found };
      await scriptsView.reveal(node, { select: true, focus: true, expand: true });
    },
    selectedNodes: () => lastSelected.selection,
    onDidDrop: drops.event,
    dispose() {
      subscription?.dispose();
      for (const disposable of disposables) disposable.dispose();
    },
  };
}
