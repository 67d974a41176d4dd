import { l10n } from 'vscode';
import { isLeft } from '../intune/history/pastChange.ts';
import { scriptKey } from '../intune/script.ts';
import type { PickOne } from '../views/scriptPicker/pickRow.ts';
import { groupsOf } from '../views/words/change.ts';
import { changeAssignments } from './changeAssignments.ts';
import { chooseChange } from './pastChanges.ts';
import { ensureWriteTiers, requireWritable, type WriteAccessParts } from './writeAccess.ts';

export interface ResumeParts extends WriteAccessParts {
  readonly pickOne: PickOne;
}

/** Resume…: plans what is left of a change whose window was closed, or that was cancelled, with all of the review. */
export const resumeChange =
  (parts: ResumeParts) =>
  async (...args: readonly unknown[]): Promise<void> => {
    const connection = await requireWritable(parts);
    const words = { title: l10n.t('Resume a Change'), none: l10n.t('There is nothing left to resume.'), counts: isLeft };
    const chosen = connection && (await chooseChange(parts, connection, args, words));
    if (
      !chosen ||
      !(await ensureWriteTiers(
        parts,
        chosen.writes.map(({ script }) => script),
      ))
    )
      return;
    const { change, writes } = chosen;
    const wanted = new Map(writes.map(write => [scriptKey(write.script), write.wanted]));
    const added = writes.flatMap(write => write.wanted.flatMap(one => (one.kind === 'add' ? (one.assignment.target.groupId ?? []) : [])));
    const names = groupsOf(change, connection.inventory.groups);
    await changeAssignments(parts, connection, {
      scripts: writes.map(({ script }) => script),
      groups: [...new Set(added)].map(id => ({ id, name: names.get(id)?.name ?? id })),
      changesFor: script => wanted.get(scriptKey(script)) ?? [],
      resumes: change.id,
      ...(change.undoes !== undefined && { undoes: change.undoes }),
    });
  };
