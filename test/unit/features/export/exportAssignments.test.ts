import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createInventoryLoader } from '../../../../src/app/inventoryLoader.ts';
import { type ExportParts, exportAssignments } from '../../../../src/features/export/exportAssignments.ts';
import type { Connection } from '../../../../src/intune/read/connection.ts';
import type { Node } from '../../../../src/ui/nodes.ts';
import type { PickOne } from '../../../../src/ui/quickPick.ts';
import { createWorld, sampleScript, type World } from '../../intune/support.ts';

/** Chooses a row by its label; leaves where there is none. */
const choose =
  (label: string): PickOne =>
  async rows => {
    const row = rows.find(one => one.label === label);
    return row?.kind === 'choice' ? { kind: 'picked', value: row.value } : undefined;
  };

function commandIn(world: World, given: Partial<ExportParts> = {}) {
  const documents: (readonly [string, string])[] = [];
  const said: string[] = [];
  const command = exportAssignments({
    connection: () => world.connection,
    state: () => 'ready',
    say: async message => void said.push(message),
    warn: async message => void said.push(message),
    run: async () => undefined,
    loader: createInventoryLoader(work => work()),
    selectedNodes: () => [],
    pickOne: choose('CSV'),
    openDocument: async (language, content) => void documents.push([language, content]),
    now: () => world.clock.now(),
    ...given,
  });
  return { command, documents, said };
}

async function loadedWorld(): Promise<World> {
  const world = createWorld();
  await world.connection.inventory.load();
  return world;
}

test('reads anew: what somebody else changed since the tree was read is in the document', async () => {
  const world = await loadedWorld();
  const script = sampleScript(world, 'deviceManagementScripts', 'Set Time Zone by Location');
  world.tenant.admin.renameScript(script.family, script.id, 'Renamed just now');
  const { command, documents, said } = commandIn(world);
  await command();
  assert.equal(documents[0]?.[0], 'csv');
  assert.match(documents[0]?.[1] ?? '', /Platform scripts \(Windows\),Renamed just now,/);
  assert.match(documents[0]?.[1] ?? '', /Corporate Windows Devices,include,/, 'filters have their names');
  assert.deepEqual(said, []);
});

test('says which family is missing, in the document and beside it', async () => {
  const world = await loadedWorld();
  world.tenant.behavior.forbiddenFamilies = new Set(['configurationPolicies']);
  const { command, documents, said } = commandIn(world, { pickOne: choose('Markdown') });
  await command();
  assert.match(documents[0]?.[1] ?? '', /> \*\*Bash scripts \(Linux\) could not be read and are missing/);
  assert.doesNotMatch(documents[0]?.[1] ?? '', /Linux –/, 'nothing of an earlier reading');
  assert.match(said.join(), /^Bash scripts \(Linux\) could not be read and are missing/);
});

test('exports the rows of a menu', async () => {
  const world = await loadedWorld();
  const script = world.connection.inventory.scripts().find(({ name }) => name === 'Install Homebrew') ?? assert.fail();
  const node: Node = { kind: 'script', connection: world.connection.key, script };
  const { command, documents } = commandIn(world, { pickOne: choose('JSON') });
  await command(node, [node]);
  const { chosen, scripts } = JSON.parse(documents[0]?.[1] ?? '') as { chosen: string; scripts: { name: string }[] };
  assert.equal(chosen, 'selection');
  assert.deepEqual(
    scripts.map(({ name }) => name),
    ['Install Homebrew'],
  );
});

test('opens nothing where no format is chosen, nor for a tenant that was left meanwhile', async () => {
  const world = await loadedWorld();
  const left = commandIn(world, { pickOne: async () => undefined });
  await left.command();
  assert.deepEqual(left.documents, []);
  let current: Connection | undefined = world.connection;
  const switched = commandIn(world, {
    connection: () => current,
    loader: {
      load: async () => {
        current = undefined;
      },
    },
  });
  await switched.command();
  assert.deepEqual(switched.documents, []);
  assert.match(switched.said.join(), /Nothing was exported/);
});
