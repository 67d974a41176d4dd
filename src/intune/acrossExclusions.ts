import type { Plan } from './plan.ts';
import { isGroupTarget, type Target } from './target.ts';

/** Counting takes two requests a group. */
const mostGroups = 20;
const mostPlans = 20;

/**
 * The groups on both sides of an exclusion that plans add or add to: included ones where a group is excluded, excluded ones where somebody
 * is included. Their counts tell whether users and devices are mixed. None for many plans, where the counts would be many, too.
 */
export function acrossExclusions(plans: readonly Pick<Plan, 'rows'>[]): readonly string[] {
  if (plans.length > mostPlans) return [];
  const ids = plans.flatMap(({ rows }) => {
    const added = rows.filter(({ action }) => action === 'add').map(({ assignment }) => assignment.target);
    const excludes = added.some(({ kind }) => kind === 'exclusionGroup');
    const isAcross = ({ kind }: Target): boolean => kind === 'exclusionGroup' || (kind === 'group' && excludes);
    return added.length === 0
      ? []
      : rows.flatMap(({ action, assignment: { target } }) =>
          action !== 'remove' && isGroupTarget(target) && isAcross(target) ? [target.groupId] : [],
        );
  });
  return [...new Set(ids)].slice(0, mostGroups);
}
