import { l10n } from 'vscode';
import { isLeft } from '../../intune/history/pastChange.ts';
import { restOf, undoingLeft } from '../../intune/history/resume.ts';
import type { Connection } from '../../intune/read/connection.ts';
import { groupsOf } from '../../ui/format/change.ts';
import type { PickOne } from '../../ui/quickPick.ts';
import { changeAssignments } from '../change/changeFlow.ts';
import { type Chosen, chooseChange } from '../change/pastChanges.ts';
import { ensureWriteTiers, requireWritable, type WriteAccessParts } from '../change/writeAccess.ts';
import { undoChosen } from './undo.ts';

export interface ResumeParts extends WriteAccessParts {
  readonly pickOne: PickOne;
}

/** Plans what is left of a change anew, with all of the review. */
export async function resumeWrites(parts: ResumeParts, connection: Connection, chosen: Chosen): Promise<void> {
  const back = undoingLeft(chosen, chosen.changes);
  if (back) return undoChosen(parts, connection, { ...back, changes: chosen.changes }, chosen.change.id);
  await changeAssignments(parts, connection, restOf(chosen, groupsOf(chosen.change, connection.inventory.groups)));
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
    await resumeWrites(parts, connection, chosen);
  };
