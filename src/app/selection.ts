import type { Cloud } from '../graph/clouds.ts';
import { urlPart } from '../graph/request.ts';
import { familyOf } from '../intune/model/families.ts';
import { type Script, type ScriptRef, scriptKey } from '../intune/model/script.ts';
import { isNode, type Node } from '../ui/nodes.ts';

/** What a keybinding hands over as `args`, so that its command takes the view's selection. The palette hands over nothing. */
export const ofSelection = 'selection';

/**
 * The rows that a command is for: (item, items) from a menu, the view's selection from a keybinding with the argument `selection`.
 * Undefined from the palette, and where nothing is selected: the caller asks then, or says what to select.
 */
export function resolveNodes(args: readonly unknown[], selected: () => readonly Node[]): readonly Node[] | undefined {
  const [item, items] = args;
  const nodes = item === ofSelection ? selected() : isNode(item) ? nodesOfMenu(item, items) : [];
  return nodes.length > 0 ? nodes : undefined;
}

/** A menu on a row outside of the selection is for that row alone. */
function nodesOfMenu(item: Node, items: unknown): readonly Node[] {
  const all = Array.isArray(items) ? items.filter(isNode) : [];
  return all.includes(item) ? all : [item];
}

/** The scripts of these rows, each once: of an assignment, its script. A family or a group is no script. */
export function scriptsOf(nodes: readonly Node[]): readonly Script[] {
  const scripts = nodes.flatMap(node => ('script' in node ? [node.script] : []));
  return [...new Map(scripts.map(script => [scriptKey(script), script])).values()];
}

/** The scripts that a command is for, as the one resolver gives them; undefined where the caller has to ask. */
export function resolveScripts(args: readonly unknown[], selected: () => readonly Node[]): readonly Script[] | undefined {
  const scripts = scriptsOf(resolveNodes(args, selected) ?? []);
  return scripts.length > 0 ? scripts : undefined;
}

/** The group of a row that stands for one: in the Groups view the group, in the Scripts view an assignment's. */
function groupIdOf(node: Node): string | undefined {
  if (node.kind === 'group') return node.groupId;
  return node.kind === 'assignment' ? node.assignment.target.groupId : undefined;
}

/** The groups of these rows, each once. */
export const groupIdsOf = (nodes: readonly Node[]): readonly string[] => [...new Set(nodes.flatMap(node => groupIdOf(node) ?? []))];

/** The ids that these rows stand for, each once: of a script, of an assignment's group, of a group. */
export const idsOf = (nodes: readonly Node[]): readonly string[] => [
  ...new Set(nodes.flatMap(node => (node.kind === 'script' || node.kind === 'groupScript' ? [node.script.id] : (groupIdOf(node) ?? [])))),
];

/** The pages of the admin center that these rows stand for, each once. */
export const linksOf = (nodes: readonly Node[], cloud: Cloud): readonly string[] => [
  ...new Set(
    nodes.flatMap(node => {
      if (node.kind === 'script' || node.kind === 'groupScript') return [scriptLink(cloud, node.script)];
      const id = groupIdOf(node);
      return id === undefined ? [] : [groupLink(cloud, id)];
    }),
  ),
];

/** The page of a script in the Intune admin center. */
const scriptLink = (cloud: Pick<Cloud, 'adminCenter'>, { family, id }: Pick<ScriptRef, 'family' | 'id'>): string =>
  `${cloud.adminCenter}/${familyOf(family).adminCenterPath(urlPart(id))}`;

/** The page of a group in the Intune admin center, which has the group pages of Microsoft Entra. */
const groupLink = (cloud: Pick<Cloud, 'adminCenter'>, id: string): string =>
  `${cloud.adminCenter}/#view/Microsoft_AAD_IAM/GroupDetailsMenuBlade/~/Overview/groupId/${urlPart(id)}`;
