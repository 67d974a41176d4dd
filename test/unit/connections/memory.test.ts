import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forgetNames, storedMemory } from '../../../src/connections/memory.ts';

test('names of one connection are forgotten, and nothing of another, nor what was chosen for scripts', async () => {
  const values = new Map<string, unknown>();
  const store = {
    get: (key: string) => values.get(key),
    update: async (key: string, value: unknown) => void (value === undefined ? values.delete(key) : values.set(key, value)),
    keys: () => [...values.keys()],
  };
  for (const connection of ['global/t/ada', 'global/t/ada2', 'usGov/t/ada']) {
    const memory = storedMemory(store, connection);
    await memory.set('tenantName', 'Contoso');
    await memory.set('recentGroups', [{ id: 'a', name: 'A' }]);
    await memory.set('collectionRoute/deviceHealthScripts', false);
  }
  await forgetNames(store, 'global/t/ada');
  assert.deepEqual(
    store.keys().filter(key => key.startsWith('global/t/ada/')),
    ['global/t/ada/collectionRoute/deviceHealthScripts'],
  );
  assert.equal(store.keys().length, 7);
});
