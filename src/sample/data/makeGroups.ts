import { guidMaker } from '../random.ts';
import type { GroupKind, SampleGroup } from '../state/group.ts';
import { groupRows } from './groupNames.ts';

/** Which group an assignment of the sample data names: one of the table by its name, one of the large tenant, or a deleted one. */
export interface GroupIds {
  named(name: string): string;
  /** The index-th group of all. */
  at(index: number): string;
  deleted(index: number): string;
}

/** The ids of groups, known without making the groups. */
export function groupIds(seed: number): GroupIds {
  const id = guidMaker(seed, 'group');
  const deleted = guidMaker(seed, 'deleted group');
  const index = new Map(groupRows.toReversed().map(([name]) => [name, groupRows.findIndex(row => row[0] === name)]));
  return {
    at: id,
    deleted,
    named: name => {
      const at = index.get(name);
      if (at === undefined) throw new Error(`no group ${name} in the sample data`);
      return id(at);
    },
  };
}

const created = Date.UTC(2023, 3, 11, 8, 30);

/** The groups of the small tenant. */
export function smallGroups(seed: number): SampleGroup[] {
  const ids = groupIds(seed);
  return groupRows.map(([displayName, kind, devices, users, description = null], at) => ({
    id: ids.at(at),
    displayName,
    description,
    kind,
    devices,
    users,
    createdAt: created + at * 86_400_000,
  }));
}

const departments = [
  'Accounting',
  'Claims',
  'Engineering',
  'Finance',
  'HR',
  'Legal',
  'Logistics',
  'Marketing',
  'Procurement',
  'Research',
  'Sales',
  'Support',
];
const places = [
  'Amsterdam',
  'Austin',
  'Berlin',
  'Bengaluru',
  'Chicago',
  'Dublin',
  'Kraków',
  'Lagos',
  'London',
  'Osaka',
  'Paris',
  'São Paulo',
  'Sydney',
  'Zürich',
];
const whats = ['Laptops', 'Desktops', 'Users', 'Kiosks', 'Macs'];
const kinds: readonly GroupKind[] = ['security', 'security', 'synced', 'dynamicDevices', 'm365', 'security', 'distribution'];

/** 60,000 groups: the small tenant's and many more, of which 12 have one name. */
export function* largeGroups(seed: number): Generator<SampleGroup> {
  const small = smallGroups(seed);
  yield* small;
  const ids = groupIds(seed);
  for (let at = small.length; at < 60_000; at++) {
    const users = at % whats.length === 2;
    const size = (at * 7919) % 900;
    const displayName = at % 6000 === 0 || (at > 100 && at <= 103) ? 'Shared Kiosks' : nameOf(at);
    const kind = kinds[at % kinds.length] ?? 'security';
    yield { id: ids.at(at), displayName, description: null, kind, devices: users ? 0 : size, users: users ? size : 0, createdAt: created };
  }
}

function nameOf(at: number): string {
  const department = departments[at % departments.length];
  const place = places[Math.floor(at / departments.length) % places.length];
  return `${department} – ${place} – ${whats[at % whats.length]} ${String(at).padStart(5, '0')}`;
}
