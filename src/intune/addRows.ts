import { type Assignment, recipientKey, targetKey } from './assignment.ts';
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

/** The changes that set rows: the first one of a recipient in the place of what is there, the others beside it. */
export const setRows = (rows: readonly WantedRow[]): readonly Change[] =>
  byRecipient(rows).flatMap(([, [first, ...others]]) => (first ? [{ kind: 'set', ...first } as const, ...besides(others)] : []));
