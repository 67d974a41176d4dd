import type { GraphClient, SendOptions } from '../../graph/client.ts';
import type { Assignment } from '../model/assignment.ts';
import { type Family, type FamilyId, families, familyOf } from '../model/families.ts';
import type { KnownGroup } from '../model/group.ts';
import type { Memory } from '../model/memory.ts';
import { type Script, scriptKey } from '../model/script.ts';
import { isGroupTarget } from '../model/target.ts';
import { type KnownFilters, readFilters } from './filters.ts';
import { readGroupNames } from './groups.ts';
import { readScripts } from './scripts.ts';

/** What is known of one family. A failure keeps what was read before, for showing. */
export type FamilyState =
  | { readonly status: 'loading'; readonly scripts: readonly Script[] | undefined }
  | { readonly status: 'loaded'; readonly scripts: readonly Script[] }
  | { readonly status: 'failed'; readonly error: unknown; readonly scripts: readonly Script[] | undefined };

/** What changed in an inventory: one family, the names of groups or of filters, or everything. */
export type InventoryChange = FamilyId | 'groups' | 'filters' | 'all';

/** Scripts and their assignments, as they were last read for showing. Belongs to one tenant and account. */
export interface Inventory {
  readonly families: ReadonlyMap<FamilyId, FamilyState>;
  /** Groups that scripts target, by id in lower case. A group that is not in here is still being asked for. */
  readonly groups: ReadonlyMap<string, KnownGroup>;
  /** The assignment filters, as they were last read; undefined as long as nobody asked for them. */
  filters(): KnownFilters | undefined;
  /** All scripts that were read, families in their order. */
  scripts(): readonly Script[];
  /** Reads all families at once, then the names of the groups. Never rejects but when cancelled: each family fails alone. */
  load(options?: SendOptions): Promise<void>;
  /** Reads one family again. */
  reload(family: FamilyId, options?: SendOptions): Promise<void>;
  /** Takes over what writes have read, by script key, without a request for scripts; groups that are not known yet are asked for. */
  setAssignments(read: ReadonlyMap<string, readonly Assignment[]>, groups?: readonly KnownGroup[]): void;
  /** Reads the assignment filters, once between two loads. Rejects with a `GraphError`; the next call tries again. */
  readFilters(options?: SendOptions): Promise<KnownFilters>;
  onDidChange(listener: (change: InventoryChange) => void): { dispose(): void };
}

/** All groups that these scripts target, each once. */
export const targetedGroupIds = (scripts: readonly Script[]): readonly string[] => [
  ...new Set(scripts.flatMap(({ assignments }) => assignments.flatMap(({ target }) => (isGroupTarget(target) ? [target.groupId] : [])))),
];

/** An inventory that reads through `client`. */
export function createInventory(client: GraphClient, memory: Memory): Inventory {
  const states = new Map<FamilyId, FamilyState>(families.map(({ id }) => [id, { status: 'loading', scripts: undefined }]));
  const groups = new Map<string, KnownGroup>();
  let filters: KnownFilters | undefined;
  let filtersRead: Promise<KnownFilters> | undefined;
  const listeners = new Set<(change: InventoryChange) => void>();
  const fire = (change: InventoryChange): void => {
    for (const listener of [...listeners]) listener(change);
  };

  const set = (id: FamilyId, state: FamilyState): void => {
    states.set(id, state);
    fire(id);
  };

  const scripts = (): readonly Script[] => [...states.values()].flatMap(state => state.scripts ?? []);

  async function readFamily(family: Family, options: SendOptions): Promise<void> {
    try {
      set(family.id, { status: 'loaded', scripts: await readScripts(client, family, options) });
    } catch (error) {
      options.signal?.throwIfAborted();
      set(family.id, { status: 'failed', error, scripts: states.get(family.id)?.scripts });
    }
  }

  async function nameGroups(ids: readonly string[], options: SendOptions): Promise<void> {
    if (ids.length === 0) return;
    for (const group of await readGroupNames(client, memory, ids, options)) groups.set(group.id, group);
    fire('groups');
  }

  async function askForFilters(options: SendOptions): Promise<KnownFilters> {
    filters = await readFilters(client, options);
    fire('filters');
    return filters;
  }

  const unnamedGroups = (): readonly string[] => targetedGroupIds(scripts()).filter(id => !groups.has(id));

  return {
    families: states,
    groups,
    filters: () => filters,
    scripts,
    async load(options = {}) {
      for (const { id } of families) states.set(id, { status: 'loading', scripts: states.get(id)?.scripts });
      fire('all');
      filtersRead = undefined;
      await Promise.all(families.map(family => readFamily(family, options)));
      await nameGroups(targetedGroupIds(scripts()), options);
    },
    async reload(id, options = {}) {
      set(id, { status: 'loading', scripts: states.get(id)?.scripts });
      await readFamily(familyOf(id), options);
      await nameGroups(unnamedGroups(), options);
    },
    setAssignments(read, known = []) {
      for (const group of known) groups.set(group.id, group);
      const changed = [...states].filter(([, state]) => state.scripts?.some(script => read.has(scriptKey(script))));
      for (const [id, state] of changed) {
        const updated = (state.scripts ?? []).map(script => {
          const assignments = read.get(scriptKey(script));
          return assignments ? { ...script, assignments, notRead: undefined } : script;
        });
        states.set(id, { ...state, scripts: updated });
      }
      // Told once, whatever was written: rows that are drawn again while they are drawn lose their highlight, but not their selection.
      const [only] = changed;
      if (only) fire(changed.length === 1 ? only[0] : 'all');
      // Somebody else may have added a group that nobody knows here. Its name is only shown, so that a failure leaves it without.
      nameGroups(unnamedGroups(), {}).catch(() => undefined);
    },
    readFilters(options = {}) {
      filtersRead ??= askForFilters(options).catch((error: unknown) => {
        filtersRead = undefined;
        throw error;
      });
      return filtersRead;
    },
    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  };
}

/** Whether the load found the permission that filters need: it is the one of a family's scripts. */
const isPermitted = (inventory: Pick<Inventory, 'families'>): boolean =>
  families.some(({ id, readTier }) => readTier === 'browseMore' && inventory.families.get(id)?.status === 'loaded');

/** Reads the filters for showing, after a load, where some assignment has one and they may be read. Never rejects: names are only shown. */
export async function nameFilters(
  inventory: Pick<Inventory, 'families' | 'scripts' | 'readFilters'>,
  options: SendOptions = {},
): Promise<void> {
  const hasFilter = inventory.scripts().some(({ assignments }) => assignments.some(({ target }) => target.filter !== undefined));
  if (hasFilter && isPermitted(inventory)) await inventory.readFilters(options).catch(() => undefined);
}
