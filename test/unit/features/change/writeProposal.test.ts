import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { window } from 'vscode';
import { writeProposal } from '../../../../src/features/change/changeFlow.ts';
import type { WriteCommandParts } from '../../../../src/features/change/writeAccess.ts';
import { addGroups } from '../../../../src/intune/plan/addTargets.ts';
import { propose, type Wanted } from '../../../../src/intune/plan/propose.ts';
import { type ShownNotification, showNotifications } from '../../fakes/notifications.ts';
import { createWorld, groupNamed, refOf, sampleScript, told, type World, writesIn } from '../../intune/support.ts';
import { givenSettings } from '../givenSettings.ts';
import { givenWriteParts } from '../givenWriteParts.ts';

interface Given {
  /** Milliseconds for which the plan stood open. */
  readonly age?: number;
  readonly before?: (world: World, group: string) => void;
  /** Each time that the notification says something. */
  readonly told?: (notification: ShownNotification) => void;
  readonly parts?: (world: World) => Partial<WriteCommandParts>;
}

const asksForGroup = ({ requests }: World): boolean => requests.some(({ path }) => /\/groups\/[^/]+\?\$select=id$/.test(path));

/** Writes a plan that adds a group to a script, some time after it was made. */
async function write({ age = 120_000, before, told: heard = () => undefined, parts }: Given) {
  const world = createWorld({ behavior: { assignmentLagMs: 0 } });
  const group = groupNamed(world, 'HR Devices');
  const script = refOf(sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes'));
  const wanted: Wanted = {
    scripts: [script],
    groups: [{ id: group, name: 'HR Devices' }],
    changesFor: one => addGroups(one, [group]),
  };
  const proposal = await propose(world.connection, wanted, world.records, world.clock);
  await world.clock.sleep(age);
  before?.(world, group);
  world.requests.length = 0;
  const said: string[] = [];
  const say = async (text: string): Promise<undefined> => void said.push(text);
  Object.assign(window, { showInformationMessage: say, showWarningMessage: say, showErrorMessage: say });
  const asked: boolean[] = [];
  const shown = showNotifications(one => {
    asked.push(asksForGroup(world));
    heard(one);
  });
  const given = givenWriteParts(world, parts?.(world));
  const written = await writeProposal(given, proposal, wanted, () => assert.fail('nothing is planned again'));
  const [notification, ...more] = shown;
  assert.deepEqual(more, [], 'one notification at most');
  return { world, said, notification, asked, kinds: written?.map(({ outcome }) => told(outcome)), writes: writesIn(world).length };
}

describe('a plan that stood open', () => {
  test('is looked at again with its notification open, and written', async () => {
    const { world, notification, asked, kinds } = await write({});
    assert.deepEqual(kinds, ['written, visible']);
    assert.equal(asked[0], false, 'the notification is there before anything is asked');
    assert.ok(asksForGroup(world));
    assert.deepEqual(notification?.messages, ['0 of 1', '1 of 1: Checking…']);
  });

  test('is not looked at again within a minute', async () => {
    const { world, kinds } = await write({ age: 30_000 });
    assert.deepEqual([asksForGroup(world), kinds], [false, ['written, visible']]);
  });

  test('is not written where its group was deleted since', async () => {
    const { said, kinds, writes, notification } = await write({ before: ({ tenant }, group) => tenant.admin.deleteGroup(group) });
    assert.deepEqual([kinds, writes], [undefined, 0]);
    assert.deepEqual(said, ['HR Devices was deleted since the plan was made. Nothing was written. Pick again.']);
    assert.equal(notification?.open, false);
  });

  test('is not written where another tenant is shown by the time that it was looked at', async () => {
    const another = createWorld().connection;
    const { said, kinds, writes } = await write({
      parts: world => ({ connection: () => (asksForGroup(world) ? { ...another, key: 'another' } : world.connection) }),
    });
    assert.deepEqual([kinds, writes], [undefined, 0]);
    assert.match(said[0] ?? '', /another tenant or account is shown now\. Nothing was written\.$/);
  });

  test('is not written where the window is read only by then, and shows nothing where it was before', async () => {
    const readOnly = givenSettings({ readOnly: true });
    const later = await write({ parts: world => ({ settings: () => (asksForGroup(world) ? readOnly : givenSettings()) }) });
    const before = await write({ parts: () => ({ settings: () => readOnly }) });
    for (const { said, kinds, writes } of [later, before]) {
      assert.deepEqual([kinds, writes, said], [undefined, 0, ['Intune Scripts is set to read only. Nothing was written.']]);
    }
    assert.equal(before.notification, undefined);
  });

  test('is cancelled while it is looked at: nothing is written', async () => {
    const { kinds, writes, world } = await write({ told: one => one.cancel() });
    assert.deepEqual([kinds, writes], [['cancelled'], 0]);
    assert.deepEqual(world.records, [], 'and nothing is in the journal');
  });
});
