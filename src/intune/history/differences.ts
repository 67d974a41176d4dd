import { type Assignment, recipientKey, targetKey } from '../assignment.ts';
import { canonicalAssignment } from '../equality.ts';

/** What a write did to one row. */
export type Difference =
  | { readonly kind: 'added' | 'removed'; readonly assignment: Assignment }
  | { readonly kind: 'changed'; readonly before: Assignment; readonly assignment: Assignment };

/** Whether two rows of the same recipient say the same. Most are the same to the letter, which is quick to see. */
const same = (a: Assignment, b: Assignment): boolean =>
  JSON.stringify(a.wire) === JSON.stringify(b.wire) || canonicalAssignment(a) === canonicalAssignment(b);

const recipientOf = ({ target }: Assignment): string => recipientKey(target);

/** What differs between two sets, rows of policy sets aside. */
export function differencesOf(before: readonly Assignment[], after: readonly Assignment[]): readonly Difference[] {
  const old = before.filter(({ direct }) => direct);
  const fresh = after.filter(({ direct }) => direct);
  const without = (rows: readonly Assignment[], others: readonly Assignment[]): Assignment[] => {
    const byRecipient = Map.groupBy(others, recipientOf);
    return rows.filter(row => !byRecipient.get(recipientOf(row))?.some(other => same(other, row)));
  };
  const left = without(old, fresh);
  const take = (found: (row: Assignment) => boolean): Assignment | undefined => {
    const index = left.findIndex(found);
    return index < 0 ? undefined : left.splice(index, 1)[0];
  };
  // Of several rows of a recipient, those with the same filter belong together, whatever their order.
  const withSameTarget = without(fresh, old).map(row => {
    const key = targetKey(row.target);
    return { row, before: take(({ target }) => targetKey(target) === key) };
  });
  const differences = withSameTarget.map(({ row: assignment, before: known }): Difference => {
    const replaced = known ?? take(row => recipientOf(row) === recipientOf(assignment));
    return replaced ? { kind: 'changed', before: replaced, assignment } : { kind: 'added', assignment };
  });
  return [...differences, ...left.map((assignment): Difference => ({ kind: 'removed', assignment }))];
}
