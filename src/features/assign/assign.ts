import { l10n } from 'vscode';
import { groupIdsOf, resolveNodes } from '../../app/selection.ts';
import type { Group } from '../../intune/model/group.ts';
import type { Script } from '../../intune/model/script.ts';
import type { Target } from '../../intune/model/target.ts';
import { addTargets, oppositeOf, supportsTarget } from '../../intune/plan/addTargets.ts';
import { standing } from '../../intune/plan/limitations.ts';
import type { Connection } from '../../intune/read/connection.ts';
import { readGroup, rememberGroups } from '../../intune/read/groupSearch.ts';
import { groupCount, scriptCount } from '../../ui/format/count.ts';
import { groupLabel, quoted, scriptLabel } from '../../ui/format/names.ts';
import { type Choice, type Everyone, isAssignable, isGroup, pickGroups, pickTargets, targetOf } from '../../ui/groupPicker.ts';
import { sayError } from '../../ui/notifications.ts';
import { pickScripts } from '../../ui/scriptPicker.ts';
import { changeAssignments } from '../change/changeFlow.ts';
import { ensureWriteTiers, requireWritable, supporting, type WriteAccessParts, writableScripts } from '../change/writeAccess.ts';
import { askOptions } from './askOptions.ts';

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

const optionsTitle = ([first, ...others]: readonly Script[]): string =>
  l10n.t('Assign {0}: Schedule and Filter', first && others.length === 0 ? quoted(scriptLabel(first)) : scriptCount(others.length + 1));

/** Assigns scripts to targets that were picked; how remediations are to run is asked before. `groups` are those among the targets. */
async function assignTargets(
  parts: WriteAccessParts,
  connection: Connection,
  scripts: readonly Script[],
  targets: readonly Target[],
  groups: readonly Group[] = [],
): Promise<void> {
  const { inventory } = connection;
  const asked = await askOptions(parts, { title: optionsTitle(scripts), scripts, inventory, now: parts.clock.now() });
  if (!asked) return;
  const options = { ...asked, ...oppositeOf(scripts) };
  await changeAssignments(parts, connection, {
    scripts,
    groups,
    changesFor: script => addTargets(script, targets, options),
    shortfallsFor: (script, base) => standing(addTargets(script, targets, options), base),
  });
}

const everyoneTitle = (kind: Everyone): string =>
  kind === 'allDevices' ? l10n.t('Assign to All Devices: Scripts') : l10n.t('Assign to All Users: Scripts');

/** Assign to All Devices…, Assign to All Users…: of the scripts of the rows, or of those that the user picks. */
export const assignToEveryone =
  (parts: WriteAccessParts, kind: Everyone) =>
  async (...args: readonly unknown[]): Promise<void> => {
    const connection = await requireWritable(parts);
    const chosen = connection && (await writableScripts(parts, connection, args, everyoneTitle(kind)));
    const scripts = supporting(parts, chosen ?? [], kind);
    if (!connection || scripts.length === 0) return;
    await assignTargets(parts, connection, scripts, [{ kind }]);
  };

const excludeTitle = (scripts: readonly Script[]): string => {
  const [only] = scripts;
  return only && scripts.length === 1
    ? l10n.t('Exclude Groups from {0}', quoted(scriptLabel(only)))
    : l10n.t('Exclude Groups from {0}', scriptCount(scripts.length));
};

/** Exclude Group…: takes groups out of whom the scripts of the rows, or those that the user picks, reach. */
export const excludeGroup =
  (parts: WriteAccessParts) =>
  async (...args: readonly unknown[]): Promise<void> => {
    const connection = await requireWritable(parts);
    const chosen = connection && (await writableScripts(parts, connection, args, l10n.t('Exclude Group: Scripts')));
    const scripts = supporting(parts, chosen ?? [], 'exclusionGroup');
    if (!connection || scripts.length === 0) return;
    const groups = await pickGroups(connection.client, connection.memory, excludeTitle(scripts));
    if (!groups) return;
    await rememberGroups(connection.memory, groups);
    const targets = groups.map(({ id }): Target => ({ kind: 'exclusionGroup', groupId: id }));
    await changeAssignments(parts, connection, {
      scripts,
      groups,
      changesFor: script => addTargets(script, targets, oppositeOf(scripts)),
      shortfallsFor: (script, base) => standing(addTargets(script, targets), base),
    });
  };
