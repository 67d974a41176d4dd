import { recipientKey } from './assignment.ts';
import type { Plan, PlannedRow } from './plan.ts';
import type { Reach } from './reach.ts';
import type { Target } from './target.ts';

/** A target that a change reaches anew, or reaches more of. A target that excludes a group is one whose exclusion ends. */
export interface Reached {
  readonly target: Target;
  readonly reach: Reach;
}

/** How many everybody is, and who is behind a target of another kind, is not counted. */
export const notCounted: Reach = { devices: undefined, users: undefined };

const sameFilter = (a: Target, b: Target): boolean => a.filter?.id === b.filter?.id && a.filter?.mode === b.filter?.mode;

/** A filter that is gone or another one lets through whom the old one held back. */
const widens = ({ before, assignment }: PlannedRow & { readonly action: 'change' }): boolean =>
  before.target.filter !== undefined && !sameFilter(before.target, assignment.target);

/** An exclusion that gets a filter, or another one, excludes fewer than it did. */
const excludesFewer = ({ before, assignment: { target } }: PlannedRow & { readonly action: 'change' }): boolean =>
  target.filter !== undefined && !sameFilter(before.target, target);

/** The targets that a plan reaches anew or more of. The end of an exclusion counts as reaching, and what is unknown may be an exclusion. */
export function reachedBy({ rows }: Pick<Plan, 'rows'>): readonly Target[] {
  const reached = rows.filter(row => {
    const { kind } = row.assignment.target;
    const excludes = kind === 'exclusionGroup';
    if (row.action === 'add') return !excludes;
    if (row.action === 'remove') return excludes || kind === 'other';
    return row.action === 'change' && (excludes ? excludesFewer(row) : widens(row));
  });
  return [...new Map(reached.map(({ assignment: { target } }) => [recipientKey(target), target])).values()];
}
