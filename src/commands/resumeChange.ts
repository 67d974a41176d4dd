import { l10n } from 'vscode';
import type { Connection } from '../intune/connection.ts';
import { canBeUndone, isLeft } from '../intune/history/pastChange.ts';
import { scriptKey } from '../intune/script.ts';
import type { PickOne } from '../views/scriptPicker/pickRow.ts';
import { changeAssignments } from './changeAssignments.ts';
import { type Chosen, chooseChange } from './pastChanges.ts';
import { restOf } from './restOf.ts';
import { undoChosen } from './undoChange.ts';
import { ensureWriteTiers, requireWritable, type WriteAccessParts } from './writeAccess.ts';

export interface ResumeParts extends WriteAccessParts {
  readonly pickOne: PickOne;
}

/**
 * Plans what is left of a change anew, with all of the review. What is left of an undo is found from what it was to take back, and not from the
 * rows that were recorded for it: somebody may have changed them since.
 */
export async function resumeWrites(parts: ResumeParts, connection: Connection, { change, writes, changes }: Chosen): Promise<void> {
  const undone = changes.find(({ id }) => id === change.undoes);
  const keys = new Set(writes.map(({ script }) => scriptKey(script)));
  const back = undone?.writes.filter(write => keys.has(scriptKey(write.script)) && canBeUndone(write)) ?? [];
  if (undone && back.length > 0) return undoChosen(parts, connection, { change: undone, writes: back, changes }, change.id);
  await changeAssignments(parts, connection, restOf(connection, change, writes));
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
