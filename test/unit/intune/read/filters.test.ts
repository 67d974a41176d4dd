import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { GraphError } from '../../../../src/graph/client.ts';
import { filtersFor, readFilters } from '../../../../src/intune/read/filters.ts';
import { nameFilters } from '../../../../src/intune/read/inventory.ts';
import { createWorld, type World } from '../support.ts';

const browseOnly = new Set(['DeviceManagementScripts.Read.All', 'GroupMember.Read.All', 'User.Read']);

const asked = ({ requests }: World): number => requests.filter(({ path }) => path.includes('assignmentFilters')).length;

describe('assignment filters', () => {
  test('of a family are those of its platform, by name, with what they let through', async () => {
    const filters = await readFilters(createWorld().client);
    assert.deepEqual(
      filtersFor('deviceHealthScripts', filters).map(({ name, rule }) => [name, rule]),
      [
        ['Corporate Windows Devices', '(device.deviceOwnership -eq "Corporate")'],
        ['Virtual Machines', '(device.model -startsWith "Virtual")'],
      ],
    );
    assert.deepEqual(filtersFor('deviceShellScripts', filters), []);
  });

  test('are read once between two loads, and told', async () => {
    const world = createWorld();
    const { inventory } = world.connection;
    const heard: string[] = [];
    inventory.onDidChange(change => heard.push(change));
    assert.equal(inventory.filters(), undefined);
    await Promise.all([inventory.readFilters(), inventory.readFilters()]);
    assert.equal(await inventory.readFilters(), inventory.filters());
    assert.equal(asked(world), 1);
    assert.deepEqual(heard, ['filters']);
    await inventory.load();
    assert.equal(asked(world), 1, 'a load asks for none');
    await inventory.readFilters();
    assert.equal(asked(world), 2);
  });

  test('are asked for again after a failure', async () => {
    const world = createWorld({ scopes: browseOnly });
    for (const _ of [1, 2]) await assert.rejects(world.connection.inventory.readFilters(), GraphError);
    assert.equal(asked(world), 2);
    assert.equal(world.connection.inventory.filters(), undefined);
  });

  test('are named after a load where some assignment has one', async () => {
    const world = createWorld();
    await world.connection.inventory.load();
    await nameFilters(world.connection.inventory);
    assert.equal(world.connection.inventory.filters()?.size, 4);
  });

  test('are not asked for without the permission, nor where no assignment has one', async () => {
    const forbidden = createWorld({ scopes: browseOnly });
    await forbidden.connection.inventory.load();
    await nameFilters(forbidden.connection.inventory);
    assert.equal(asked(forbidden), 0);

    const unused = createWorld();
    for (const script of unused.tenant.state.scripts.list('deviceHealthScripts')) unused.tenant.admin.assign(script.family, script.id, []);
    await unused.connection.inventory.load();
    await nameFilters(unused.connection.inventory);
    assert.equal(asked(unused), 0);
  });
});
