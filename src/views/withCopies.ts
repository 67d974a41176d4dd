/** Each item with how many items of the same key came before it, so that equal ones can be told apart. */
export function withCopies<T>(items: readonly T[], keyOf: (item: T) => string): readonly { readonly item: T; readonly copy: number }[] {
  const seen = new Map<string, number>();
  return items.map(item => {
    const key = keyOf(item);
    const copy = seen.get(key) ?? 0;
    seen.set(key, copy + 1);
    return { item, copy };
  });
}
