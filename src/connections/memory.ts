import type { Memory } from '../intune/memory.ts';

/** The part of VS Code's `Memento` that is used. */
export interface Store {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
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
