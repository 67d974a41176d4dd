import { isRecord } from '../../base/canonicalJson.ts';
import { type Assignment, assignmentFromWire, targetKey, wireToWrite } from '../model/assignment.ts';
import type { Change } from '../model/change.ts';
import type { ScriptRef } from '../model/script.ts';
import { addRows } from './addTargets.ts';
import { cannotBeRepeated, leftOut, type Shortfall, standing } from './limitations.ts';

/** One group in the place of another one, or beside it. Ids are in lower case. */
export interface GroupReplacement {
  readonly from: string;
  readonly to: string;
  /** `replace` takes the old group out; `add` leaves it. */
  readonly mode: 'add' | 'replace';
}

/** The row with another group and all the rest of it: include or exclude, filter, schedule, and what this version does not know. */
function withGroup(row: Assignment, groupId: string): Assignment {
  const { target, ...rest } = wireToWrite(row);
  return assignmentFromWire({ ...rest, target: { ...(isRecord(target) ? target : {}), groupId } });
}

const rowsOfGroup = (base: readonly Assignment[], groupId: string): readonly Assignment[] =>
  base.filter(({ target }) => target.groupId === groupId);

const replaceable = (base: readonly Assignment[], groupId: string): readonly Assignment[] =>
  rowsOfGroup(base, groupId).filter(row => cannotBeRepeated(row) === undefined);

/**
 * The changes that put one group in the place of another one, or beside it, wherever a script has it. Where the other group has a row
 * already, that stays as it is. None, where the old group is gone; its rows that cannot be repeated stay.
 */
export function replaceGroup(base: readonly Assignment[], { from, to, mode }: GroupReplacement): readonly Change[] {
  if (from === to) return [];
  const old = replaceable(base, from);
  const added = addRows(
    old.map(row => withGroup(row, to)),
    base,
  );
  if (mode === 'add') return added;
  const keys = new Set(old.map(({ target }) => targetKey(target)));
  return [...added, ...[...keys].map((key): Change => ({ kind: 'remove', targetKey: key }))];
}

/** What the new group does not get of the old one's rows. */
export function replacementShortfalls(
  { family }: Pick<ScriptRef, 'family'>,
  base: readonly Assignment[],
  replacement: GroupReplacement,
): readonly Shortfall[] {
  const reasons = rowsOfGroup(base, replacement.from).flatMap(row => cannotBeRepeated(row) ?? []);
  return [...leftOut(reasons, family), ...standing(replaceGroup(base, replacement), base)];
}
