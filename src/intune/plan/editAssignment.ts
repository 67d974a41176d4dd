import { type Assignment, type AssignmentEdit, recipientKey, targetKey } from '../model/assignment.ts';
import type { Change, RowRef } from '../model/change.ts';
import { familyOf } from '../model/families.ts';
import type { ScriptRef } from '../model/script.ts';
import { type AssignmentOptions, addTargets } from './addTargets.ts';

/** Whether a row has something that can be changed, beside whom it reaches. */
export function isEditable({ family }: Pick<ScriptRef, 'family'>, { direct, target }: Assignment): boolean {
  const { supports } = familyOf(family);
  return direct && target.kind !== 'other' && (supports.schedule || supports.filter);
}

/** A row as it was shown, with all rows of its script then. */
export interface ShownRow {
  readonly assignment: Assignment;
  readonly all: readonly Assignment[];
}

/** Names a row that was shown, so that it is found again whatever its filter is by then. */
export function rowRef({ assignment: { target }, all }: ShownRow): RowRef {
  const recipient = recipientKey(target);
  const shown = new Set(all.filter(row => row.direct && recipientKey(row.target) === recipient).map(row => targetKey(row.target)));
  return { targetKey: targetKey(target), ...(shown.size <= 1 && { alone: true }) };
}

/** The change that edits a row: nothing, where it is gone by then. */
export const editAssignment = (shown: ShownRow, edit: AssignmentEdit): readonly Change[] => [{ kind: 'edit', edit, ...rowRef(shown) }];

/** The change that excludes the group of a row that includes it, or the other way round. */
export function turnAssignment(script: Pick<ScriptRef, 'family'>, shown: ShownRow, options: AssignmentOptions): readonly Change[] {
  const { groupId, kind } = shown.assignment.target;
  if (groupId === undefined) return [];
  const added = addTargets(script, [{ kind: kind === 'group' ? 'exclusionGroup' : 'group', groupId }], options);
  return added.flatMap(change =>
    change.kind === 'add' ? [{ kind: 'turn', assignment: change.assignment, ...rowRef(shown) } as const] : [],
  );
}
