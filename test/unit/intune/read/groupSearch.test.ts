import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { GraphError } from '../../../../src/graph/client.ts';
import { searchGroups } from '../../../../src/intune/read/groupSearch.ts';
import { createWorld, groupNamed, onTheWire, type World } from '../support.ts';

const names = async (world: World, query: string): Promise<readonly string[]> =>
  (await searchGroups(world.client, query)).map(({ name }) => name);

describe('searching groups', () => {
  test('asks for word starts and for starts of names, in one request', async () => {
    const world = createWorld();
    assert.ok((await names(world, 'laptops')).includes('Finance – All Laptops'));
    assert.equal(onTheWire(world).length, 1);
    const [search, start] = world.requests.filter(({ inBatch }) => inBatch);
    assert.match(search?.path ?? '', /\$search=/);
    assert.equal(search?.headers.get('ConsistencyLevel'), 'eventual');
    assert.match(start?.path ?? '', /\$filter=startswith/);
  });

  for (const [query, expected] of [
    ['Sales "Field', 'Sales "Field" & Partners'],
    ["O'Brien", "O'Brien's Team"],
    ['**Exec', '**Executives**'],
    ['Marketing <', 'Marketing <Design> Macs'],
    ['[Click](', '[Click](command:none) `Ops` | _Team_'],
    ['größe & str', 'Größe & Straße – München'],
    ['営業部', '営業部 ノートPC'],
    ['أجهزة', 'أجهزة المالية'],
    ['  fin pilot  ', 'FIN Pilot'],
    ['warehouse', '  Warehouse Scanners '],
  ] as const) {
    test(`finds ${expected} by ${query}`, async () => {
      assert.ok((await names(createWorld(), query)).includes(expected));
    });
  }

  test('finds names with a backslash', async () => {
    const world = createWorld();
    world.tenant.admin.addGroup({ displayName: 'CONTOSO\\Admins "of" all' });
    assert.deepEqual(await names(world, 'CONTOSO\\Admins "of'), ['CONTOSO\\Admins "of" all']);
  });

  test('finds a group that was made a moment ago by the start of its name', async () => {
    const world = createWorld();
    world.tenant.admin.addGroup({ displayName: 'Zebra Rollout' });
    assert.deepEqual(await names(world, 'zebra'), ['Zebra Rollout']);
  });

  test('finds each group once, by name', async () => {
    const found = await searchGroups(createWorld().client, 'Kiosk');
    assert.equal(new Set(found.map(({ id }) => id)).size, found.length);
    assert.equal(found.filter(({ name }) => name === 'Kiosk Devices').length, 2);
  });

  test('finds the group of a GUID, in either case, and none for an unknown one', async () => {
    const world = createWorld();
    const id = groupNamed(world, 'Cloud PCs');
    assert.deepEqual(await names(world, ` ${id.toUpperCase()} `), ['Cloud PCs']);
    assert.deepEqual(await names(world, 'deadbeef-0000-4000-8000-000000000001'), []);
  });

  test('says what a group is', async () => {
    const world = createWorld();
    const kindOf = async (query: string) => {
      const [group] = await searchGroups(world.client, query);
      return [group?.membership, group?.type, group?.synced];
    };
    assert.deepEqual(await kindOf('HR – Kiosks'), ['dynamicPaused', 'security', false]);
    assert.deepEqual(await kindOf('Autopilot Devices'), ['dynamic', 'security', false]);
    assert.deepEqual(await kindOf('Newsletter Recipients'), ['assigned', 'distribution', false]);
    assert.deepEqual(await kindOf('Interns 2026'), ['assigned', 'microsoft365', false]);
    assert.deepEqual(await kindOf('Store Registers'), ['assigned', 'security', true]);
    assert.deepEqual(await kindOf('Facilities Announcements'), ['assigned', 'security', false]);
  });

  test('asks nothing for nothing', async () => {
    const world = createWorld();
    assert.deepEqual(await names(world, '   '), []);
    assert.equal(world.requests.length, 0);
  });

  test('is content with one of the two answers, and fails where there is none', async () => {
    const world = createWorld();
    const fail = (times: number, word: string) =>
      world.tenant.behavior.faults.push({ kind: 'error', status: 400, times, match: (_, path) => path.includes(word) });
    fail(1, 'search=');
    assert.ok((await names(world, 'HR')).length > 0);
    fail(2, 'v1.0/groups?');
    await assert.rejects(searchGroups(world.client, 'HR'), GraphError);
  });
});
