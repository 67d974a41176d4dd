import { l10n } from 'vscode';
import { groupIdsOf, resolveNodes, scriptsOf } from '../../app/selection.ts';
import { targetKey } from '../../intune/model/assignment.ts';
import type { Change } from '../../intune/model/change.ts';
import { type Script, type ScriptRef, scriptKey } from '../../intune/model/script.ts';
import { type AssignmentOf, isRemovable, removalShortfalls, removals } from '../../intune/plan/removals.ts';
import type { Connection } from '../../intune/read/connection.ts';
import { assignmentRows, scriptsOfGroupRows } from '../../ui/assignmentPicker.ts';
import { groupCount, scriptCount } from '../../ui/format/count.ts';
import { groupLabel, namesOf, quoted, scriptLabel } from '../../ui/format/names.ts';
import type { Node } from '../../ui/nodes.ts';
import { pickScripts } from '../../ui/scriptPicker.ts';
import { changeAssignments } from '../change/changeFlow.ts';
import { assignable, ensureWriteTiers, requireWritable, type WriteAccessParts } from '../change/writeAccess.ts';

type Row = AssignmentOf<Script>;

const rowsOf = (scripts: readonly Script[]): readonly Row[] =>
  scripts.flatMap(script => script.assignments.map(assignment => ({ script, assignment })));

const scriptsOfRows = (rows: readonly Row[]): readonly Script[] => [
  ...new Map(rows.map(({ script }) => [scriptKey(script), script])).values(),
];

/** Whether a row is an assignment itself, and not something that has some. */
const isOne = ({ kind }: Node): boolean => kind === 'assignment' || kind === 'groupScript';

/** The assignments that a row stands for: itself, those of a script, those of a group. */
function rowsOfNode(node: Node, scripts: ReadonlyMap<string, Script>): readonly Row[] {
  if (node.kind === 'group') return rowsOf([...scripts.values()]).filter(({ assignment }) => assignment.target.groupId === node.groupId);
  if (!('script' in node)) return [];
  const script = scripts.get(scriptKey(node.script));
  if (!script) return [];
  return 'assignment' in node ? [{ script, assignment: node.assignment }] : rowsOf([script]);
}

/** The assignments that rows stand for, each once, of scripts that the inventory has. */
function rowsOfNodes(nodes: readonly Node[], { inventory }: Connection): readonly Row[] {
  const scripts = new Map(inventory.scripts().map(script => [scriptKey(script), script]));
  const rows = nodes.flatMap(node => rowsOfNode(node, scripts));
  return [
    ...new Map(rows.map(row => [`${scriptKey(row.script)} ${targetKey(row.assignment.target)} ${row.assignment.direct}`, row])).values(),
  ];
}

/** Rows of policy sets, and of scripts that are assigned through a policy, are left out, with words. */
function removable(parts: WriteAccessParts, all: readonly Row[]): readonly Row[] {
  const { say } = parts;
  const written = new Set(assignable(parts, scriptsOfRows(all)));
  const rows = all.filter(({ script }) => written.has(script));
  const some = rows.filter(({ script, assignment }) => isRemovable(script, assignment));
  const left = rows.length - some.length;
  if (all.length === 0) void say(l10n.t('There is no assignment to remove.'));
  if (left === 1) void say(l10n.t('One assignment comes from a policy set, so that it is removed there and not here.'));
  if (left > 1) void say(l10n.t('{0} assignments come from policy sets, so that they are removed there and not here.', left));
  return some;
}

function titleOf(nodes: readonly Node[], { inventory }: Connection): string {
  const groups = groupIdsOf(nodes);
  const scripts = scriptsOf(nodes);
  const [group] = groups;
  const [script] = scripts;
  if (script && scripts.length === 1) return l10n.t('Remove Assignments of {0}', quoted(scriptLabel(script)));
  if (script) return l10n.t('Remove Assignments of {0}', scriptCount(scripts.length));
  const name = group !== undefined && groups.length === 1 ? quoted(groupLabel(inventory.groups, group)) : groupCount(groups.length);
  return l10n.t('Remove {0} from Scripts', name);
}

/** Which of the assignments, where rows stand for more than themselves. */
function pickRows(parts: WriteAccessParts, connection: Connection, nodes: readonly Node[], rows: readonly Row[]) {
  const now = parts.clock.now();
  const title = titleOf(nodes, connection);
  const oneGroup = nodes.length === 1 && nodes[0]?.kind === 'group';
  return oneGroup
    ? parts.pickMany(scriptsOfGroupRows(rows, namesOf(connection.inventory), now), { title, placeholder: l10n.t('Choose the scripts') })
    : parts.pickMany(assignmentRows(rows, namesOf(connection.inventory), now), {
        title,
        placeholder: l10n.t('Choose the assignments to remove'),
      });
}

/** Scripts that have assignments, as the user picks them. */
async function pickNodes(parts: WriteAccessParts, { key, inventory }: Connection): Promise<readonly Node[] | undefined> {
  const hasRows = (script: Script): boolean => script.assignments.some(row => isRemovable(script, row));
  const assigned = { scripts: () => inventory.scripts().filter(hasRows) };
  const scripts = await pickScripts(parts, assigned, { title: l10n.t('Remove Assignments: Scripts'), assignableOnly: true });
  return scripts?.map(script => ({ kind: 'script', connection: key, script }));
}

const ensureFor = (parts: WriteAccessParts, rows: readonly Row[]): Promise<boolean> =>
  ensureWriteTiers(
    parts,
    rows.map(({ script }) => script),
  );

async function rowsToRemove(parts: WriteAccessParts, connection: Connection, args: readonly unknown[]): Promise<readonly Row[]> {
  const nodes = resolveNodes(args, parts.selectedNodes) ?? (await pickNodes(parts, connection));
  const rows = nodes ? removable(parts, rowsOfNodes(nodes, connection)) : [];
  if (!nodes || rows.length === 0) return [];
  // A group is in scripts of many families, for which not everybody has the permission: there, it is asked for what is chosen.
  const ofGroup = nodes.some(({ kind }) => kind === 'group');
  if (!ofGroup && !(await ensureFor(parts, rows))) return [];
  const chosen = nodes.every(isOne) ? rows : ((await pickRows(parts, connection, nodes, rows)) ?? []);
  return ofGroup && !(await ensureFor(parts, chosen)) ? [] : chosen;
}

/** Remove Assignment…: the assignments of the rows; of scripts or a group, those that the user picks. */
export const removeAssignment =
  (parts: WriteAccessParts) =>
  async (...args: readonly unknown[]): Promise<void> => {
    const connection = await requireWritable(parts);
    const rows = connection ? await rowsToRemove(parts, connection, args) : [];
    if (!connection || rows.length === 0) return;
    const changes = removals(rows);
    const scripts = scriptsOfRows(rows);
    const changesFor = (script: ScriptRef): readonly Change[] => changes.get(scriptKey(script)) ?? [];
    const shown = new Map(scripts.map(script => [scriptKey(script), script.assignments]));
    await changeAssignments(parts, connection, {
      scripts,
      groups: [],
      changesFor,
      shortfallsFor: (script, base) => removalShortfalls(changesFor(script), shown.get(scriptKey(script)) ?? [], base),
    });
  };
