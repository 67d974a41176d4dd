import type { Assignment } from './assignment.ts';
import type { KnownGroup } from './group.ts';
import type { Plan } from './plan.ts';
import { hasPassed } from './schedule.ts';
import { isGroupTarget } from './target.ts';

/** What a person should know before a plan is written. Pure data; the words are the views'. */
export type Warning =
  | { readonly kind: 'includedAndExcluded'; readonly groupId: string }
  | { readonly kind: 'alreadyOnAllDevices' | 'alreadyOnAllUsers' }
  | { readonly kind: 'onlyExclusions' }
  | { readonly kind: 'deletedGroup'; readonly groupId: string }
  | { readonly kind: 'passedRunOnce'; readonly assignment: Assignment }
  | { readonly kind: 'policySet' | 'unknownTarget'; readonly count: number };

const groupIds = (assignments: readonly Assignment[], kind: 'group' | 'exclusionGroup'): readonly string[] =>
  assignments.flatMap(({ target }) => (target.kind === kind && isGroupTarget(target) ? [target.groupId] : []));

/** The warnings of a plan, most serious first. `now` is in milliseconds since the epoch. */
export function warningsOf(plan: Plan, groups: ReadonlyMap<string, KnownGroup>, now: number): readonly Warning[] {
  const after = plan.rows.filter(({ action }) => action !== 'remove').map(({ assignment }) => assignment);
  const added = plan.rows.filter(({ action }) => action === 'add').map(({ assignment }) => assignment);
  const excluded = new Set(groupIds(after, 'exclusionGroup'));
  const included = groupIds(after, 'group');
  const reaches = (kind: 'allDevices' | 'allUsers'): boolean => after.some(({ target }) => target.kind === kind);
  const addsGroup = groupIds(added, 'group').length > 0;
  const foreign = plan.rows.filter(({ action }) => action === 'foreign').length;
  const unknown = after.filter(({ target }) => target.kind === 'other').length;
  return [
    ...included.filter(id => excluded.has(id)).map((groupId): Warning => ({ kind: 'includedAndExcluded', groupId })),
    ...(addsGroup && reaches('allDevices') ? [{ kind: 'alreadyOnAllDevices' } as const] : []),
    ...(addsGroup && reaches('allUsers') ? [{ kind: 'alreadyOnAllUsers' } as const] : []),
    ...(excluded.size > 0 && after.every(({ target }) => target.kind === 'exclusionGroup') ? [{ kind: 'onlyExclusions' } as const] : []),
    ...[...included, ...excluded]
      .filter(id => groups.get(id)?.status === 'deleted')
      .map((groupId): Warning => ({ kind: 'deletedGroup', groupId })),
    ...after
      .filter(({ schedule }) => schedule && hasPassed(schedule, now))
      .map((assignment): Warning => ({ kind: 'passedRunOnce', assignment })),
    ...(foreign > 0 ? [{ kind: 'policySet', count: foreign } as const] : []),
    ...(unknown > 0 ? [{ kind: 'unknownTarget', count: unknown } as const] : []),
  ];
}
