import { type Assignment, recipientKey, targetKey } from './assignment.ts';
import type { Change } from './plan.ts';

const besides = (kind: 'add' | 'set', rows: readonly Assignment[]): readonly Change[] =>
  rows.map(assignment => ({ kind, beside: true, assignment }));

/** By recipient, the first row for each target: the service keeps no second one. */
function byRecipient(rows: readonly Assignment[]): readonly (readonly [string, readonly Assignment[]])[] {
  const firsts = [...Map.groupBy(rows, ({ target }) => targetKey(target)).values()].flatMap(([first]) => first ?? []);
  return [...Map.groupBy(firsts, ({ target }) => recipientKey(target))];
}

const recipientsOf = (rows: readonly Assignment[]): ReadonlySet<string> =>
  new Set(rows.filter(({ direct }) => direct).map(({ target }) => recipientKey(target)));

/** The changes that add rows. Whom `base` reaches stays as it is; whom it does not gets all of them, also where they differ in the filter only. */
export function addRows(rows: readonly Assignment[], base: readonly Assignment[]): readonly Change[] {
  const reached = recipientsOf(base);
  return byRecipient(rows).flatMap(([recipient, some]) => {
    const alone = reached.has(recipient) ? some : some.slice(0, 1);
    return [...alone.map((assignment): Change => ({ kind: 'add', assignment })), ...besides('add', some.slice(alone.length))];
  });
}

/** The changes that set rows: the first one of a recipient takes the place of what is there, unless that is of those that stay. All others stand beside. */
export function setRows(rows: readonly Assignment[], staying: readonly Assignment[]): readonly Change[] {
  const kept = recipientsOf(staying);
  return byRecipient(rows).flatMap(([recipient, some]) => {
    const [first, ...others] = some;
    return first && !kept.has(recipient) ? [{ kind: 'set', assignment: first } as const, ...besides('set', others)] : besides('set', some);
  });
}

/** A set with the rows that changes add to it. */
export function afterAdding(base: readonly Assignment[], changes: readonly Change[]): readonly Assignment[] {
  const reached = recipientsOf(base);
  const added = changes.flatMap(change => (change.kind === 'add' ? [change.assignment] : []));
  return [...base, ...added.filter(({ target }) => !reached.has(recipientKey(target)))];
}
