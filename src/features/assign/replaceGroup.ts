import { l10n } from 'vscode';
import { groupIdsOf, resolveNodes, resolveScripts } from '../../app/selection.ts';
import type { Group } from '../../intune/model/group.ts';
import { scriptKey } from '../../intune/model/script.ts';
import { type GroupReplacement, replaceGroup as replacementChanges, replacementShortfalls } from '../../intune/plan/replaceGroup.ts';
import type { Connection } from '../../intune/read/connection.ts';
import { readGroup, rememberGroups } from '../../intune/read/groupSearch.ts';
import { type Inventory, targetedGroupIds } from '../../intune/read/inventory.ts';
import { groupLabel, quoted } from '../../ui/format/names.ts';
import { groupTitle, pickGroup } from '../../ui/groupPicker.ts';
import { say, sayError } from '../../ui/notifications.ts';
import type { PickOne } from '../../ui/quickPick.ts';
import { targetsGroup } from '../../ui/scriptFilters.ts';
import { groupRows, pickScripts } from '../../ui/scriptPicker.ts';
import { changeAssignments } from '../change/changeFlow.ts';
import { ensureWriteTiers, requireWritable, type WriteAccessParts } from '../change/writeAccess.ts';

export interface ReplaceGroupParts extends WriteAccessParts {
  readonly pickOne: PickOne;
}

type Mode = GroupReplacement['mode'];

/** The group of the row, or one that the user picks of those that scripts target. */
async function pickOld(parts: ReplaceGroupParts, { inventory }: Connection, args: readonly unknown[]): Promise<string | undefined> {
  const targeted = targetedGroupIds(inventory.scripts());
  const [id] = groupIdsOf(resolveNodes(args, parts.selectedNodes) ?? []).filter(one => targeted.includes(one));
  if (id !== undefined) return id;
  if (targeted.length === 0) {
    void say(l10n.t('No script is assigned to a group.'));
    return undefined;
  }
  const words = { title: l10n.t('Replace Group'), placeholder: l10n.t('Search groups that scripts target') };
  const answer = await parts.pickOne(groupRows(inventory), words);
  return answer?.kind === 'picked' ? answer.value : undefined;
}

/** The group that takes its place. It is read again: one that was used lately may be gone. */
async function pickNew({ client, memory, inventory }: Connection, from: string): Promise<Group | undefined> {
  const picked = await pickGroup(client, memory, l10n.t('Replace {0} with', quoted(groupLabel(inventory.groups, from))), from);
  if (!picked) return undefined;
  if (await readGroup(client, picked.id)) return picked;
  void sayError(l10n.t('The group {0} is deleted.', groupTitle(picked)));
  return undefined;
}

async function pickMode({ pickOne }: ReplaceGroupParts, { inventory }: Connection, from: string, to: Group): Promise<Mode | undefined> {
  const [old, other] = [quoted(groupLabel(inventory.groups, from)), quoted(groupTitle(to))];
  const words = { title: l10n.t('Replace Group'), placeholder: l10n.t('Replace {0}, or keep it', old) };
  const answer = await pickOne<Mode>(
    [
      { kind: 'choice', label: l10n.t('Replace {0} with {1}', old, other), icon: 'arrow-swap', value: 'replace' },
      { kind: 'choice', label: l10n.t('Add {0} wherever {1} is', other, old), icon: 'add', value: 'add' },
    ],
    words,
  );
  return answer?.kind === 'picked' ? answer.value : undefined;
}

/** Scripts that have the group: all of them are checked, unless the command came from the rows of some. */
function pickUsers(parts: ReplaceGroupParts, inventory: Inventory, from: string, args: readonly unknown[]) {
  const users = inventory.scripts().filter(script => targetsGroup(script, from));
  const keys = new Set(resolveScripts(args, parts.selectedNodes)?.map(scriptKey));
  const chosen = users.filter(script => keys.has(scriptKey(script)));
  const title = l10n.t('Scripts with {0}', quoted(groupLabel(inventory.groups, from)));
  return pickScripts(parts, { scripts: () => users }, { title, assignableOnly: true, picked: chosen.length > 0 ? chosen : users });
}

/** Asks what takes the place of a group, and in which scripts; undefined when the user leaves. */
async function askReplacement(parts: ReplaceGroupParts, connection: Connection, args: readonly unknown[]) {
  const from = await pickOld(parts, connection, args);
  const to = from === undefined ? undefined : await pickNew(connection, from);
  const mode = from === undefined || !to ? undefined : await pickMode(parts, connection, from, to);
  if (from === undefined || !to || !mode) return undefined;
  const scripts = await pickUsers(parts, connection.inventory, from, args);
  return scripts && { to, scripts, replacement: { from, to: to.id, mode } satisfies GroupReplacement };
}

/** Replace Group…: one group in the place of another one, or beside it, in scripts that the user picks. */
export const replaceGroup =
  (parts: ReplaceGroupParts) =>
  async (...args: readonly unknown[]): Promise<void> => {
    const connection = await requireWritable(parts);
    const asked = connection && (await askReplacement(parts, connection, args));
    if (!asked || !(await ensureWriteTiers(parts, asked.scripts))) return;
    const { to, scripts, replacement } = asked;
    await rememberGroups(connection.memory, [to]);
    await changeAssignments(parts, connection, {
      scripts,
      groups: [to],
      allOrNone: true,
      changesFor: (_, base) => replacementChanges(base, replacement),
      shortfallsFor: (script, base) => replacementShortfalls(script, base, replacement),
    });
  };
