import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { rowsOf, secondAdministratorByHand } from '../../../src/sample/index.ts';
import { createWorld, groupNamed, hasGroup, planToAdd, sampleScript, told, writeOne } from '../intune/support.ts';

const start = () => {
  const world = createWorld({ behavior: { assignmentLagMs: 0 }, parts: { writeMethod: 'assign' } });
  const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
  return { world, script, admin: secondAdministratorByHand(world.tenant), group: groupNamed(world, 'HR Devices') };
};

describe('the second administrator, played by hand', () => {
  test('assigns a group that the script has not, each time another', () => {
    const { script, admin } = start();
    const before = rowsOf(script).length;
    const groups = [admin.assign(script), admin.assign(script)];
    assert.equal(new Set(groups).size, 2);
    assert.equal(rowsOf(script).length, before + 2);
  });

  test('changes a script during its review: a conflict, once', async () => {
    const { world, script, admin, group } = start();
    const done: string[] = [];
    admin.assignNext('lastRead', ({ id }) => done.push(id));
    const plan = await planToAdd(world, script, group);
    assert.deepEqual(done, [script.id]);
    assert.equal(told(await writeOne(world, plan)), 'conflict');
    assert.equal(told(await writeOne(world, await planToAdd(world, script, group))), 'written, visible');
  });

  test('changes a script in the gap: replaced', async () => {
    const { world, script, admin, group } = start();
    const plan = await planToAdd(world, script, group);
    const done: string[] = [];
    admin.assignNext('write', (_, name) => done.push(name));
    assert.equal(told(await writeOne(world, plan)), 'written, visible');
    const [name = assert.fail('nothing was done')] = done;
    assert.equal(hasGroup(script, groupNamed(world, name)), false);
  });

  test('requires approval of every family, and lists only what others asked for', async () => {
    const { world, script, admin, group } = start();
    admin.requireApproval(true);
    world.tenant.admin.requestApproval(
      'deviceHealthScripts',
      sampleScript(world, 'deviceHealthScripts', 'Restart Stopped Print Spooler').id,
    );
    assert.equal(admin.approves, true);
    assert.match(told(await writeOne(world, await planToAdd(world, script, group))), /approval/i);
    assert.deepEqual(admin.waiting(), []);
    admin.requireApproval(false);
    assert.equal(told(await writeOne(world, await planToAdd(world, script, group))), 'written, visible');
  });

  test('approves, rejects, or lets a request expire: then it waits no more', async () => {
    const { world, script, admin, group } = start();
    admin.requireApproval(true);
    const ask = async (): Promise<string> => {
      await writeOne(world, await planToAdd(world, script, group), { justification: 'Change 4711' });
      const [request = assert.fail('nothing waits'), ...more] = admin.waiting();
      assert.deepEqual([request.script.id, request.justification, more], [script.id.toLowerCase(), 'Change 4711', []]);
      return request.id;
    };
    for (const settle of [admin.reject, admin.expire, admin.approve]) {
      settle(await ask());
      assert.deepEqual(admin.waiting(), []);
    }
    assert.deepEqual(
      world.tenant.admin.approvals().map(({ status }) => status),
      ['rejected', 'expired', 'approved'],
    );
  });
});
