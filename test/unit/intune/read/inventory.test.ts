import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newAssignment } from '../../../../src/intune/model/assignment.ts';
import { scriptKey } from '../../../../src/intune/model/script.ts';
import { createInventory, targetedGroupIds } from '../../../../src/intune/read/inventory.ts';
import { type Behavior, gentleBehavior, type ObservedRequest } from '../../../../src/sample/index.ts';
import { createWorld, groupNamed, onTheWire, sampleScript, type World, withCutLists } from '../support.ts';

const gentle: Partial<Behavior> = { ...gentleBehavior(), latencyMs: 100 };

/** How many requests had to wait for one another, when each takes as long as the latency. */
const roundTrips = (world: World, latencyMs: number, start: number): number => (world.clock.now() - start) / latencyMs;

const readOnly = new Set([
  'DeviceManagementScripts.Read.All',
  'DeviceManagementConfiguration.Read.All',
  'GroupMember.Read.All',
  'User.Read',
]);

const paths = (requests: readonly ObservedRequest[]): readonly string[] => requests.map(({ path }) => path);

describe('a cold load', () => {
  for (const [name, options] of [
    ['with the permissions to read alone', { scopes: readOnly }],
    ['with Directory.Read.All', { scopes: new Set([...readOnly, 'Directory.Read.All']) }],
  ] as const) {
    test(`of the small tenant ${name}: all scripts and names, in 2 round trips and at most 12 requests`, async () => {
      const world = createWorld({ behavior: gentle, ...options });
      const { inventory } = world.connection;
      const start = world.clock.now();
      await inventory.load();
      assert.equal(roundTrips(world, 100, start), 2);
      assert.ok(onTheWire(world).length <= 12, paths(onTheWire(world)).join('\n'));
      for (const [family, state] of inventory.families) {
        assert.equal(state.status, 'loaded', family);
        const linux = family === 'configurationPolicies';
        const there = world.tenant.state.scripts
          .list(family)
          .filter(({ entity }) => !linux || String(entity['name']).startsWith('Linux –'));
        assert.equal(state.scripts?.length, there.length, family);
      }
      const ids = targetedGroupIds(inventory.scripts());
      assert.ok(ids.length > 30);
      for (const id of ids) {
        const truth = world.tenant.state.groups.get(id);
        assert.deepEqual(inventory.groups.get(id), truth ? { id, status: 'named', name: truth.displayName } : { id, status: 'deleted' });
      }
    });
  }

  test('of the harsh tenant finds the same scripts', async () => {
    const [harsh, mild] = [createWorld(), createWorld({ behavior: gentle })];
    await Promise.all([harsh.connection.inventory.load(), mild.connection.inventory.load()]);
    const of = ({ connection }: World): readonly string[] =>
      connection.inventory
        .scripts()
        .map(({ family, id, name }) => [family, id, name].join('|'))
        .sort();
    assert.deepEqual(of(harsh), of(mild));
    assert.ok(of(harsh).length >= 38);
  });

  test('of the large tenant is complete', async () => {
    const world = createWorld({ size: 'large', behavior: gentle });
    await world.connection.inventory.load();
    const { inventory } = world.connection;
    assert.equal(inventory.families.get('deviceManagementScripts')?.scripts?.length, 300);
    assert.equal(inventory.families.get('deviceHealthScripts')?.scripts?.length, 200);
    assert.ok(targetedGroupIds(inventory.scripts()).every(id => inventory.groups.has(id)));
    assert.equal([...inventory.groups.values()].filter(({ status }) => status === 'deleted').length, 3);
  });
});

describe('what fails', () => {
  test('a family that is forbidden fails alone, and keeps what was read before', async () => {
    const world = createWorld();
    const { inventory } = world.connection;
    await inventory.load();
    world.tenant.behavior.forbiddenFamilies = new Set(['deviceShellScripts']);
    await inventory.load();
    const state = inventory.families.get('deviceShellScripts');
    assert.ok(state?.status === 'failed');
    assert.equal(state.scripts?.length, 7);
    assert.deepEqual([...inventory.families.values()].filter(({ status }) => status === 'failed').length, 1);
  });

  test('a forbidden family is no empty one', async () => {
    const world = createWorld({ behavior: { forbiddenFamilies: new Set(['deviceShellScripts']) } });
    await world.connection.inventory.load();
    assert.deepEqual(world.connection.inventory.families.get('deviceShellScripts')?.scripts, undefined);
  });

  for (const fault of [{ kind: 'error', status: 500 }, { kind: 'truncate' }, { kind: 'forbidden', reason: 'user' }] as const) {
    test(`page 2 with ${fault.kind} fails its family: half a list is none`, async () => {
      const world = createWorld({ behavior: { largestPage: 5 } });
      const match = (_: string, path: string): boolean => path.includes('deviceShellScripts') && path.includes('skiptoken');
      world.tenant.behavior.faults.push({ ...fault, match, times: 10 });
      await world.connection.inventory.load();
      const { families } = world.connection.inventory;
      assert.equal(families.get('deviceShellScripts')?.status, 'failed');
      assert.equal(families.get('deviceShellScripts')?.scripts, undefined);
      assert.equal(families.get('deviceManagementScripts')?.status, 'loaded');
    });
  }

  test('a script that stands on two pages is one', async () => {
    const world = createWorld({ behavior: { largestPage: 5, pageWart: 'overlap' } });
    await world.connection.inventory.load();
    assert.equal(world.connection.inventory.families.get('deviceShellScripts')?.scripts?.length, 7);
  });

  test('pages that repeat fail the family, and do not go on for ever', async () => {
    const world = createWorld({ behavior: { largestPage: 3, pageWart: 'repeatedToken' } });
    await world.connection.inventory.load();
    assert.equal(world.connection.inventory.families.get('deviceShellScripts')?.status, 'failed');
  });

  test('a nextLink to another host is not followed', async () => {
    const world = createWorld({ behavior: { largestPage: 5, pageWart: 'foreignHost' } });
    await world.connection.inventory.load();
    assert.equal(world.connection.inventory.families.get('deviceShellScripts')?.status, 'failed');
    assert.ok(paths(world.requests).every(path => !path.includes('example')));
  });

  test('a cancelled load rejects', async () => {
    const world = createWorld();
    const cancel = new AbortController();
    world.tenant.behavior.beforeRead = () => cancel.abort();
    await assert.rejects(world.connection.inventory.load({ signal: cancel.signal }));
  });
});

describe('names of groups', () => {
  test('a group that was deleted, one that may not be read, and one whose request fails', async () => {
    const world = createWorld();
    const [hidden, broken, gone] = ['Developers', 'Build Servers', 'Cloud PCs'].map(name => groupNamed(world, name));
    assert.ok(hidden && broken && gone);
    world.tenant.behavior.unreadableGroups = new Set([hidden]);
    world.tenant.behavior.faults.push({ kind: 'error', status: 500, times: 9, match: (_, path) => path.includes(`/groups/${broken}`) });
    world.tenant.admin.deleteGroup(gone);
    const { inventory } = world.connection;
    await inventory.load();
    assert.deepEqual(
      [hidden, broken, gone].map(id => inventory.groups.get(id)?.status),
      ['unreadable', 'unreadable', 'deleted'],
    );
  });

  test('a group that another administrator added is named after a write has shown it', async () => {
    const world = createWorld();
    const { inventory } = world.connection;
    await inventory.load();
    const script = sampleScript(world, 'deviceManagementScripts', 'Set Time Zone by Location');
    const group = groupNamed(world, 'Store Registers');
    assert.equal(inventory.groups.has(group), false);
    inventory.setAssignments(new Map([[scriptKey(script), [newAssignment({ kind: 'group', groupId: group })]]]));
    // Nobody waits for the name, so that the event loop is given its turns; far fewer are needed.
    for (let turn = 0; turn < 200 && !inventory.groups.has(group); turn += 1) await new Promise(resolve => setImmediate(resolve));
    assert.deepEqual(inventory.groups.get(group), { id: group, status: 'named', name: 'Store Registers' });
  });
});

describe('assignments that a list cuts off', () => {
  test('are read whole', async () => {
    const world = createWorld();
    const inventory = createInventory(withCutLists(world.client, 1), world.parts.memory);
    await inventory.load();
    const homebrew = inventory.scripts().find(({ name }) => name === 'Install Homebrew');
    assert.equal(homebrew?.assignments.length, 3);
  });

  test('are whole where the link to more is null', async () => {
    const world = createWorld();
    await createInventory(withCutLists(world.client, 1, null), world.parts.memory).load();
    assert.equal(world.requests.filter(({ path }) => path.endsWith('/assignments')).length, 0);
  });

  test('that cannot be read fail their own scripts, and no other of the family', async () => {
    const world = createWorld();
    const inventory = createInventory(withCutLists(world.client, 1), world.parts.memory);
    const { id } = sampleScript(world, 'deviceShellScripts', 'Install Homebrew');
    world.tenant.behavior.faults.push({ kind: 'error', status: 500, times: 9, match: (_, path) => path.endsWith(`${id}/assignments`) });
    await inventory.load();
    const state = inventory.families.get('deviceShellScripts');
    assert.ok(state?.status === 'loaded');
    const [failed, read] = [state.scripts.filter(({ notRead }) => notRead), state.scripts.filter(({ notRead }) => !notRead)];
    assert.deepEqual([failed.map(({ notRead }) => notRead?.status), read.length > 0], [[500], true]);
  });
});
