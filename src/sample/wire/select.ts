import type { JsonObject } from './json.ts';

/** What `$select` leaves of an object; all of it without. Annotations stay. */
export function select(object: JsonObject, names: readonly string[] | undefined): JsonObject {
  if (names === undefined || names.includes('*')) return object;
  const wanted = new Set(names.map(name => name.toLowerCase()));
  return Object.fromEntries(Object.entries(object).filter(([key]) => key.includes('@') || wanted.has(key.toLowerCase())));
}
