const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Sorted as people expect it: without regard to case, numbers by their value. Equal names by key, so that rows do not jump. */
export function sortByName<T>(items: readonly T[], nameOf: (item: T) => string, keyOf: (item: T) => string): readonly T[] {
  return items
    .map(item => ({ item, name: nameOf(item), key: keyOf(item) }))
    .sort((a, b) => collator.compare(a.name, b.name) || (a.key < b.key ? -1 : 1))
    .map(({ item }) => item);
}
