import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { finishChange } from '../../../../src/features/history/approvals.ts';
import { readHistory } from '../../../../src/intune/history/recovery.ts';
import { addTargets } from '../../../../src/intune/plan/addTargets.ts';
import type { Node } from '../../../../src/ui/nodes.ts';
import { groupNamed, hasGroup, planToAdd, proposeFor, sampleScript, told, writeOne, writesIn } from '../../intune/support.ts';
import { createCommandWindow } from '../commandWindow.ts';

const family = 'deviceHealthScripts';

/** A window in which a request was made and approved, with its rows. */
async function approved() {
  const one = await createCommandWindow({
    behavior: { approvalFamilies: new Set([family]), assignmentLagMs: 0 },
    parts: { writeMethod: 'assign' },
    settings: { alwaysShowPlan: true, confirmAbove: 100_000 },
    permitted: true,
  });
  const { world, journal } = one;
  const script = sampleScript(world, family, 'Clear Teams Cache');
  const group = groupNamed(world, 'HR Devices');
  assert.equal(told(await writeOne(world, await planToAdd(world, script, group), { justification: 'Rollout' })), 'pending');
  for (const { id } of world.tenant.admin.approvals()) world.tenant.admin.approve(id);
  const [change = assert.fail()] = await readHistory(journal);
  const [write = assert.fail()] = change.writes;
  const rows: readonly Node[] = [
    { kind: 'change', connection: world.connection.key, change },
    { kind: 'changedScript', connection: world.connection.key, change, write },
  ];
  one.happened();
  world.requests.length = 0;
  return { one, rows, isDone: () => hasGroup(script, group) };
}

describe('an approved change', () => {
  test('is finished by the account that asked for it', async () => {
    const { one, rows, isDone } = await approved();
    await finishChange(one.parts)(rows[0]);
    await one.documents.apply();
    assert.equal(writesIn(one.world).length, 1);
    assert.ok(isDone());
  });

  test('is left alone by another account, which is told who can finish it, before anything is asked or sent', async () => {
    const { one, rows, isDone } = await approved();
    one.shown = { ...one.world.connection, account: 'eve@contoso.example' };
    for (const row of rows) {
      await finishChange(one.parts)(row);
      assert.deepEqual(one.happened(), ['Only ada@contoso.example can finish this change, who asked for it.']);
    }
    assert.equal(one.documents.shownPlan(), undefined);
    assert.ok(!isDone());
  });

  test('is not finished from its plan once another account is shown, or it is read only, and can be after that', async () => {
    const { one, rows, isDone } = await approved();
    await finishChange(one.parts)(rows[0]);
    one.happened();
    const { connection } = one.world;
    one.shown = { ...connection, key: 'global/tenant/eve', account: 'eve@contoso.example' };
    await one.documents.apply();
    assert.deepEqual(one.happened(), [
      `This is for ${connection.tenantName}, and another tenant or account is shown now. Nothing was written.`,
    ]);
    one.shown = connection;
    one.settings = { ...one.settings, readOnly: true };
    await one.documents.apply();
    assert.deepEqual(one.happened(), ['Intune Scripts is set to read only. Nothing was written.']);
    assert.ok(!isDone());
    one.settings = { ...one.settings, readOnly: false };
    await one.documents.apply();
    assert.ok(isDone());
  });

  test('that replaced what a colleague added in the gap offers to restore it', async () => {
    const { one, rows } = await approved();
    const theirs = groupNamed(one.world, 'Training Room A');
    const script = sampleScript(one.world, family, 'Clear Teams Cache');
    one.world.tenant.behavior.assignmentLagMs = 4_000;
    one.world.tenant.behavior.beforeWrite = () => {
      one.world.tenant.behavior.beforeWrite = undefined;
      one.world.tenant.admin.add(script.family, script.id, {
        target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: theirs },
      });
    };
    await finishChange(one.parts)(rows[0]);
    await one.documents.apply();
    assert.ok(!hasGroup(script, theirs));
    assert.deepEqual(one.offered.slice(0, 1), ['Restore…']);
  });

  test('that somebody else has completed is not said to wait', async () => {
    const { one, rows } = await approved();
    for (const request of one.world.tenant.state.approvals.values()) request.status = 'completed';
    await finishChange(one.parts)(rows[0]);
    assert.deepEqual(
      one.happened().filter(text => !text.includes('/')),
      ['permission: write', 'The request to change Clear Teams Cache is completed already.'],
    );
  });

  test('that would run once in the past is not done, and can be asked for anew', async () => {
    const one = await createCommandWindow({
      behavior: { approvalFamilies: new Set([family]), assignmentLagMs: 0 },
      parts: { writeMethod: 'assign' },
      settings: { alwaysShowPlan: true, confirmAbove: 100_000 },
      permitted: true,
    });
    const { world } = one;
    const script = sampleScript(world, family, 'Clear Teams Cache');
    const group = groupNamed(world, 'HR Devices');
    const soon = new Date(world.clock.now() + 6 * 3_600_000).toISOString();
    const schedule = { kind: 'once', date: soon.slice(0, 10), time: soon.slice(11, 19), utc: true } as const;
    const { plans } = await proposeFor(world, [script], ref => addTargets(ref, [{ kind: 'group', groupId: group }], { schedule }));
    assert.equal(told(await writeOne(world, plans[0] ?? assert.fail(), { justification: 'Rollout' })), 'pending');
    await world.clock.sleep(30 * 3_600_000);
    for (const { id } of world.tenant.admin.approvals()) world.tenant.admin.approve(id);
    const [change = assert.fail()] = await readHistory(one.journal);
    world.requests.length = 0;
    await finishChange(one.parts)({ kind: 'change', connection: world.connection.key, change });
    await one.documents.apply();
    assert.deepEqual(writesIn(world), []);
    assert.ok(one.offered.includes('Cancel Request and Ask Anew…'));
  });
});
