import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openInAdminCenter } from '../../../../src/features/trees/copyId.ts';
import type { Connection } from '../../../../src/intune/read/connection.ts';
import type { Node } from '../../../../src/ui/nodes.ts';
import { cloud, inventoryOf, script } from '../../ui/sampleInventory.ts';

const refuse = () => Promise.reject(new Error('nothing is to be sent'));
const connection: Connection = {
  key: 'k',
  sample: false,
  cloud,
  tenantId: 't',
  tenantName: 'Contoso',
  account: 'ada',
  client: { send: refuse, sendAll: refuse, list: refuse, prepare: refuse, hasToken: () => false, renewTokens: () => undefined },
  memory: { get: () => undefined, set: async () => {} },
  inventory: inventoryOf({}),
};
const node: Node = { kind: 'script', connection: 'k', script: script('deviceManagementScripts', 'a', 'Alpha') };

async function opening(sample: boolean) {
  const said: string[] = [];
  const opened: string[] = [];
  await openInAdminCenter({
    connection: () => ({ ...connection, sample }),
    state: () => 'ready',
    say: async message => void said.push(message),
    run: refuse,
    selectedNodes: () => [],
    openExternal: async url => opened.push(url),
  })(node);
  return { said, opened };
}

test('the page of a script is opened', async () => {
  const { said, opened } = await opening(false);
  assert.deepEqual(said, []);
  assert.equal(opened.length, 1);
});

test('the sample tenant has no pages, which is said where the command is reached', async () => {
  const { said, opened } = await opening(true);
  assert.deepEqual(opened, []);
  assert.deepEqual(said, ['The sample tenant exists only here, so it has no admin center.']);
});
