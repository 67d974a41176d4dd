import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findScript } from '../../../../src/features/trees/findScript.ts';
import type { Memory } from '../../../../src/intune/model/memory.ts';
import type { Connection } from '../../../../src/intune/read/connection.ts';
import type { PickOne } from '../../../../src/ui/quickPick.ts';
import { assigned, cloud, include, inventoryOf, loaded, named, now, script } from '../../ui/sampleInventory.ts';

const inventory = inventoryOf(
  {
    deviceManagementScripts: loaded(
      script('deviceManagementScripts', 'a', 'Alpha'),
      script('deviceManagementScripts', 'b', 'Beta', assigned(include(1))),
    ),
  },
  [named(1, 'Sales')],
);
const memory: Memory = { get: () => undefined, set: async () => {} };
const refuse = () => Promise.reject(new Error('nothing is to be sent'));
const connection: Connection = {
  key: 'k',
  sample: true,
  cloud,
  tenantId: 't',
  tenantName: 'Contoso',
  account: 'ada',
  client: { send: refuse, sendAll: refuse, list: refuse, prepare: refuse, hasToken: () => false, renewTokens: () => undefined },
  memory,
  inventory,
};

/** Answers each picker with the row of a label, with back, or by leaving it. */
async function answering(...answers: readonly string[]) {
  const titles: string[] = [];
  const left = [...answers];
  const revealed: string[] = [];
  const pickOne: PickOne = async (rows, { title }) => {
    titles.push(title);
    const answer = left.shift();
    if (answer === 'back') return { kind: 'back' };
    for (const row of rows) if (row.kind === 'choice' && row.label === answer) return { kind: 'picked', value: row.value };
    assert.equal(answer, undefined, `no row ${answer}`);
    return undefined;
  };
  await findScript({
    connection: () => connection,
    state: () => 'ready',
    say: async () => undefined,
    run: async () => undefined,
    pickOne,
    reveal: async ({ id }) => void revealed.push(id),
    now: () => now,
  })();
  return { titles, revealed };
}

test('any script can be chosen at once', async () => {
  assert.deepEqual((await answering('Beta')).revealed, ['b']);
});

test('a filter narrows, and back leads to all', async () => {
  const { titles, revealed } = await answering('Not assigned', 'back', 'Not assigned', 'Alpha');
  assert.deepEqual(titles, ['Find Script', 'Find Script: Not assigned', 'Find Script', 'Find Script: Not assigned']);
  assert.deepEqual(revealed, ['a']);
});

test('back from the scripts of a group leads to the groups, and from there to all', async () => {
  const { titles, revealed } = await answering('By group…', 'Sales', 'back', 'back', 'By group…', 'Sales', 'Beta');
  assert.deepEqual(titles[2], 'Find Script: Sales');
  assert.deepEqual(titles[4], 'Find Script');
  assert.deepEqual(revealed, ['b']);
});

test('leaving reveals nothing', async () => {
  assert.deepEqual((await answering()).revealed, []);
  assert.deepEqual((await answering('Not assigned')).revealed, []);
});
