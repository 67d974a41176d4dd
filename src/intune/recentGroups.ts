import * as z from 'zod/mini';
import type { Group } from './group.ts';
import type { Memory } from './memory.ts';

const key = 'recentGroups';
const most = 10;

const remembered = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    description: z.optional(z.string()),
    membership: z.enum(['assigned', 'dynamic', 'dynamicPaused']),
    type: z.enum(['security', 'microsoft365', 'distribution']),
    synced: z.boolean(),
  }),
);

/** The groups that were assigned last in this tenant, latest first. */
export function recentGroups(memory: Memory): readonly Group[] {
  const { data } = remembered.safeParse(memory.get(key));
  return (data ?? []).map(({ description, ...group }) => (description === undefined ? group : { ...group, description }));
}

/** Puts groups at the head of the ones used last. */
export function rememberGroups(memory: Memory, groups: readonly Group[]): Promise<void> {
  const ids = new Set(groups.map(({ id }) => id));
  return memory.set(key, [...groups, ...recentGroups(memory).filter(({ id }) => !ids.has(id))].slice(0, most));
}
