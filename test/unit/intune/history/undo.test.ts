import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pastChanges } from '../../../../src/intune/history/pastChanges.ts';
import { newAssignment, targetKey } from '../../../../src/intune/model/assignment.ts';
import type { Change } from '../../../../src/intune/model/change.ts';
import type { Target } from '../../../../src/intune/model/target.ts';
import { addGroups } from '../../../../src/intune/plan/addTargets.ts';
import { editAssignment } from '../../../../src/intune/plan/editAssignment.ts';
import { rowsOf } from '../../../../src/sample/index.ts';
import type { JsonObject } from '../../../../src/sample/wire/json.ts';
import { adminAdds, createWorld, groupNamed, hasGroup, sampleScript, shownAlone, truth, type World } from '../support.ts';
import { at, change, daily, lastChange, lastTarget, newWorld, set, spooler, toGroup, undoLast, undoOf } from './support.ts';

const bitLocker = (world: World) => sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
const remove = (groupId: string): Change => ({ kind: 'remove', targetKey: targetKey(toGroup(groupId)) });

describe('undo', () => {
  test('takes away what was added, and nothing else, whoever added it meanwhile', async () => {
    const world = newWorld();
    const script = bitLocker(world);
    const group = groupNamed(world, 'Cloud PCs');
    const before = truth(script);
    await change(world, [script], ref => addGroups(ref, [group]));
    const theirs = groupNamed(world, 'Training Room A');
    adminAdds(world, script, theirs);
    const { changedSince } = await undoLast(world, script);
    assert.deepEqual(changedSince, []);
    assert.equal(hasGroup(script, group), false);
    assert.equal(hasGroup(script, theirs), true);
    assert.deepEqual(
      truth(script).filter(line => !line.includes(theirs.toLowerCase())),
      before,
    );
  });

  test('brings back what was removed, with schedule and filter', async () => {
    const world = newWorld();
    const script = spooler(world);
    const before = truth(script);
    const removed: Change = { kind: 'remove', targetKey: targetKey(lastTarget(script)) };
    await change(world, [script], () => [removed]);
    assert.notDeepEqual(truth(script), before);
    await undoLast(world, script);
    assert.deepEqual(truth(script), before);
  });

  test('sets back what was changed', async () => {
    const world = newWorld();
    const script = spooler(world);
    const group = groupNamed(world, 'Cloud PCs');
    await change(world, [script], () => [set(group, daily('08:00:00'))]);
    const before = truth(script);
    await change(world, [script], () => [set(group, daily('17:30:00'))]);
    assert.notDeepEqual(truth(script), before);
    await undoLast(world, script);
    assert.deepEqual(truth(script), before);
  });

  test('sets back whom a run-once reaches whose date has passed: nobody gets it anew', async () => {
    const world = newWorld();
    const script = spooler(world);
    const filtered = {
      '@odata.type': '#microsoft.graph.groupAssignmentTarget',
      groupId: groupNamed(world, 'Cloud PCs'),
      deviceAndAppManagementAssignmentFilterId: 'f11e5a11-0000-4000-8000-00000000000a',
      deviceAndAppManagementAssignmentFilterType: 'include',
    };
    const once = {
      '@odata.type': '#microsoft.graph.deviceHealthScriptRunOnceSchedule',
      date: '2020-01-01',
      time: '09:00:00',
      useUtc: true,
    };
    world.tenant.admin.assign(script.family, script.id, [
      { target: filtered, runRemediationScript: true, runSchedule: { ...once, interval: 1 } },
    ]);
    const before = truth(script);
    await change(world, [script], (_, base = []) => editAssignment(shownAlone(base[0] ?? assert.fail()), { filter: null }));
    assert.notDeepEqual(truth(script), before);
    const { passed } = await undoLast(world, script);
    assert.deepEqual(passed, []);
    assert.deepEqual(truth(script), before);
  });

  test('that left something out is offered again', async () => {
    const world = newWorld();
    const script = bitLocker(world);
    const groups = ['Cloud PCs', 'Training Room A'].map(name => groupNamed(world, name));
    await change(world, [script], ref => addGroups(ref, groups));
    await change(world, [script], () => groups.map(remove), { id: 'removal' });
    const removal = lastChange(world);
    const { changes } = await undoOf(world, script, removal);
    const undone = () => pastChanges(world.records).find(({ id }) => id === removal.id)?.writes[0]?.undone;
    await change(world, [script], () => changes.slice(0, 1), { undoes: removal.id });
    assert.equal(undone(), false);
    await change(world, [script], () => changes.slice(1), { undoes: removal.id });
    assert.equal(undone(), true);
  });

  test('of an undo does it again', async () => {
    const world = newWorld();
    const script = bitLocker(world);
    await change(world, [script], ref => addGroups(ref, [groupNamed(world, 'Cloud PCs'), groupNamed(world, 'Training Room A')]));
    const after = truth(script);
    await undoLast(world, script);
    assert.notDeepEqual(truth(script), after);
    await undoLast(world, script);
    assert.deepEqual(truth(script), after);
  });

  describe('where the service keeps several rows of a group', () => {
    const filters = ['f11e5a11-0000-4000-8000-00000000000a', 'f11e5a11-0000-4000-8000-00000000000b'];

    const filteredGroup = (groupId: string, id: string): JsonObject => ({
      '@odata.type': '#microsoft.graph.groupAssignmentTarget',
      groupId,
      deviceAndAppManagementAssignmentFilterId: id,
      deviceAndAppManagementAssignmentFilterType: 'include',
    });

    /** The spooler script, assigned to one group with each of two filters. */
    function assignedTwice() {
      const world = createWorld({ behavior: { oneRowPerGroup: false }, parts: { writeMethod: 'assign' } });
      const script = spooler(world);
      const groupId = groupNamed(world, 'Cloud PCs');
      const targets = filters.map((id): Target => ({ ...toGroup(groupId), filter: { id, mode: 'include' } }));
      world.tenant.admin.assign(
        script.family,
        script.id,
        filters.map(id => ({ target: filteredGroup(groupId, id), runRemediationScript: true })),
      );
      return { world, script, targets, groupId };
    }

    test('brings the one back that was removed, beside the other, which nobody changed', async () => {
      const { world, script, targets } = assignedTwice();
      const before = truth(script);
      for (const target of targets) {
        await change(world, [script], () => [{ kind: 'remove', targetKey: targetKey(target) }]);
        assert.equal(truth(script).length, 1);
        assert.deepEqual((await undoLast(world, script)).changedSince, []);
        assert.deepEqual(truth(script), before);
      }
    });

    test('brings both back', async () => {
      const { world, script, targets } = assignedTwice();
      const before = truth(script);
      await change(world, [script], () => targets.map(target => ({ kind: 'remove', targetKey: targetKey(target) })));
      assert.deepEqual(truth(script), []);
      await undoLast(world, script);
      assert.deepEqual(truth(script), before);
    });

    test('that left one of them out is offered again', async () => {
      const { world, script, targets } = assignedTwice();
      await change(world, [script], () => targets.map(target => ({ kind: 'remove', targetKey: targetKey(target) })));
      const removal = lastChange(world);
      const { changes } = await undoOf(world, script, removal);
      await change(world, [script], () => changes.slice(0, 1), { undoes: removal.id });
      assert.equal(pastChanges(world.records).find(({ id }) => id === removal.id)?.writes[0]?.undone, false);
    });

    test('sets both back as they were', async () => {
      const { world, script, targets } = assignedTwice();
      await change(world, [script], () => targets.map(target => ({ kind: 'set', assignment: newAssignment(target) })));
      const before = truth(script);
      await change(world, [script], () => targets.map(target => ({ kind: 'remove', targetKey: targetKey(target) })));
      await undoLast(world, script);
      assert.deepEqual(truth(script), before);
    });

    test('sets the one back that was changed', async () => {
      const { world, script, targets, groupId } = assignedTwice();
      const before = truth(script);
      for (const target of targets) {
        await change(world, [script], () => [{ kind: 'set', assignment: newAssignment(toGroup(groupId)), replaces: targetKey(target) }]);
        assert.deepEqual((await undoLast(world, script)).changedSince, []);
        assert.deepEqual(truth(script), before);
      }
    });
  });

  test('needs nothing where it is as before already', async () => {
    const world = newWorld();
    const script = bitLocker(world);
    const group = groupNamed(world, 'Cloud PCs');
    await change(world, [script], ref => addGroups(ref, [group]));
    const past = lastChange(world);
    await change(world, [script], () => [remove(group)]);
    assert.deepEqual(await undoOf(world, script, past), { changes: [], changedSince: [], passed: [] });
  });

  describe('of a row that somebody changed since', () => {
    async function changedSince() {
      const world = newWorld();
      const script = spooler(world);
      const group = groupNamed(world, 'Cloud PCs');
      const other = groupNamed(world, 'Training Room A');
      await change(world, [script], () => [set(group, daily('08:00:00')), set(other, daily('08:00:00'))]);
      const past = lastChange(world);
      const theirs = rowsOf(script).map(
        ({ target, runSchedule, runRemediationScript }): JsonObject => ({
          target,
          runRemediationScript,
          runSchedule: String(target['groupId']).toLowerCase() === group.toLowerCase() ? at('23:00:00') : runSchedule,
        }),
      );
      world.tenant.admin.assign(script.family, script.id, theirs);
      return { world, script, past, group };
    }

    test('leaves the script as it is, and says which row', async () => {
      const { world, script, past, group } = await changedSince();
      const undoing = await undoOf(world, script, past);
      assert.deepEqual(undoing.changes, []);
      assert.deepEqual(
        undoing.changedSince.map(({ assignment }) => assignment.target.groupId),
        [group.toLowerCase()],
      );
    });

    test('takes it back all the same where the person wants that', async () => {
      const { world, script, past } = await changedSince();
      const undoing = await undoOf(world, script, past, { anyway: true });
      assert.deepEqual(
        undoing.changes.map(({ kind }) => kind),
        ['remove', 'remove'],
      );
      assert.equal(undoing.changedSince.length, 1);
    });

    test('counts one that was removed, and is there again otherwise', async () => {
      const world = newWorld();
      const script = spooler(world);
      const group = groupNamed(world, 'Cloud PCs');
      await change(world, [script], () => [set(group, daily('08:00:00'))]);
      await change(world, [script], () => [remove(group)]);
      const past = lastChange(world);
      world.tenant.admin.add(script.family, script.id, {
        target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: group },
        runSchedule: at('03:00:00'),
        runRemediationScript: true,
      });
      assert.deepEqual(
        (await undoOf(world, script, past)).changedSince.map(({ kind }) => kind),
        ['removed'],
      );
    });
  });

  test('does not bring back a run-once that has passed, and says so', async () => {
    const world = newWorld();
    const script = spooler(world);
    const group = groupNamed(world, 'Cloud PCs');
    const date = new Date(world.clock.now() + 24 * 3_600_000).toISOString().slice(0, 10);
    await change(world, [script], () => [set(group, { kind: 'once', date, time: '12:00:00', utc: true })]);
    await change(world, [script], () => [remove(group)]);
    const past = lastChange(world);
    assert.equal((await undoOf(world, script, past)).changes.length, 1, 'not before it has passed');
    const later = await undoOf(world, script, past, { now: world.clock.now() + 72 * 3_600_000 });
    assert.deepEqual(later.changes, []);
    assert.deepEqual(
      later.passed.map(({ target }) => target.groupId),
      [group.toLowerCase()],
    );
  });

  test('never posts rows of policy sets', async () => {
    const world = newWorld();
    const script = sampleScript(world, 'configurationPolicies', 'Linux – Install Security Updates');
    const before = truth(script);
    const developers = groupNamed(world, 'Developers');
    await change(world, [script], ref => addGroups(ref, [developers]));
    const { changes } = await undoLast(world, script);
    assert.equal(changes.length, 1);
    assert.deepEqual(truth(script), before);
  });
});
