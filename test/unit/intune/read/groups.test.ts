import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readGroupNames } from '../../../../src/intune/read/groups.ts';
import { sampleScopes } from '../../../../src/sample/index.ts';
import { createWorld, onTheWire, type World } from '../support.ts';

const groupsOf = (world: World, count: number): readonly string[] =>
  [...world.tenant.state.groups.all()].slice(0, count).map(({ id }) => id);
const missing = 'deadbeef-0000-4000-8000-000000000001';

const read = (world: World, ids: readonly string[]) => readGroupNames(world.client, world.parts.memory, ids);
const byIds = (world: World): number => world.requests.filter(({ path }) => path.endsWith('/getByIds')).length;

describe('the names of many groups', () => {
  test('come from getByIds where it names them, and only a 404 of its own makes a group deleted', async () => {
    const world = createWorld({ size: 'large', scopes: new Set([...sampleScopes, 'Directory.Read.All']) });
    const ids = [...groupsOf(world, 100), missing];
    const known = await read(world, ids);
    assert.equal(byIds(world), 1);
    assert.equal(known.filter(({ status }) => status === 'named').length, 100);
    assert.deepEqual(known.find(({ id }) => id === missing)?.status, 'deleted');
    assert.equal(onTheWire(world).length, 2);
  });

  test('are asked for one by one where getByIds answers ids alone, which is remembered', async () => {
    const world = createWorld({ size: 'large' });
    const ids = [...groupsOf(world, 100), missing];
    for (const n of [1, 2]) {
      const known = await read(world, ids);
      assert.equal(known.filter(({ status }) => status === 'named').length, 100);
      assert.equal(known.find(({ id }) => id === missing)?.status, 'deleted');
      assert.equal(byIds(world), 1, `read ${n}`);
    }
    assert.equal(onTheWire(world).length, 1 + 6 + 6);
  });

  test('a getByIds that fails says nothing of the tenant', async () => {
    const world = createWorld({ size: 'large', scopes: new Set([...sampleScopes, 'Directory.Read.All']) });
    const ids = groupsOf(world, 100);
    world.tenant.behavior.faults.push({ kind: 'error', status: 500, match: (_, path) => path.endsWith('/getByIds') });
    assert.equal((await read(world, ids)).filter(({ status }) => status === 'named').length, 100);
    await read(world, ids);
    assert.equal(byIds(world), 2);
  });

  test('more than 1,000 go in several requests', async () => {
    const world = createWorld({ size: 'large', scopes: new Set([...sampleScopes, 'Directory.Read.All']) });
    const known = await read(world, groupsOf(world, 2_500));
    assert.equal(known.length, 2_500);
    assert.ok(known.every(({ status }) => status === 'named'));
    assert.equal(byIds(world), 3);
  });

  test('up to 60 are asked for at once, without getByIds', async () => {
    const world = createWorld();
    assert.equal((await read(world, groupsOf(world, 60))).length, 60);
    assert.equal(byIds(world), 0);
    assert.equal(onTheWire(world).length, 3);
  });

  test('of no group asks nothing', async () => {
    const world = createWorld();
    assert.deepEqual(await read(world, []), []);
    assert.equal(world.requests.length, 0);
  });
});
