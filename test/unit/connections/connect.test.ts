import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { connect } from '../../../src/connections/connect.ts';
import { createCurrentConnection } from '../../../src/connections/currentConnection.ts';
import { createJournals } from '../../../src/connections/journals.ts';
import { storedMemory, transientMemory } from '../../../src/connections/memory.ts';
import { sampleConnection } from '../../../src/connections/sampleConnection.ts';
import { systemClock } from '../../../src/host/clock.ts';
import { createWorld } from '../intune/support.ts';

function connection(memory = transientMemory()) {
  const world = createWorld();
  let heard = 0;
  const { client, tenantId, account, cloud } = world.connection;
  const onName = (): void => {
    heard += 1;
  };
  return { world, heard: () => heard, connected: connect({ key: 'k', sample: false, cloud, tenantId, account, client, memory, onName }) };
}

const { tenantName } = createWorld().tenant;

const organization = (_: string, path: string): boolean => path.includes('/organization');

describe('a connection', () => {
  test('has the id of the tenant for its name until the first load has read it, and remembers it', async () => {
    const memory = transientMemory();
    const { world, connected, heard } = connection(memory);
    assert.equal(connected.tenantName, world.tenant.tenantId);
    await connected.inventory.load();
    assert.equal(connected.tenantName, tenantName);
    assert.equal(heard(), 1);
    assert.equal(connection(memory).connected.tenantName, tenantName);
  });

  test('asks for the name again after it could not be read, and not after it was', async () => {
    const { world, connected } = connection();
    world.tenant.behavior.faults.push({ kind: 'forbidden', reason: 'user', match: organization });
    await connected.inventory.load();
    assert.equal(connected.tenantName, world.tenant.tenantId);
    await connected.inventory.load();
    assert.equal(connected.tenantName, tenantName);
    await connected.inventory.load();
    assert.equal(world.requests.filter(({ method, path }) => organization(method, path)).length, 2);
  });

  test('is loaded before the name is there, so that it can be loaded again', async () => {
    const { world, connected } = connection();
    const answer = Promise.withResolvers<void>();
    world.tenant.behavior.faults.push({ kind: 'hold', until: answer.promise, match: organization });
    await connected.inventory.load();
    assert.equal(connected.tenantName, world.tenant.tenantId);
    answer.resolve();
  });

  test('loads whatever becomes of remembering the name', async () => {
    const memory = { ...transientMemory(), set: async () => Promise.reject(new Error('The disk is full.')) };
    const { connected } = connection(memory);
    await connected.inventory.load();
    assert.ok(connected.inventory.scripts().length > 30);
  });
});

test('the sample tenant is a connection of its own, without an account', async () => {
  const { clock } = createWorld();
  const { connection: sample } = await sampleConnection({ key: 'sample/1', clock, log: () => {}, onName: () => {} });
  await sample.inventory.load();
  assert.deepEqual([sample.key, sample.sample, sample.tenantName], ['sample/1', true, tenantName]);
});

test('a sample tenant that is left and opened again is another one, and stays the same meanwhile', async () => {
  let useSample = true;
  const { clock } = createWorld();
  const current = createCurrentConnection({
    useSample: () => useSample,
    identity: () => undefined,
    openSample: async key => (await sampleConnection({ key, clock, log: () => {}, onName: () => {} })).connection,
    openAccount: () => assert.fail(),
    changed: () => {},
  });
  const journal = createJournals('/nowhere', 'window', systemClock);
  await current.update();
  const first = current.connection;
  await current.update();
  assert.ok(first && current.connection === first);
  await journal(first).append([{ type: 'end', id: '1', at: '2026-01-01T00:00:00.000Z', outcome: 'written' }]);
  for (const use of [false, true]) {
    useSample = use;
    await current.update();
  }
  const second = current.connection;
  assert.ok(second);
  assert.notEqual(second.key, first.key);
  assert.deepEqual(await journal(second).read(), []);
});

test('a slow opening that somebody has left does not come back', async () => {
  let useSample = true;
  let open = (): void => {};
  const opened = new Promise<void>(resolve => {
    open = resolve;
  });
  const seen: (string | undefined)[] = [];
  const current = createCurrentConnection({
    useSample: () => useSample,
    identity: () => undefined,
    openSample: async () => {
      await opened;
      return createWorld().connection;
    },
    openAccount: () => assert.fail(),
    changed: connected => seen.push(connected?.key),
  });
  const slow = current.update();
  useSample = false;
  await current.update();
  open();
  await slow;
  assert.equal(current.connection, undefined);
  assert.deepEqual(new Set(seen), new Set([undefined]));
});

test('memories of two connections do not mix', async () => {
  const values = new Map<string, unknown>();
  const store = {
    get: (key: string) => values.get(key),
    update: async (key: string, value: unknown) => void values.set(key, value),
    keys: () => [...values.keys()],
  };
  const [one, two] = [storedMemory(store, 'one'), storedMemory(store, 'two')];
  await one.set('x', 1);
  assert.deepEqual([one.get('x'), two.get('x')], [1, undefined]);
});

test('each connection has one journal; that of the sample tenant is kept in memory', async () => {
  const journals = createJournals('/nowhere', 'window', systemClock);
  const sample = journals({ key: 'sample', sample: true });
  assert.equal(journals({ key: 'sample', sample: true }), sample);
  assert.notEqual(journals({ key: 'a', sample: false }), journals({ key: 'b', sample: false }));
  await sample.append([{ type: 'end', id: '1', at: '2026-01-01T00:00:00.000Z', outcome: 'written' }]);
  assert.equal((await sample.read()).length, 1);
});
