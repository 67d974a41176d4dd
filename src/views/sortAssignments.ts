import { type Assignment, targetKey } from '../intune/model/assignment.ts';
import type { Target } from '../intune/model/target.ts';
import { sortByName } from './sortByName.ts';
import type { KnownGroups } from './words/group.ts';
import { isExclusion, targetLabel } from './words/target.ts';

/** Included before excluded; in each, whatever is no group first. */
const rank = (target: Target): number => (isExclusion(target) ? 2 : target.kind === 'group' ? 1 : 0);

/** What has an assignment, in the order in which a script's assignments are shown. */
export const sortAssignments = <T>(items: readonly T[], assignmentOf: (item: T) => Assignment, groups: KnownGroups): readonly T[] =>
  sortByName(
    items,
    item => `${rank(assignmentOf(item).target)} ${targetLabel(assignmentOf(item).target, groups)}`,
    item => targetKey(assignmentOf(item).target),
  );
