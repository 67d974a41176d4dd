import { type Assignment, recipientKey, targetKey } from './assignment.ts';
import { canonicalAssignment } from './equality.ts';
import type { Change } from './plan.ts';

/** A row that a script shall have, with whether it remediates. */
export interface WantedRow {
  readonly assignment: Assignment;
  readonly remediates: boolean | undefined;
}

const besides = (rows: readonly WantedRow[]): readonly Change[] => rows.map(row => ({ kind: 'set', beside: true, ...row }));

/** By recipient, one row for each target: the service keeps no second one. */
function byRecipient(rows: readonly WantedRow[]): readonly (readonly [string, readonly WantedRow[]])[] {
  const byTarget = new Map(rows.toReversed().map(row => [targetKey(row.assignment.target), row]));
  return [...Map.groupBy([...byTarget.values()].toReversed(), ({ assignment }) => recipientKey(assignment.target))];
}

/**
 * The changes that add rows. Whom `base` reaches already stays as it is; whom it does not gets all of the rows, also where these differ in the
 * filter only.
 */
export function addRows(rows: readonly WantedRow[], base: readonly Assignment[]): readonly Change[] {
  const reached = new Set(base.filter(({ direct }) => direct).map(({ target }) => recipientKey(target)));
  return byRecipient(rows).flatMap(([recipient, some]) => {
    const added = reached.has(recipient) ? some : some.slice(0, 1);
    return [...added.map((row): Change => ({ kind: 'add', ...row })), ...besides(some.slice(added.length))];
  });
}

/** The changes that set rows: what `base` has stays; else the first one of a recipient takes the place of what is there. The others stand beside. */
export function setRows(rows: readonly WantedRow[], base: readonly Assignment[]): readonly Change[] {
  const present = new Set(base.filter(({ direct }) => direct).map(canonicalAssignment));
  return byRecipient(rows).flatMap(([, some]) => {
    const [first, ...others] = some;
    const stays = some.some(({ assignment }) => present.has(canonicalAssignment(assignment)));
    return first && !stays ? [{ kind: 'set', ...first } as const, ...besides(others)] : besides(some);
  });
}
