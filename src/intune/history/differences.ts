import { type Assignment, recipientKey, targetKey } from '../assignment.ts';
import { canonicalAssignment } from '../equality.ts';
import type { Change } from '../plan.ts';

/** What a write did to one row. */
export type Difference =
  | { readonly kind: 'added' | 'removed'; readonly assignment: Assignment }
  | { readonly kind: 'changed'; readonly before: Assignment; readonly assignment: Assignment };

/** Whether reading tells one side from the other: it never tells whether a row remediates. */
export const shows = (difference: Difference): boolean =>
  difference.kind !== 'changed' || canonicalAssignment(difference.before) !== canonicalAssignment(difference.assignment);

/** Whether a change is about whether its row remediates. */
const isFlagged = (change: Change): change is Change & { readonly kind: 'add' | 'set' } =>
  change.kind !== 'remove' && (change.remediates !== undefined || (change.kind === 'set' && change.unknown === true));

/** Recipients of whom it was asked whether they remediate. */
export const flaggedBy = (wanted: readonly Change[]): ReadonlySet<string> =>
  new Set(wanted.filter(isFlagged).map(({ assignment }) => recipientKey(assignment.target)));

/** Whether two rows of the same recipient say the same. Most are the same to the letter, which is quick to see. */
const same = (a: Assignment, b: Assignment, withFlag: boolean): boolean =>
  JSON.stringify(a.wire) === JSON.stringify(b.wire) ||
  (canonicalAssignment(a) === canonicalAssignment(b) && (!withFlag || a.runRemediationScript === b.runRemediationScript));

const recipientOf = ({ target }: Assignment): string => recipientKey(target);

/**
 * What differs between two sets, rows of policy sets aside. `flagged` are recipients whose `runRemediationScript` was asked for, and so counts:
 * of the others, only what was assumed of it was written.
 */
export function differencesOf(
  before: readonly Assignment[],
  after: readonly Assignment[],
  flagged: ReadonlySet<string> = new Set(),
): readonly Difference[] {
  const old = before.filter(({ direct }) => direct);
  const fresh = after.filter(({ direct }) => direct);
  const without = (rows: readonly Assignment[], others: readonly Assignment[]): Assignment[] => {
    const byRecipient = Map.groupBy(others, recipientOf);
    return rows.filter(row => !byRecipient.get(recipientOf(row))?.some(other => same(other, row, flagged.has(recipientOf(row)))));
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
