import { l10n } from 'vscode';
import { canBeUndone, type PastWrite } from '../../intune/history/pastChange.ts';
import { readHistory, readNow } from '../../intune/history/recovery.ts';
import { type Undoing, undo, undoingOf } from '../../intune/history/undo.ts';
import { scriptKey } from '../../intune/model/script.ts';
import type { Connection } from '../../intune/read/connection.ts';
import { views } from '../../manifest.ts';
import { differenceWords, groupsOf } from '../../ui/format/change.ts';
import { scriptCount } from '../../ui/format/count.ts';
import { scriptLabel } from '../../ui/format/names.ts';
import { withViewProgress } from '../../ui/progress.ts';
import type { PickOne } from '../../ui/quickPick.ts';
import { changeAssignments } from '../change/changeFlow.ts';
import { type Chosen, chooseChange } from '../change/pastChanges.ts';
import { ensureWriteTiers, refusesAsReadOnly, requireWritable, type WriteAccessParts } from '../change/writeAccess.ts';

export interface UndoParts extends WriteAccessParts {
  readonly pickOne: PickOne;
}

interface Blocked {
  readonly write: PastWrite;
  readonly undoing: Undoing;
}

/** The writes whose rows somebody changed since. A script that cannot be read now is told by the review. */
async function changedSince(parts: UndoParts, { client }: Connection, writes: readonly PastWrite[]): Promise<readonly Blocked[]> {
  const now = await withViewProgress(
    () =>
      readNow(
        client,
        writes.map(({ script }) => script),
      ),
    views.changes,
  );
  return writes.flatMap(write => {
    const read = now.get(scriptKey(write.script));
    const undoing = read?.ok ? undo(write, read.value, { anyway: false, now: parts.clock.now() }) : undefined;
    return undoing && undoing.changedSince.length > 0 ? [{ write, undoing }] : [];
  });
}

/** The scripts that somebody changed since and that are taken back all the same: none, unless that is chosen. Undefined when the user leaves. */
async function askAnyway(
  { pickOne }: UndoParts,
  { inventory }: Connection,
  { change, writes }: Chosen,
  blocked: readonly Blocked[],
): Promise<ReadonlySet<string> | undefined> {
  const [first] = blocked;
  if (!first) return new Set();
  const groups = groupsOf(change, inventory.groups);
  const rows = first.undoing.changedSince.map(difference => differenceWords(difference, groups, true)).join(', ');
  const what = blocked.length === 1 ? l10n.t('{0}: {1}', scriptLabel(first.write.script), rows) : scriptCount(blocked.length);
  const rest = blocked.length < writes.length ? l10n.t('Undo the other scripts') : l10n.t('Nothing is undone');
  const leave = { kind: 'choice', label: l10n.t('Leave as It Is'), description: rest, value: false } as const;
  const anyway = {
    kind: 'choice',
    label: l10n.t('Undo All the Same'),
    description: l10n.t('What was changed since is lost'),
    value: true,
  } as const;
  const words = { title: l10n.t('Changed Since'), placeholder: what };
  const answer = await pickOne<boolean>([leave, anyway], words);
  if (answer?.kind !== 'picked') return undefined;
  return new Set(answer.value ? blocked.map(({ write }) => scriptKey(write.script)) : []);
}

/** Takes writes of a change back. `resumes` is an undo of it that was interrupted, by its id in the journal. */
export async function undoChosen(parts: UndoParts, connection: Connection, chosen: Chosen, resumes?: string): Promise<void> {
  if (
    !(await ensureWriteTiers(
      parts,
      chosen.writes.map(({ script }) => script),
    ))
  )
    return;
  const blocked = await changedSince(parts, connection, chosen.writes);
  const anyway = await askAnyway(parts, connection, chosen, blocked);
  if (!anyway) return;
  const names = groupsOf(chosen.change, connection.inventory.groups);
  await changeAssignments(parts, connection, undoingOf(chosen, names, { anyway, resumes, now: () => parts.clock.now() }));
}

/** Undo…: takes back a change, one script of it, or the change that the user picks. */
export const undoChange =
  (parts: UndoParts) =>
  async (...args: readonly unknown[]): Promise<void> => {
    const connection = await requireWritable(parts);
    const words = { title: l10n.t('Undo a Change'), none: l10n.t('There is no change to undo.'), counts: canBeUndone };
    const chosen = connection && (await chooseChange(parts, connection, args, words));
    if (chosen) await undoChosen(parts, connection, chosen);
  };

/** Takes back the change that has just been made. */
export async function undoById(parts: UndoParts, connection: Connection, id: string): Promise<void> {
  if (refusesAsReadOnly(parts)) return;
  const changes = await readHistory(parts.journal(connection));
  const change = changes.find(one => one.id === id);
  const writes = change?.writes.filter(canBeUndone) ?? [];
  if (!change || writes.length === 0) return void parts.say(l10n.t('There is no change to undo.'));
  if (parts.connection()?.key !== connection.key) return void parts.say(l10n.t('Sign in to the tenant of the change to undo it.'));
  await undoChosen(parts, connection, { change, writes, changes });
}
