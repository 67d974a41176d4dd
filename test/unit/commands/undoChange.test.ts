import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editAssignment } from '../../../src/commands/editAssignment.ts';
import { undoChange } from '../../../src/commands/undoChange.ts';
import { assignmentFromWire } from '../../../src/intune/assignment.ts';
import { readHistory } from '../../../src/intune/history/readHistory.ts';
import { replaceGroup } from '../../../src/intune/replaceGroup.ts';
import { rowsOf } from '../../../src/sample/index.ts';
import { groupNamed, hasGroup, proposeFor, refOf, sampleScript, told, writeOne } from '../intune/support.ts';
import { createCommandWindow } from './commandWindow.ts';

const given = { parts: { writeMethod: 'assign' }, settings: { alwaysShowPlan: true, confirmAbove: 100_000 }, permitted: true } as const;

test('undoing a replacement takes nothing out where the old group was deleted meanwhile', async () => {
  const one = await createCommandWindow(given);
  const { world } = one;
  const [old, other] = [groupNamed(world, 'Developer Workstations'), groupNamed(world, 'Cloud PCs')];
  const script = sampleScript(world, 'deviceManagementScripts', 'Configure Developer Workstation');
  const changesFor = (_: unknown, base: Parameters<typeof replaceGroup>[0] = []) =>
    replaceGroup(base, { from: old, to: other, mode: 'replace' }, () => undefined);
  const { plans } = await proposeFor(world, [script], changesFor);
  const [plan = assert.fail()] = plans;
  assert.equal(told(await writeOne(world, plan, { change: { id: 'c', allOrNone: true } })), 'written, visible');
  await world.clock.sleep(600_000);
  world.tenant.admin.deleteGroup(old);
  const [change = assert.fail()] = await readHistory(one.journal);
  await undoChange(one.parts)({ kind: 'change', connection: world.connection.key, change });
  assert.equal(one.documents.shownPlan(), undefined);
  assert.ok(hasGroup(script, other));
});

test('a group that is deleted is not excluded in the place of being included', async () => {
  const one = await createCommandWindow(given);
  const { world } = one;
  const group = groupNamed(world, 'HR Devices');
  const script = sampleScript(world, 'deviceHealthScripts', 'Clear Teams Cache');
  world.tenant.admin.add(script.family, script.id, {
    target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: group },
  });
  await world.clock.sleep(600_000);
  await world.connection.inventory.load();
  world.tenant.admin.deleteGroup(group);
  const assignment = rowsOf(script)
    .map(row => assignmentFromWire(row))
    .find(({ target }) => target.groupId === group.toLowerCase());
  assert.ok(assignment);
  const turn: typeof one.parts.pickOne = async rows => {
    const row =
      rows.find(({ label }) => label === 'Review the Change…') ?? rows.find(({ label }) => label === 'Exclude This Group Instead');
    return row?.kind === 'choice' ? { kind: 'picked', value: row.value } : undefined;
  };
  const node = {
    kind: 'assignment',
    connection: world.connection.key,
    script: { ...refOf(script), isGlobal: false, assignments: [] },
    assignment,
  };
  await editAssignment({ ...one.parts, pickOne: turn })(node);
  assert.ok(one.happened().includes('The group HR Devices was deleted meanwhile. Nothing new is assigned to it.'));
  assert.ok(hasGroup(script, group));
});
