import type { SampleGroup } from './group.ts';

/** The groups of the tenant, made when the first one is asked for. */
export interface GroupStore {
  /** The group, with an id in any case; undefined if it does not exist or was deleted. */
  get(id: string): SampleGroup | undefined;
  all(): Iterable<SampleGroup>;
  /** The first group of a name. */
  byName(name: string): SampleGroup | undefined;
  put(group: SampleGroup): void;
  delete(id: string): void;
}

/** A store that is filled by `make` on first use. */
export function groupStore(make: () => Iterable<SampleGroup>): GroupStore {
  let made: Map<string, SampleGroup> | undefined;
  const groups = () => {
    made ??= new Map(Array.from(make(), group => [group.id.toLowerCase(), group]));
    return made;
  };
  return {
    get: id => groups().get(id.toLowerCase()),
    all: () => groups().values(),
    byName: name => [...groups().values()].find(group => group.displayName === name),
    put: group => void groups().set(group.id.toLowerCase(), group),
    delete: id => void groups().delete(id.toLowerCase()),
  };
}
