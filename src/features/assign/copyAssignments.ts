import { l10n } from 'vscode';
import { resolveScripts } from '../../app/selection.ts';
import type { Assignment } from '../../intune/model/assignment.ts';
import type { KnownGroup } from '../../intune/model/group.ts';
import { type Script, scriptKey } from '../../intune/model/script.ts';
import { addGroups, afterAdding } from '../../intune/plan/addTargets.ts';
import { type CopyMode, type CopySource, copyInTurn, readCopySource } from '../../intune/plan/copyAssignments.ts';
import type { Wanted } from '../../intune/plan/propose.ts';
import type { Connection } from '../../intune/read/connection.ts';
import { scriptCount } from '../../ui/format/count.ts';
import { quoted, scriptLabel } from '../../ui/format/names.ts';
import { say } from '../../ui/notifications.ts';
import { withViewProgress } from '../../ui/progress.ts';
import type { PickOne } from '../../ui/quickPick.ts';
import { pickScripts, scriptRows } from '../../ui/scriptPicker.ts';
import { changeAssignments } from '../change/changeFlow.ts';
import { ensureWriteTiers, inView, requireWritable, type WriteAccessParts } from '../change/writeAccess.ts';

export interface CopyParts extends WriteAccessParts {
  readonly pickOne: PickOne;
}

/** What is copied: a script's assignments, or those that `takes` lets through. */
export interface CopyFrom {
  readonly script: Script;
  readonly takes?: (row: Assignment) => boolean;
}

/** Reads a source on its own: what the tree shows may be old. */
async function readSource(parts: CopyParts, connection: Connection, { script, takes = () => true }: CopyFrom): Promise<CopySource> {
  const source = await readCopySource(connection, script, await parts.journal(connection).read(), parts.clock);
  return { ...source, rows: source.rows.filter(takes) };
}

/** Each script once, with all that is taken of it. */
const byScript = (from: readonly CopyFrom[]): readonly CopyFrom[] =>
  [...Map.groupBy(from, ({ script }) => scriptKey(script)).values()].flatMap(([first, ...others]) =>
    first ? [{ script: first.script, takes: (row: Assignment) => [first, ...others].some(({ takes }) => !takes || takes(row)) }] : [],
  );

const readSources = (parts: CopyParts, connection: Connection, from: readonly CopyFrom[]): Promise<readonly CopySource[]> =>
  withViewProgress(() => Promise.all(byScript(from).map(one => readSource(parts, connection, one))));

/** Adds groups and copies of other scripts' rows, read anew, to scripts. */
export async function copyTo(
  parts: CopyParts,
  connection: Connection,
  scripts: readonly Script[],
  { from, mode, groupIds = [] }: { readonly from: readonly CopyFrom[]; readonly mode: CopyMode; readonly groupIds?: readonly string[] },
): Promise<void> {
  const sources = await readSources(parts, connection, from);
  const rows = sources.flatMap(source => source.rows);
  if (rows.length + groupIds.length === 0) {
    void say(l10n.t('There is nothing to copy: no such assignment is there now.'));
    return;
  }
  const now = (): number => parts.clock.now();
  await changeAssignments(parts, connection, {
    scripts,
    groups: knownGroups(connection.inventory.groups, [...groupIds, ...rows.flatMap(({ target }) => target.groupId ?? [])]),
    changesFor: (script, base) => {
      const groups = addGroups(script, groupIds);
      return [...groups, ...copyInTurn(sources, script, afterAdding(base, groups), mode, now()).changes];
    },
    shortfallsFor: (script, base) => copyInTurn(sources, script, afterAdding(base, addGroups(script, groupIds)), mode, now()).shortfalls,
  });
}

/** The script of the row, or one that the user picks of those that are assigned. */
async function pickSource(parts: CopyParts, connection: Connection, args: readonly unknown[]): Promise<Script | undefined> {
  const [only, ...more] = inView(connection, resolveScripts(args, parts.selectedNodes)) ?? [];
  if (only && more.length === 0) return only;
  const assigned = connection.inventory.scripts().filter(({ assignments }) => assignments.length > 0);
  if (assigned.length === 0) {
    void say(l10n.t('No script is assigned, so there is nothing to copy.'));
    return undefined;
  }
  const words = { title: l10n.t('Copy Assignments: From'), placeholder: l10n.t('Search scripts by name, family or assignment') };
  const answer = await parts.pickOne(scriptRows(assigned), words);
  return answer?.kind === 'picked' ? answer.value : undefined;
}

async function pickMode({ pickOne }: CopyParts, from: Script, count: number): Promise<CopyMode | undefined> {
  const rows = [
    {
      kind: 'choice',
      label: l10n.t('Add'),
      description: l10n.t('What they are assigned to already stays as it is'),
      icon: 'add',
      value: 'add',
    },
    {
      kind: 'choice',
      label: l10n.t('Replace'),
      description: l10n.t('What {0} is not assigned to is removed', quoted(scriptLabel(from))),
      icon: 'replace-all',
      value: 'replace',
    },
  ] as const;
  const words = {
    title: l10n.t('Copy Assignments of {0} to {1}', quoted(scriptLabel(from)), scriptCount(count)),
    placeholder: l10n.t('Add to the assignments that are there, or replace them'),
  };
  const answer = await pickOne<CopyMode>(rows, words);
  return answer?.kind === 'picked' ? answer.value : undefined;
}

/** Copy Assignments…: from one script to others that the user picks. */
export const copyAssignments =
  (parts: CopyParts) =>
  async (...args: readonly unknown[]): Promise<void> => {
    const connection = await requireWritable(parts);
    const from = connection && (await pickSource(parts, connection, args));
    if (!from) return;
    const others = connection.inventory.scripts().filter(other => scriptKey(other) !== scriptKey(from));
    const title = l10n.t('Copy Assignments of {0} to', quoted(scriptLabel(from)));
    const scripts = await pickScripts(parts, { scripts: () => others }, { title, assignableOnly: true });
    if (!scripts || !(await ensureWriteTiers(parts, scripts))) return;
    const mode = await pickMode(parts, from, scripts.length);
    if (mode) await copyTo(parts, connection, scripts, { from: [{ script: from }], mode });
  };

/** Those groups whose state is known, so that a plan counts them, and looks whether they are there, with its first read. */
const knownGroups = (groups: ReadonlyMap<string, KnownGroup>, ids: readonly string[]): Wanted['groups'] =>
  [...new Set(ids)].flatMap(id => {
    const group = groups.get(id);
    return group && group.status !== 'unreadable' ? [{ id, name: group.name ?? '' }] : [];
  });
