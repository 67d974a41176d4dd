import type { Memory } from '../intune/model/memory.ts';

/** The part of VS Code's `Memento` that is used. */
export interface Store {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
  keys(): readonly string[];
}

/** What a connection is shown faster or nicer by; all of it is read again. What was chosen for a script is none of it. */
const cached: readonly string[] = ['tenantName', 'recentGroups'];

/** Forgets names of a connection, as a tenant's and its groups'. The journal, and what was chosen for scripts, stays. */
export async function forgetNames(store: Store, connection: string): Promise<void> {
  const keys = new Set(cached.map(key => `${connection}/${key}`));
  for (const key of store.keys().filter(one => keys.has(one))) await store.update(key, undefined);
}

/** What is remembered of one connection, in a store that all of them share. */
export const storedMemory = (store: Store, connection: string): Memory => ({
  get: key => store.get(`${connection}/${key}`),
  set: async (key, value) => store.update(`${connection}/${key}`, value),
});

/** A memory that ends with the window. */
export function transientMemory(): Memory {
  const values = new Map<string, unknown>();
  return {
    get: key => values.get(key),
    set: async (key, value) => {
      values.set(key, value);
    },
  };
}
