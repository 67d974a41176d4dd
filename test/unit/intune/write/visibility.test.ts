import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { knownWrites, recentWrites } from '../../../../src/intune/journal/knownWrites.ts';
import { targetKey } from '../../../../src/intune/model/assignment.ts';
import { addGroups } from '../../../../src/intune/plan/addTargets.ts';
import { adminAdds, createWorld, groupNamed, hasGroup, planToAdd, proposeFor, sampleScript, told, writeOne, writesIn } from '../support.ts';

async function writeWithLag(assignmentLagMs: number) {
  const world = createWorld({ behavior: { assignmentLagMs }, parts: { writeMethod: 'assign' } });
  const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
  const group = groupNamed(world, 'HR Devices');
  const plan = await planToAdd(world, script, group);
  return { world, script, group, outcome: await writeOne(world, plan), plan };
}

describe('a write that the service shows later', () => {
  for (const lag of [0, 400, 3_000, 12_000, 25_000]) {
    test(`after ${lag} ms: written and visible, told with the set of now`, async () => {
      const { outcome, plan, world } = await writeWithLag(lag);
      assert.equal(told(outcome), 'written, visible');
      assert.ok(outcome.kind === 'written' && outcome.now?.length === plan.base.length + 1);
      assert.equal(writesIn(world).length, 1);
    });
  }

  test('never, as far as anybody waits: written, not visible, which is no failure', async () => {
    const { outcome, world, script, group, plan } = await writeWithLag(3_600_000);
    assert.equal(told(outcome), 'written, not visible');
    assert.ok(outcome.kind === 'written' && outcome.now?.length === plan.base.length);
    assert.equal(hasGroup(script, group), true);
    assert.equal(writesIn(world).length, 1);
    assert.ok(world.clock.slept.reduce((sum, ms) => sum + ms, 0) <= 60_000, 'it does not wait for ever');
  });

  describe('while the old set still shows, our own write is not taken away by a second one', () => {
    test('that is planned then: it is not planned', async () => {
      const { world, script } = await writeWithLag(3_600_000);
      const id = groupNamed(world, 'Cloud PCs');
      const { plans, unreadable } = await proposeFor(world, [script], ref => addGroups(ref, [id]));
      assert.deepEqual(plans, []);
      assert.equal(unreadable[0]?.error.code, 'notShownYet');
    });

    test('while the set of somebody who was in between shows, which is as old: it is not planned either', async () => {
      const world = createWorld({ behavior: { assignmentLagMs: 40_000 }, parts: { writeMethod: 'assign' } });
      const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
      const plan = await planToAdd(world, script, groupNamed(world, 'HR Devices'));
      let reads = 0;
      world.tenant.behavior.afterRead = () => {
        reads += 1;
        if (reads === 1) adminAdds(world, script, groupNamed(world, 'Training Room A'));
      };
      await writeOne(world, plan);
      const id = groupNamed(world, 'Cloud PCs');
      const { plans, unreadable } = await proposeFor(world, [script], ref => addGroups(ref, [id]));
      assert.deepEqual(plans, []);
      assert.equal(unreadable[0]?.error.code, 'notShownYet');
    });

    test('that is on a copy three writes behind: none of ours is lost, whichever wrote last', async () => {
      const world = createWorld({ behavior: { assignmentLagMs: 0 }, parts: { writeMethod: 'assign' } });
      const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
      const [kept, gone, next] = ['HR Devices', 'Cloud PCs', 'Training Room A'].map(name => groupNamed(world, name));
      assert.ok(kept && gone && next);
      const start = world.clock.now();
      await world.clock.sleep(3_000);
      await writeOne(world, await planToAdd(world, script, kept));
      await world.clock.sleep(3_000);
      await writeOne(world, await planToAdd(world, script, gone));
      await world.clock.sleep(3_000);
      const removal = await proposeFor(world, [script], () => [{ kind: 'remove', targetKey: targetKey({ kind: 'group', groupId: gone }) }]);
      assert.ok(removal.plans[0]);
      await writeOne(world, removal.plans[0]);
      world.tenant.behavior.replicaLagsMs = [world.clock.now() - start];
      const { plans, unreadable } = await proposeFor(world, [script], ref => addGroups(ref, [next]));
      assert.deepEqual(plans, []);
      assert.equal(unreadable[0]?.error.code, 'notShownYet');
      assert.equal(hasGroup(script, kept), true);
    });

    test('a start without an end may be on its way for as long as its window may send it', async () => {
      const world = createWorld({ parts: { writeMethod: 'assign' } });
      const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
      await writeOne(world, await planToAdd(world, script, groupNamed(world, 'HR Devices')));
      const started = world.records.filter(({ type }) => type !== 'end');
      const hidden: number[] = [];
      for (const minutes of [6, 5, 2]) {
        await world.clock.sleep(minutes * 60_000);
        hidden.push(recentWrites(knownWrites(started).of(script), world.clock).length);
      }
      assert.deepEqual(hidden, [1, 1, 0]);
    });

    test('that was planned before: it is not written', async () => {
      const world = createWorld({ behavior: { assignmentLagMs: 3_600_000 }, parts: { writeMethod: 'assign' } });
      const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
      const [first, second] = [groupNamed(world, 'HR Devices'), groupNamed(world, 'Cloud PCs')];
      const [one, other] = [await planToAdd(world, script, first), await planToAdd(world, script, second)];
      await writeOne(world, one);
      const outcome = await writeOne(world, other);
      assert.ok(outcome.kind === 'failed' && outcome.error.code === 'notShownYet');
      assert.equal(writesIn(world).length, 1, 'nothing was sent');
      assert.equal(hasGroup(script, first), true);
    });
  });
});
