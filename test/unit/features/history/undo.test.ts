import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editAssignment } from '../../../../src/features/edit/editAssignment.ts';
import { undoChange } from '../../../../src/features/history/undo.ts';
import { readHistory } from '../../../../src/intune/history/recovery.ts';
import { assignmentFromWire, targetKey } from '../../../../src/intune/model/assignment.ts';
import { replaceGroup } from '../../../../src/intune/plan/replaceGroup.ts';
import { writePlans } from '../../../../src/intune/write/write.ts';
import { rowsOf } from '../../../../src/sample/index.ts';
import { groupNamed, hasGroup, proposeFor, refOf, sampleScript, told, writeOne } from '../../intune/support.ts';
import { createCommandWindow } from '../commandWindow.ts';

const given = { parts: { writeMethod: 'assign' }, settings: { alwaysShowPlan: true, confirmAbove: 100_000 }, permitted: true } as const;

test('undoing a replacement takes nothing out where the old group was deleted meanwhile', async () => {
  const one = await createCommandWindow(given);
  const { world } = one;
  const [old, other] = [groupNamed(world, 'Developer Workstations'), groupNamed(world, 'Cloud PCs')];
  const script = sampleScript(world, 'deviceManagementScripts', 'Configure Developer Workstation');
  const changesFor = (_: unknown, base: Parameters<typeof replaceGroup>[0] = []) =>
    replaceGroup(base, { from: old, to: other, mode: 'replace' });
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

test('a script that an undo leaves as it is, for its group is deleted, is not said to be as before', async () => {
  const one = await createCommandWindow(given);
  const { world } = one;
  const pairs = [
    ['Configure Developer Workstation', 'Cloud PCs'],
    ['Enable BitLocker on Data Volumes', 'Training Room A'],
  ].map(([script = '', group = '']) => [sampleScript(world, 'deviceManagementScripts', script), groupNamed(world, group)] as const);
  for (const [script, group] of pairs) {
    world.tenant.admin.add(script.family, script.id, {
      target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: group },
    });
  }
  await world.clock.sleep(600_000);
  const keys = new Map(pairs.map(([{ id }, group]) => [id, targetKey({ kind: 'group', groupId: group.toLowerCase() })]));
  const scripts = pairs.map(([script]) => script);
  const { plans } = await proposeFor(world, scripts, ({ id }) => [{ kind: 'remove', targetKey: keys.get(id) ?? '' }]);
  await writePlans(plans, world.parts, { change: { id: 'c' } });
  await world.clock.sleep(600_000);
  const [[gone, goneGroup], [back, backGroup]] = [pairs[0] ?? assert.fail(), pairs[1] ?? assert.fail()];
  world.tenant.admin.deleteGroup(goneGroup);
  const [change = assert.fail()] = await readHistory(one.journal);
  await undoChange(one.parts)({ kind: 'change', connection: world.connection.key, change });
  await one.documents.apply();
  assert.deepEqual([hasGroup(gone, goneGroup), hasGroup(back, backGroup)], [false, true]);
  const [undone = assert.fail()] = await readHistory(one.journal);
  assert.deepEqual([...undone.shortfalls], [[`${gone.family}/${gone.id}`, ['Cloud PCs is deleted.']]]);
});
