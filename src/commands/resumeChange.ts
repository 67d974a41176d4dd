import { l10n } from 'vscode';
import { isLeft } from '../intune/history/pastChange.ts';
import type { PickOne } from '../views/scriptPicker/pickRow.ts';
import { changeAssignments } from './changeAssignments.ts';
import { chooseChange } from './pastChanges.ts';
import { restOf } from './restOf.ts';
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
    await changeAssignments(parts, connection, restOf(connection, change, writes));
  };
