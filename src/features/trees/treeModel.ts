import type { InventoryChange } from '../../intune/read/inventory.ts';
import type { FamilyNode, Node } from '../../ui/nodes.ts';
import { changeChildren, changeParent, changeRoots } from './changesTree.ts';
import { groupChildren, groupParent, groupRoots } from './groupsTree.ts';
import { type Shown, scriptChildren, scriptParent, scriptRoots } from './scriptsTree.ts';

/** A view's rows, as data. */
export interface TreeModel {
  readonly roots: (shown: Shown) => readonly Node[];
  readonly children: (shown: Shown, node: Node) => readonly Node[];
  readonly parent: (node: Node) => Node | undefined;
  /** What a change of one family can be seen in: its row, or everything. */
  readonly changed: (change: InventoryChange, roots: readonly Node[]) => FamilyNode | undefined;
}

const isRowOf =
  (family: InventoryChange) =>
  (node: Node): node is FamilyNode =>
    node.kind === 'family' && node.family === family;

export const scriptsModel: TreeModel = {
  roots: scriptRoots,
  children: scriptChildren,
  parent: scriptParent,
  changed: (change, roots) => roots.find(isRowOf(change)),
};

export const groupsModel: TreeModel = {
  roots: groupRoots,
  children: groupChildren,
  parent: groupParent,
  changed: () => undefined,
};

export const changesModel: TreeModel = {
  roots: changeRoots,
  children: changeChildren,
  parent: changeParent,
  changed: () => undefined,
};
