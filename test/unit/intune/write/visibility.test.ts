import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createWorld, groupNamed, hasGroup, planToAdd, sampleScript, told, writeOne, writesIn } from '../support.ts';

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

  test('no administrator is asked twice: a second plan while the old set still shows may replace ours: it does not show yet, so nobody can know', async () => {
    const { world, script, group } = await writeWithLag(3_600_000);
    const other = groupNamed(world, 'Cloud PCs');
    const second = await planToAdd(world, script, other);
    assert.equal(second.base.length, 3, 'the service still shows the old set');
    // The service hides what we wrote ourselves; what is written now replaces it. Only our own memory of it could tell.
    await writeOne(world, second);
    assert.equal(hasGroup(script, other), true);
    assert.equal(hasGroup(script, group), false, 'a known limit: see the name of this test');
  });
});
