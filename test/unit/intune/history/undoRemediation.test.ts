import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newAssignment, targetKey } from '../../../../src/intune/assignment.ts';
import { canBeUndone } from '../../../../src/intune/history/pastChange.ts';
import { rememberChoice } from '../../../../src/intune/remediation.ts';
import type { Target } from '../../../../src/intune/target.ts';
import { planOf } from '../../../../src/intune/write/finishApproval.ts';
import { rowsOf, type SampleScript } from '../../../../src/sample/index.ts';
import { createWorld, groupNamed, proposeFor, refOf, type World } from '../support.ts';
import { at, change, daily, lastChange, lastTarget, newWorld, set, spooler, toGroup, undoLast, undoOf } from './support.ts';

/** Somebody else has a remediation remediate on one group alone, at eight. */
const theyAssign = (world: World, script: SampleScript, groupId: string): void =>
  world.tenant.admin.assign(script.family, script.id, [
    {
      target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId },
      runSchedule: at('08:00:00'),
      runRemediationScript: true,
    },
  ]);

describe('undo of a remediation', () => {
  test('sets back whether it remediates, which the service does not tell', async () => {
    const world = newWorld();
    const script = spooler(world);
    const group = groupNamed(world, 'Cloud PCs');
    await change(world, [script], () => [set(group, daily('08:00:00'), false)]);
    await change(world, [script], () => [set(group, daily('08:00:00'), true)]);
    const { changes } = await undoOf(world, script, lastChange(world));
    assert.deepEqual(
      changes.map(one => one.kind === 'set' && one.remediates),
      [false],
    );
  });

  test('brings a row back as it was written last, not as a row with that filter was before', async () => {
    const world = newWorld();
    const script = spooler(world);
    const group = groupNamed(world, 'Cloud PCs');
    const [a, b] = ['a', 'b'].map(
      (letter): Target => ({ ...toGroup(group), filter: { id: `f11e5a11-0000-4000-8000-00000000000${letter}`, mode: 'include' } }),
    );
    assert.ok(a && b);
    world.tenant.admin.assign(script.family, script.id, []);
    await change(world, [script], () => [{ kind: 'set', assignment: newAssignment(a), remediates: true }]);
    await change(world, [script], () => [{ kind: 'set', assignment: newAssignment(b), remediates: false }]);
    const filter = { deviceAndAppManagementAssignmentFilterId: a.filter?.id ?? '', deviceAndAppManagementAssignmentFilterType: 'include' };
    const theirs = { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: group, ...filter };
    world.tenant.admin.assign(script.family, script.id, [{ target: theirs, runRemediationScript: false }]);
    await world.clock.sleep(60_000);
    await change(world, [script], () => [{ kind: 'remove', targetKey: targetKey(a) }]);
    await undoLast(world, script);
    assert.deepEqual(
      rowsOf(script).map(({ runRemediationScript }) => runRemediationScript),
      [false],
    );
  });

  test('leaves what somebody else set to remediate since our write, where the service tells that', async () => {
    const world = createWorld({ behavior: { remediationReadsFalse: false }, parts: { writeMethod: 'assign' } });
    const script = spooler(world);
    const group = groupNamed(world, 'Cloud PCs');
    const [first, second] = [daily('08:00:00'), daily('09:00:00')];
    world.tenant.admin.assign(script.family, script.id, []);
    await change(world, [script], () => [set(group, first, false)]);
    theyAssign(world, script, group);
    await change(world, [script], () => [set(group, second)]);
    await undoLast(world, script);
    assert.deepEqual(
      rowsOf(script).map(({ runRemediationScript, runSchedule }) => [runRemediationScript, String(runSchedule?.['time']).slice(0, 8)]),
      [[true, '08:00:00']],
    );
  });

  test('and the plan of such a write show that a row remediates from then on, which the rows alone do not tell', async () => {
    const world = newWorld();
    const script = spooler(world);
    const group = groupNamed(world, 'Cloud PCs');
    await change(world, [script], () => [set(group, daily('08:00:00'), false)]);
    await change(world, [script], () => [set(group, daily('08:00:00'), true)]);
    const { differences } = lastChange(world).writes[0] ?? assert.fail();
    const start = world.records.findLast(record => record.type === 'start') ?? assert.fail();
    const { rows } = planOf(start, differences);
    assert.deepEqual(
      rows.filter(({ action }) => action === 'change').map(({ assignment: { target } }) => target.groupId),
      [group.toLowerCase()],
    );
  });

  for (const schedule of ['08:00:00', '09:00:00']) {
    test(`asks whether a row remediates of which nobody knew before it was set to only detect (schedule of ${schedule})`, async () => {
      const world = newWorld();
      const script = spooler(world);
      const group = groupNamed(world, 'Cloud PCs');
      theyAssign(world, script, group);
      await change(world, [script], () => [set(group, daily(schedule), false)]);
      assert.deepEqual(
        rowsOf(script).map(({ runRemediationScript }) => runRemediationScript),
        [false],
      );
      const { changes } = await undoOf(world, script, lastChange(world));
      const { plans } = await proposeFor(world, [script], () => changes);
      assert.equal(plans[0]?.remediationAssumed, true);
      await change(world, [script], () => changes);
      assert.deepEqual(
        rowsOf(script).map(({ runRemediationScript, runSchedule }) => [runRemediationScript, String(runSchedule?.['time']).slice(0, 8)]),
        [[true, '08:00:00']],
      );
    });
  }

  test('of a flag of which nobody knew can be undone itself, and takes what the user chose once for the script', async () => {
    const world = newWorld();
    const script = spooler(world);
    const group = groupNamed(world, 'Cloud PCs');
    theyAssign(world, script, group);
    await change(world, [script], () => [set(group, daily('08:00:00'), false)]);
    const first = lastChange(world);
    const { changes } = await undoOf(world, script, first);
    await change(world, [script], () => changes, { undoes: first.id });
    const undone = lastChange(world).writes[0] ?? assert.fail();
    assert.ok(canBeUndone(undone));
    assert.deepEqual(
      undone.differences.map(({ kind }) => kind),
      ['changed'],
    );
    await rememberChoice(world.connection.memory, refOf(script), false);
    const { plans } = await proposeFor(world, [script], () => changes);
    assert.deepEqual(
      [plans[0]?.remediationAssumed ?? false, plans[0]?.rows.map(row => row.assignment.runRemediationScript)],
      [false, [false]],
    );
  });

  test('says nothing of whether a row remediates where nobody knows', async () => {
    const world = newWorld();
    const script = spooler(world);
    await change(world, [script], () => [{ kind: 'remove', targetKey: targetKey(lastTarget(script)) }]);
    const { changes } = await undoOf(world, script, lastChange(world));
    assert.deepEqual(
      changes.map(one => one.kind === 'set' && one.remediates),
      [undefined],
    );
  });
});
