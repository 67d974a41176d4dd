import { type Assignment, targetKey } from '../intune/model/assignment.ts';
import type { Target } from '../intune/model/target.ts';
import { isExclusion, type KnownGroups, targetLabel } from './format/names.ts';

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Sorted as people expect it: without regard to case, numbers by their value. Equal names by key, so that rows do not jump. */
export function sortByName<T>(items: readonly T[], nameOf: (item: T) => string, keyOf: (item: T) => string): readonly T[] {
  return items
    .map(item => ({ item, name: nameOf(item), key: keyOf(item) }))
    .sort((a, b) => collator.compare(a.name, b.name) || (a.key < b.key ? -1 : 1))
    .map(({ item }) => item);
}

/** Included before excluded; in each, whatever is no group first. */
const rank = (target: Target): number => (isExclusion(target) ? 2 : target.kind === 'group' ? 1 : 0);

/** What has an assignment, in the order in which a script's assignments are shown. */
export const sortAssignments = <T>(items: readonly T[], assignmentOf: (item: T) => Assignment, groups: KnownGroups): readonly T[] =>
  sortByName(
    items,
    item => `${rank(assignmentOf(item).target)} ${targetLabel(assignmentOf(item).target, groups)}`,
    item => targetKey(assignmentOf(item).target),
  );
