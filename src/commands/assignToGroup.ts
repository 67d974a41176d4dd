import { l10n } from 'vscode';
import type { Group } from '../intune/model/group.ts';
import type { Script } from '../intune/model/script.ts';
import { supportsTarget } from '../intune/plan/addTargets.ts';
import type { Connection } from '../intune/read/connection.ts';
import { readGroup, rememberGroups } from '../intune/read/groupSearch.ts';
import { type Choice, type Everyone, isGroup, targetOf } from '../views/groupPicker/choice.ts';
import { isAssignable } from '../views/groupPicker/groupItems.ts';
import { pickGroups, pickTargets } from '../views/groupPicker/pickGroups.ts';
import { sayError } from '../views/say.ts';
import { groupCount, scriptCount } from '../views/words/count.ts';
import { groupLabel } from '../views/words/group.ts';
import { quoted } from '../views/words/quoted.ts';
import { scriptLabel } from '../views/words/script.ts';
import { assignTargets } from './assignTargets.ts';
import { pickScripts } from './pickScripts.ts';
import { groupIdsOf, resolveNodes } from './selection.ts';
import { ensureWriteTiers, requireWritable, type WriteAccessParts, writableScripts } from './writeAccess.ts';

async function assign(
  parts: WriteAccessParts,
  connection: Connection,
  scripts: readonly Script[],
  choices: readonly Choice[],
): Promise<void> {
  const groups = choices.filter(isGroup);
  await rememberGroups(connection.memory, groups);
  await assignTargets(parts, connection, scripts, choices.map(targetOf), groups);
}

const groupTitle = (scripts: readonly Script[]): string => {
  const [only] = scripts;
  return only && scripts.length === 1
    ? l10n.t('Assign {0} to Groups', quoted(scriptLabel(only)))
    : l10n.t('Assign {0} to Groups', scriptCount(scripts.length));
};

/** Everyone, as far as each of the scripts can be assigned so. */
const everyoneFor = (scripts: readonly Script[]): readonly Everyone[] =>
  (['allDevices', 'allUsers'] as const).filter(kind => scripts.every(script => supportsTarget(script, kind)));

/** Assign to Group…: includes groups in the scripts of the rows, or in those that the user picks. */
export const assignToGroup =
  (parts: WriteAccessParts) =>
  async (...args: readonly unknown[]): Promise<void> => {
    const connection = await requireWritable(parts);
    const scripts = connection && (await writableScripts(parts, connection, args, l10n.t('Assign to Group: Scripts')));
    if (!scripts) return;
    const choices = await pickTargets(connection.client, connection.memory, groupTitle(scripts), everyoneFor(scripts));
    if (choices) await assign(parts, connection, scripts, choices);
  };

/** A group as it is now, if it is there and can be assigned; else undefined, after words. */
async function assignableGroup({ client, inventory }: Connection, id: string): Promise<Group | undefined> {
  const group = await readGroup(client, id);
  if (!group) void sayError(l10n.t('The group {0} is deleted.', groupLabel(inventory.groups, id)));
  else if (!isAssignable(group)) void sayError(l10n.t('Intune cannot assign scripts to distribution lists.'));
  else return group;
  return undefined;
}

/** The groups of the rows, or of a search. Those of rows are read again: they may be gone. */
async function theGroups(parts: WriteAccessParts, connection: Connection, args: readonly unknown[]): Promise<readonly Group[]> {
  const ids = groupIdsOf(resolveNodes(args, parts.selectedNodes) ?? []);
  if (ids.length === 0) return (await pickGroups(connection.client, connection.memory, l10n.t('Assign Scripts to Groups'))) ?? [];
  const groups = await Promise.all(ids.map(id => assignableGroup(connection, id)));
  return groups.filter(group => group !== undefined);
}

const scriptsTitle = (groups: readonly Group[]): string => {
  const known = new Map(groups.map(({ id, name }) => [id, { id, name, status: 'named' as const }]));
  const [only] = groups;
  return only && groups.length === 1
    ? l10n.t('Assign Scripts to {0}', quoted(groupLabel(known, only.id)))
    : l10n.t('Assign Scripts to {0}', groupCount(groups.length));
};

/** Assign Scripts to Group…: includes the groups of the rows, or those that the user picks, in scripts that the user picks. */
export const assignScriptsToGroup =
  (parts: WriteAccessParts) =>
  async (...args: readonly unknown[]): Promise<void> => {
    const connection = await requireWritable(parts);
    const groups = connection ? await theGroups(parts, connection, args) : [];
    if (!connection || groups.length === 0) return;
    const scripts = await pickScripts(parts, connection.inventory, { title: scriptsTitle(groups), assignableOnly: true });
    if (scripts && (await ensureWriteTiers(parts, scripts))) await assign(parts, connection, scripts, groups);
  };
