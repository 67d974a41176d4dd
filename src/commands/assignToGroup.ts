import { l10n } from 'vscode';
import { supportsTarget } from '../intune/addTargets.ts';
import type { Connection } from '../intune/connection.ts';
import type { Group } from '../intune/group.ts';
import { readGroup } from '../intune/groupSearch.ts';
import { rememberGroups } from '../intune/recentGroups.ts';
import type { Script } from '../intune/script.ts';
import { type Choice, type Everyone, isGroup, targetOf } from '../views/groupPicker/choice.ts';
import { isAssignable } from '../views/groupPicker/groupItems.ts';
import { pickGroups, pickTargets } from '../views/groupPicker/pickGroups.ts';
import { sayError } from '../views/say.ts';
import { scriptCount } from '../views/words/count.ts';
import { groupLabel } from '../views/words/group.ts';
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

const title = (scripts: readonly Script[]): string => {
  const [only] = scripts;
  return only && scripts.length === 1
    ? l10n.t('Assign {0} to Groups', scriptLabel(only))
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
    const choices = await pickTargets(connection.client, connection.memory, title(scripts), everyoneFor(scripts));
    if (choices) await assign(parts, connection, scripts, choices);
  };

/** The group of a row, or of a search. It is read again: it may be gone. */
async function theGroup(parts: WriteAccessParts, connection: Connection, args: readonly unknown[]): Promise<Group | undefined> {
  const [id] = groupIdsOf(resolveNodes(args, parts.selectedNodes) ?? []);
  if (id === undefined) return (await pickGroups(connection.client, connection.memory, l10n.t('Assign Scripts to a Group')))?.[0];
  const group = await readGroup(connection.client, id);
  if (!group) void sayError(l10n.t('The group {0} is deleted.', groupLabel(connection.inventory.groups, id)));
  else if (!isAssignable(group)) void sayError(l10n.t('Intune cannot assign scripts to distribution lists.'));
  else return group;
  return undefined;
}

/** Assign Scripts to It…: includes a group in scripts that the user picks. */
export const assignScriptsToGroup =
  (parts: WriteAccessParts) =>
  async (...args: readonly unknown[]): Promise<void> => {
    const connection = await requireWritable(parts);
    const group = connection && (await theGroup(parts, connection, args));
    if (!group) return;
    const name = groupLabel(new Map([[group.id, { id: group.id, status: 'named', name: group.name }]]), group.id);
    const scripts = await pickScripts(parts, connection.inventory, { title: l10n.t('Assign Scripts to {0}', name), assignableOnly: true });
    if (scripts && (await ensureWriteTiers(parts, scripts))) await assign(parts, connection, scripts, [group]);
  };
