import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planText } from '../../../../src/features/change/planText.ts';
import { reviewText } from '../../../../src/features/change/review.ts';
import { rowOf } from '../../../../src/features/trees/rowOf.ts';
import { addGroups } from '../../../../src/intune/plan/addTargets.ts';
import { createWorld, groupNamed, proposeFor, sampleScript } from '../../intune/support.ts';
import { contextOf, inventoryOf, loaded, script } from '../sampleInventory.ts';

test('scripts of one kind that are called the same are told apart by the start of their ids', () => {
  const scripts = ['11111111-a', '22222222-b'].map(id => script('deviceManagementScripts', id, 'Kiosk Auto Logon'));
  const other = script('deviceShellScripts', '33333333-c', 'Kiosk Auto Logon');
  const context = contextOf(inventoryOf({ deviceManagementScripts: loaded(...scripts), deviceShellScripts: loaded(other) }));
  const rows = [...scripts, other].map(one => rowOf({ kind: 'script', connection: context.key, script: one }, context));
  assert.deepEqual(
    rows.map(({ description }) => description),
    ['11111111 · not assigned', '22222222 · not assigned', 'not assigned'],
  );
  assert.match(rows[0]?.spoken ?? '', /, ID 11111111$/);
});

test('a review and a plan say which of two scripts of one name is changed', async () => {
  const world = createWorld();
  await world.connection.inventory.reload('deviceManagementScripts');
  const kiosk = sampleScript(world, 'deviceManagementScripts', 'Kiosk Auto Logon');
  const proposal = await proposeFor(world, [kiosk], one => addGroups(one, [groupNamed(world, 'HR Devices')]));
  const name = `Kiosk Auto Logon (${kiosk.id.slice(0, 8)})`;
  assert.ok(reviewText(proposal, 0).message.startsWith(`Assign “${name}” to `), reviewText(proposal, 0).message);
  assert.ok(planText(proposal, 'now', 0).includes(name));
});
