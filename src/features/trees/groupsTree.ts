import { targetKey } from '../../intune/model/assignment.ts';
import { type Script, scriptKey } from '../../intune/model/script.ts';
import { targetedGroupIds } from '../../intune/read/inventory.ts';
import { groupLabel, groupStatus, scriptLabel } from '../../ui/format/names.ts';
import type { GroupNode, GroupScriptNode, Node } from '../../ui/nodes.ts';
import { sortByName } from '../../ui/sort.ts';
import { type Shown, withCopies } from './scriptsTree.ts';
import { inventoryState } from './viewState.ts';

const allScripts = ({ inventory }: Shown): readonly Script[] => [...inventory.families.values()].flatMap(({ scripts }) => scripts ?? []);

/** Every group that a script targets, from what is loaded; those without a name last. */
export function groupRoots(shown: Shown): readonly GroupNode[] {
  const { groups } = shown.inventory;
  if (inventoryState(shown.inventory) !== 'ready') return [];
  const sorted = sortByName(
    targetedGroupIds(allScripts(shown)),
    id => `${groupStatus(groups, id) === 'named' ? 0 : 1} ${groupLabel(groups, id)}`,
    id => id,
  );
  return sorted.map(groupId => ({ kind: 'group', connection: shown.key, groupId }));
}

function scriptsOfGroup(shown: Shown, groupId: string): readonly GroupScriptNode[] {
  const rows = allScripts(shown).flatMap(script =>
    script.assignments.filter(({ target }) => target.groupId === groupId).map(assignment => ({ script, assignment })),
  );
  const keyOf = ({ script, assignment }: (typeof rows)[number]): string => `${scriptKey(script)}|${targetKey(assignment.target)}`;
  const sorted = sortByName(rows, ({ script }) => scriptLabel(script), keyOf);
  return withCopies(sorted, keyOf).map(({ item, copy }) => ({ kind: 'groupScript', connection: shown.key, groupId, ...item, copy }));
}

/** The rows below a row of the Groups view. */
export const groupChildren = (shown: Shown, node: Node): readonly Node[] =>
  node.kind === 'group' && node.connection === shown.key ? scriptsOfGroup(shown, node.groupId) : [];

/** The row above a row of the Groups view. */
export const groupParent = (node: Node): Node | undefined =>
  node.kind === 'groupScript' ? { kind: 'group', connection: node.connection, groupId: node.groupId } : undefined;

/** How many scripts include or exclude a group. */
export function groupUse(shown: Shown, groupId: string): { readonly included: number; readonly excluded: number } {
  const using = (kind: 'group' | 'exclusionGroup'): number =>
    allScripts(shown).filter(({ assignments }) => assignments.some(({ target }) => target.groupId === groupId && target.kind === kind))
      .length;
  return { included: using('group'), excluded: using('exclusionGroup') };
}
