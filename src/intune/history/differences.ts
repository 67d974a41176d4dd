import { type Assignment, recipientKey } from '../assignment.ts';
import { canonicalAssignment } from '../equality.ts';

/** What a write did to one row. */
export type Difference =
  | { readonly kind: 'added' | 'removed'; readonly assignment: Assignment }
  | { readonly kind: 'changed'; readonly before: Assignment; readonly assignment: Assignment };

/** Whether two rows of the same recipient say the same. A flag of a remediation counts where it is asked for, for it cannot be read back. */
const same = (a: Assignment, b: Assignment, withFlag: boolean): boolean =>
  canonicalAssignment(a) === canonicalAssignment(b) && (!withFlag || a.runRemediationScript === b.runRemediationScript);

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
  const isIn = (rows: readonly Assignment[], row: Assignment): boolean =>
    rows.some(other => same(other, row, flagged.has(recipientKey(row.target))));
  const left = old.filter(row => !isIn(fresh, row));
  const differences: Difference[] = [];
  for (const assignment of fresh.filter(row => !isIn(old, row))) {
    const index = left.findIndex(({ target }) => recipientKey(target) === recipientKey(assignment.target));
    const [replaced] = index < 0 ? [] : left.splice(index, 1);
    differences.push(replaced ? { kind: 'changed', before: replaced, assignment } : { kind: 'added', assignment });
  }
  return [...differences, ...left.map((assignment): Difference => ({ kind: 'removed', assignment }))];
}
