import { l10n, window } from 'vscode';
import { addGroups } from '../intune/addGroups.ts';
import type { Connection } from '../intune/connection.ts';
import { familyOf } from '../intune/families.ts';
import type { Group } from '../intune/group.ts';
import { readGroup } from '../intune/groupSearch.ts';
import type { Tier } from '../intune/permissions.ts';
import { rememberGroups } from '../intune/recentGroups.ts';
import { type Script, scriptKey } from '../intune/script.ts';
import { isAssignable } from '../views/groupPicker/groupItems.ts';
import { pickGroups } from '../views/groupPicker/pickGroups.ts';
import type { Node } from '../views/nodes.ts';
import { withoutLinks } from '../views/plainText.ts';
import type { PickMany } from '../views/scriptPicker/pickRow.ts';
import { scriptCount } from '../views/words/count.ts';
import { groupLabel } from '../views/words/group.ts';
import { scriptLabel } from '../views/words/script.ts';
import { changeAssignments } from './changeAssignments.ts';
import { pickScripts } from './pickScripts.ts';
import { type ConnectionParts, requireScripts } from './requireConnection.ts';
import { groupIdsOf, resolveNodes, resolveScripts } from './selection.ts';
import type { WriteCommandParts } from './writeCommandParts.ts';

export interface AssignParts extends WriteCommandParts, ConnectionParts {
  readonly connection: () => Connection | undefined;
  readonly selectedNodes: () => readonly Node[];
  readonly pickMany: PickMany;
  /** Sees to it that a tier can be written with, and says why not. */
  readonly ensureTier: (tier: Tier) => Promise<boolean>;
}

const canBeAssigned = ({ family }: Script): boolean => familyOf(family).assignKey !== undefined;

/** Compliance scripts belong to a policy; the user is told, and the others go on. */
function assignable(scripts: readonly Script[]): readonly Script[] {
  const some = scripts.filter(canBeAssigned);
  if (some.length < scripts.length) {
    void window.showInformationMessage(
      l10n.t(
        'Custom compliance scripts are assigned through their compliance policy, so {0} cannot be assigned here.',
        scriptCount(scripts.length - some.length),
      ),
    );
  }
  return some;
}

function refusedReadOnly(parts: AssignParts): boolean {
  const { readOnly } = parts.settings();
  if (readOnly) void window.showInformationMessage(l10n.t('Intune Scripts is set to read only.'));
  return readOnly;
}

/** Permission to write is there before anything is picked, so that nobody picks in vain. */
async function ensureTiers(parts: AssignParts, scripts: readonly Script[]): Promise<boolean> {
  for (const tier of new Set(scripts.map(({ family }) => familyOf(family).writeTier))) {
    if (!(await parts.ensureTier(tier))) return false;
  }
  return true;
}

async function assign(parts: AssignParts, connection: Connection, scripts: readonly Script[], groups: readonly Group[]): Promise<void> {
  const ids = groups.map(({ id }) => id);
  await rememberGroups(connection.memory, groups);
  await changeAssignments(parts, connection, { scripts, groups, changesFor: script => addGroups(script, ids) });
}

const title = (scripts: readonly Script[]): string => {
  const [only] = scripts;
  return only && scripts.length === 1
    ? l10n.t('Assign {0} to Groups', scriptLabel(only))
    : l10n.t('Assign {0} to Groups', scriptCount(scripts.length));
};

/** Anybody can call a command with rows of their own making; only what the inventory has is taken, by its own name. */
function inView({ inventory }: Connection, scripts: readonly Script[] | undefined): readonly Script[] | undefined {
  if (!scripts) return undefined;
  const keys = new Set(scripts.map(scriptKey));
  const known = inventory.scripts().filter(script => keys.has(scriptKey(script)));
  return known.length > 0 ? known : undefined;
}

/** Assign to Group…: includes groups in the scripts of the rows, or in those that the user picks. */
export const assignToGroup =
  (parts: AssignParts) =>
  async (...args: readonly unknown[]): Promise<void> => {
    if (refusedReadOnly(parts)) return;
    const connection = await requireScripts(parts);
    if (!connection) return;
    const resolved = inView(connection, resolveScripts(args, parts.selectedNodes));
    const picked =
      resolved ?? (await pickScripts(parts, connection.inventory, { title: l10n.t('Assign to Group: Scripts'), assignableOnly: true }));
    const scripts = assignable(picked ?? []);
    if (scripts.length === 0 || !(await ensureTiers(parts, scripts))) return;
    const groups = await pickGroups(connection.client, connection.memory, title(scripts));
    if (groups) await assign(parts, connection, scripts, groups);
  };

/** The group of a row, or of a search. It is read again: it may be gone. */
async function theGroup(parts: AssignParts, connection: Connection, args: readonly unknown[]): Promise<Group | undefined> {
  const [id] = groupIdsOf(resolveNodes(args, parts.selectedNodes) ?? []);
  if (id === undefined) return (await pickGroups(connection.client, connection.memory, l10n.t('Assign Scripts to a Group')))?.[0];
  const group = await readGroup(connection.client, id);
  if (!group) void window.showErrorMessage(withoutLinks(l10n.t('The group {0} is deleted.', groupLabel(connection.inventory.groups, id))));
  else if (!isAssignable(group)) void window.showErrorMessage(l10n.t('Intune cannot assign scripts to distribution lists.'));
  else return group;
  return undefined;
}

/** Assign Scripts to It…: includes a group in scripts that the user picks. */
export const assignScriptsToGroup =
  (parts: AssignParts) =>
  async (...args: readonly unknown[]): Promise<void> => {
    if (refusedReadOnly(parts)) return;
    const connection = await requireScripts(parts);
    const group = connection && (await theGroup(parts, connection, args));
    if (!group) return;
    const name = groupLabel(new Map([[group.id, { id: group.id, status: 'named', name: group.name }]]), group.id);
    const scripts = await pickScripts(parts, connection.inventory, { title: l10n.t('Assign Scripts to {0}', name), assignableOnly: true });
    if (scripts && (await ensureTiers(parts, scripts))) await assign(parts, connection, scripts, [group]);
  };
