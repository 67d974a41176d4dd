import assert from 'node:assert/strict';
import { test } from 'node:test';
import { window } from 'vscode';
import { changeAssignments } from '../../../../src/features/change/changeFlow.ts';
import { addGroups } from '../../../../src/intune/plan/addTargets.ts';
import { type ShownNotification, showNotifications } from '../../fakes/notifications.ts';
import { createWorld, groupNamed, isAssignments, refOf, sampleScript, writesIn } from '../../intune/support.ts';
import { givenWriteParts } from '../givenWriteParts.ts';

/** Plans a change of one script, whose assignments take so many milliseconds to be read, and leaves the review. */
async function plan(ms: number, told: (notification: ShownNotification) => void = () => undefined) {
  const world = createWorld();
  const group = groupNamed(world, 'HR Devices');
  const script = refOf(sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes'));
  if (ms > 0) world.tenant.behavior.faults.push({ kind: 'delay', ms, match: isAssignments });
  const shown = showNotifications(told);
  const said: string[] = [];
  const say = async (text: string): Promise<undefined> => void said.push(text);
  Object.assign(window, { showInformationMessage: say, showWarningMessage: say, showErrorMessage: say });
  await changeAssignments(givenWriteParts(world), world.connection, {
    scripts: [script],
    groups: [{ id: group, name: 'HR Devices' }],
    changesFor: one => addGroups(one, [group]),
  });
  assert.deepEqual(writesIn(world), []);
  return { said: said.length, shown: shown.map(({ title }) => title) };
}

test('a plan that is made at once shows the review, and nothing before', async () => {
  const { said, shown } = await plan(0);
  assert.deepEqual([said, shown], [1, []]);
});

test('planning that takes longer can be cancelled, and then ends silently', async () => {
  const slow = await plan(20_000);
  assert.equal(slow.said, 1);
  assert.equal(slow.shown.length, 1);
  assert.match(slow.shown[0] ?? '', /^Reading assignments in /);
  assert.equal((await plan(20_000, one => one.cancel())).said, 0);
});
