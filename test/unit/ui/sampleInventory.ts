import type { RowContext } from '../../../src/features/trees/row.ts';
import { clouds } from '../../../src/graph/clouds.ts';
import { type Assignment, newAssignment, type Wire } from '../../../src/intune/model/assignment.ts';
import { type FamilyId, families } from '../../../src/intune/model/families.ts';
import type { KnownGroup } from '../../../src/intune/model/group.ts';
import type { Script } from '../../../src/intune/model/script.ts';
import type { Target } from '../../../src/intune/model/target.ts';
import type { KnownFilters } from '../../../src/intune/read/filters.ts';
import type { FamilyState, Inventory, InventoryChange } from '../../../src/intune/read/inventory.ts';
import { namesakes, repeatedNames } from '../../../src/ui/format/names.ts';

export const now = Date.parse('2026-06-01T12:00:00Z');
export const cloud = clouds.global;

/** A group's id that ends in a number. */
export const groupId = (number: number): string => `${String(number).padStart(8, '0')}-0000-0000-0000-000000000000`;

export const include = (number: number, filter?: Target['filter']): Target => ({
  kind: 'group',
  groupId: groupId(number),
  ...(filter && { filter }),
});
export const exclude = (number: number): Target => ({ kind: 'exclusionGroup', groupId: groupId(number) });
export const allDevices: Target = { kind: 'allDevices' };

/** An assignment to a target, with whatever else its row has. */
export const assigned = (target: Target, wire: Wire = {}): Assignment => newAssignment(target, wire);

export const once = (date: string): Wire => ({
  runSchedule: {
    '@odata.type': '#microsoft.graph.deviceHealthScriptRunOnceSchedule',
    interval: 1,
    date,
    time: '23:59:00.0000000',
    useUtc: true,
  },
});

export const script = (family: FamilyId, id: string, name: string, ...assignments: readonly Assignment[]): Script => ({
  family,
  id,
  name,
  isGlobal: false,
  assignments,
});

export const loaded = (...scripts: readonly Script[]): FamilyState => ({ status: 'loaded', scripts });
export const failed = (error: unknown, scripts?: readonly Script[]): FamilyState => ({ status: 'failed', error, scripts });
export const loading = (scripts?: readonly Script[]): FamilyState => ({ status: 'loading', scripts });

export type TestInventory = Inventory & { readonly set: (family: FamilyId, state: FamilyState) => void; readonly loads: string[] };

/** An inventory that holds what it is given; families that are not named hold `others`. */
export function inventoryOf(
  states: Partial<Record<FamilyId, FamilyState>>,
  known: readonly KnownGroup[] = [],
  others: FamilyState = loaded(),
  filters?: KnownFilters,
): TestInventory {
  const map = new Map(families.map(({ id }) => [id, states[id] ?? others]));
  const listeners = new Set<(change: InventoryChange) => void>();
  const loads: string[] = [];
  return {
    families: map,
    groups: new Map(known.map(group => [group.id, group])),
    filters: () => filters,
    scripts: () => [...map.values()].flatMap(state => state.scripts ?? []),
    load: async () => void loads.push('all'),
    reload: async family => void loads.push(family),
    setAssignments: () => {},
    readFilters: async () => filters ?? new Map(),
    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
    set(family, state) {
      map.set(family, state);
      for (const listener of listeners) listener(family);
    },
    loads,
  };
}

export const named = (number: number, name: string): KnownGroup => ({ id: groupId(number), status: 'named', name });
export const deleted = (number: number): KnownGroup => ({ id: groupId(number), status: 'deleted' });
export const unreadable = (number: number): KnownGroup => ({ id: groupId(number), status: 'unreadable' });

/** What rows of an inventory are made from. */
export const contextOf = (inventory: Inventory, runSummary: RowContext['runSummary'] = () => undefined): RowContext => ({
  key: 'global/tenant/account',
  inventory,
  now,
  repeated: repeatedNames(inventory.groups),
  namesakes: namesakes(inventory.scripts()),
  runSummary,
});
