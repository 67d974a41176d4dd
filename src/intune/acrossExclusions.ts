import type { Plan } from './plan.ts';
import { isGroupTarget, type Target } from './target.ts';

/** Counting takes two requests a group, so that these take two batches more, however many plans there are. */
const mostGroups = 20;

/**
 * The groups on both sides of an exclusion that plans add or add to: included ones where a group is excluded, excluded ones where somebody
 * is included. Their counts tell whether users and devices are mixed. Of too many groups, those that are added come first: one side of each
 * exclusion that is told of is one of them.
 */
export function acrossExclusions(plans: readonly Pick<Plan, 'rows'>[]): readonly string[] {
  const across = plans.flatMap(({ rows }) => {
    const added = rows.filter(({ action }) => action === 'add').map(({ assignment }) => assignment.target);
    const excludes = added.some(({ kind }) => kind === 'exclusionGroup');
    const isAcross = ({ kind }: Target): boolean => kind === 'exclusionGroup' || (kind === 'group' && excludes);
    return added.length === 0
      ? []
      : rows.flatMap(({ action, assignment: { target } }) =>
          action !== 'remove' && isGroupTarget(target) && isAcross(target) ? [{ action, groupId: target.groupId }] : [],
        );
  });
  const first = across.filter(({ action }) => action === 'add');
  return [...new Set([...first, ...across].map(({ groupId }) => groupId))].slice(0, mostGroups);
}
