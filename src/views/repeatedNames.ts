import { groupLabel, type KnownGroups } from './words/group.ts';

const normal = (name: string): string => name.normalize('NFKC').toLowerCase();

/** The names that more than one group has, as they are seen. */
export function repeatedNames(groups: KnownGroups): ReadonlySet<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { id, status } of groups.values()) {
    if (status !== 'named') continue;
    const name = normal(groupLabel(groups, id));
    if (seen.has(name)) repeated.add(name);
    seen.add(name);
  }
  return repeated;
}

/** Whether a name is one of several. */
export const isRepeated = (repeated: ReadonlySet<string>, name: string): boolean => repeated.has(normal(name));
