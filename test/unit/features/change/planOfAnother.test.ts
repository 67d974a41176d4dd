import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { connectionKey, type Identity } from '../../../../src/auth/account.ts';
import { accountConnection } from '../../../../src/connections/accountConnection.ts';
import { sampleConnection } from '../../../../src/connections/sampleConnection.ts';
import { changeAssignments } from '../../../../src/features/change/changeFlow.ts';
import { notWritable } from '../../../../src/features/change/writeAccess.ts';
import { addGroups } from '../../../../src/intune/plan/addTargets.ts';
import type { Connection } from '../../../../src/intune/read/connection.ts';
import { targetedGroupIds } from '../../../../src/intune/read/inventory.ts';
import { tenantTitle } from '../../../../src/ui/format/names.ts';
import { FakeSessions } from '../../auth/fakes.ts';
import { writesIn } from '../../intune/support.ts';
import { type CommandWindow, createCommandWindow } from '../commandWindow.ts';

const identity: Identity = {
  cloud: 'global',
  tenantId: '11111111-2222-4333-8444-555555555555',
  clientId: '66666666-7777-4888-9999-aaaaaaaaaaaa',
  account: { id: 'ada', label: 'ada@contoso.example' },
};

/** What the same person may have in front of the window next, each differing in one thing. */
const others: Readonly<Record<string, Identity>> = {
  cloud: { ...identity, cloud: 'usGov' },
  tenant: { ...identity, tenantId: '22222222-2222-4333-8444-555555555555' },
  account: { ...identity, account: { id: 'eve', label: identity.account.label } },
};

/** The connection of an account, as the extension makes it. Its network fails the test. */
function connected({ world }: CommandWindow, of: Identity): Connection {
  const values = new Map<string, unknown>();
  const store = {
    get: (key: string) => values.get(key),
    update: async (key: string, value: unknown) => void values.set(key, value),
    keys: () => [...values.keys()],
  };
  const nothing = (): void => undefined;
  const fetch = () => assert.fail('something was sent to another tenant');
  return accountConnection(of, { sessions: new FakeSessions(), fetch, clock: world.clock, store, log: nothing, onName: nothing });
}

/** The world's tenant, with the key that the account's connection has. */
const own = ({ world }: CommandWindow): Connection => ({ ...world.connection, key: connectionKey(identity) });

/** A sample tenant, and what it was asked for. */
async function openSample({ world }: CommandWindow, key: string) {
  const sent: string[] = [];
  const log = ({ method, path }: { readonly method: string; readonly path: string }) => void sent.push(`${method} ${path}`);
  const { connection } = await sampleConnection({ key, clock: world.clock, log, onName: () => undefined });
  await connection.inventory.load();
  return { connection, sent };
}

/** Shows the plan that adds a group to a script, in front of the window. */
async function showPlan(one: CommandWindow, connection: Connection): Promise<void> {
  const scripts = connection.inventory.scripts();
  const [group = assert.fail()] = targetedGroupIds(scripts);
  const script = scripts.find(
    ({ family, assignments }) => family === 'deviceManagementScripts' && assignments.every(({ target }) => target.groupId !== group),
  );
  one.shown = connection;
  const groups = [{ id: group, name: 'a group' }];
  await changeAssignments(one.parts, connection, { scripts: [script ?? assert.fail()], groups, changesFor: to => addGroups(to, [group]) });
  assert.equal(one.documents.shownPlan()?.connection, connection);
  one.happened();
}

const newWindow = () => createCommandWindow({ settings: { alwaysShowPlan: true, confirmAbove: 1_000_000 } });

const refusal = (connection: Connection): string =>
  `This is for ${tenantTitle(connection)}, and another tenant or account is shown now. Nothing was written.`;

describe('a plan that was made in a tenant', () => {
  for (const [what, other] of Object.entries(others)) {
    test(`cannot be applied once another ${what} is shown, and nothing is sent to either`, async () => {
      const one = await newWindow();
      const connection = own(one);
      await showPlan(one, connection);
      one.shown = connected(one, other);
      await one.documents.apply();
      assert.deepEqual(one.happened(), [refusal(connection)]);
      assert.ok(one.documents.shownPlan(), 'it can be applied when its tenant is shown again');
    });
  }

  test('cannot be applied once the sample tenant is shown, or nobody is signed in', async () => {
    const one = await newWindow();
    const connection = own(one);
    const sample = await openSample(one, 'sample/1');
    await showPlan(one, connection);
    sample.sent.length = 0;
    for (const shown of [sample.connection, undefined]) {
      one.shown = shown;
      await one.documents.apply();
      assert.deepEqual(one.happened(), [refusal(connection)]);
    }
    assert.deepEqual(sample.sent, []);
  });

  test('is applied where the same account shows the same tenant, also when that was opened anew', async () => {
    const one = await newWindow();
    await showPlan(one, own(one));
    one.shown = own(one);
    await one.documents.apply();
    assert.ok(writesIn(one.world).length > 0);
    assert.equal(one.documents.shownPlan(), undefined);
  });
});

test('a plan of the sample tenant cannot be applied to a real one, nor to a sample tenant that was opened after it', async () => {
  const one = await newWindow();
  const { connection, sent } = await openSample(one, 'sample/1');
  await showPlan(one, connection);
  sent.length = 0;
  const next = await openSample(one, 'sample/2');
  next.sent.length = 0;
  for (const shown of [connected(one, identity), own(one), next.connection, undefined]) {
    one.shown = shown;
    await one.documents.apply();
    assert.deepEqual(one.happened(), [refusal(connection)]);
  }
  assert.deepEqual([...sent, ...next.sent], []);
  one.shown = connection;
  await one.documents.apply();
  assert.ok(sent.some(request => /^POST .*\/assign$/.test(request)));
});

test('two connections are the same one only where cloud, tenant and account are, whatever the app registration', async () => {
  const one = await newWindow();
  const same = [
    { ...identity, clientId: 'bbbbbbbb-7777-4888-9999-aaaaaaaaaaaa' },
    { ...identity, signInMethod: 'deviceCode' as const },
  ];
  const { connection: sample } = await openSample(one, 'sample/1');
  const all = [
    ...[identity, ...Object.values(others)].map(of => connected(one, of)),
    sample,
    (await openSample(one, 'sample/2')).connection,
  ];
  for (const planned of all) {
    const written = all.filter(shown => notWritable({ ...one.parts, connection: () => shown }, planned) === undefined);
    assert.deepEqual(written, [planned]);
  }
  for (const of of same) {
    const shown = connected(one, of);
    assert.equal(notWritable({ ...one.parts, connection: () => shown }, connected(one, identity)), undefined);
  }
});
