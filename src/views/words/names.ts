import type { KnownFilters } from '../../intune/read/filters.ts';
import type { KnownGroups } from './group.ts';

/** What the ids in assignments are called, as far as it is known. */
export interface Names {
  readonly groups: KnownGroups;
  /** Undefined as long as nobody asked for them. */
  readonly filters: KnownFilters | undefined;
}

/** What an inventory knows of names. */
export const namesOf = ({
  groups,
  filters,
}: {
  readonly groups: KnownGroups;
  readonly filters: () => KnownFilters | undefined;
}): Names => ({
  groups,
  filters: filters(),
});
