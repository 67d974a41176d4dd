import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { targetKey } from '../../../../src/intune/model/assignment.ts';
import { addGroups } from '../../../../src/intune/plan/addTargets.ts';
import { propose } from '../../../../src/intune/plan/propose.ts';
import {
  adminAdds,
  createWorld,
  groupNamed,
  hasGroup,
  onTheWire,
  planToAdd,
  proposeFor,
  refOf,
  rowsSent,
  sampleScript,
  told,
  truth,
  writeOne,
  writesIn,
} from '../support.ts';

const routesUsed = (world: Parameters<typeof writesIn>[0]): readonly string[] =>
  writesIn(world).map(({ path }) => path.split('/').at(-1) ?? '');

describe('the route of a write', () => {
  test('an addition asks for the additive route once in a tenant and family, then uses assign', async () => {
    const world = createWorld();
    const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
    const before = truth(script);
    assert.equal(told(await writeOne(world, await planToAdd(world, script, groupNamed(world, 'HR Devices')))), 'written, visible');
    assert.deepEqual(routesUsed(world), ['assignments', 'assign']);
    assert.equal(told(await writeOne(world, await planToAdd(world, script, groupNamed(world, 'Cloud PCs')))), 'written, visible');
    assert.deepEqual(routesUsed(world), ['assignments', 'assign', 'assign']);
    for (const row of before) assert.ok(truth(script).includes(row), row);
    assert.equal(truth(script).length, before.length + 2);
  });

  test('what is known of one family says nothing about another one', async () => {
    const world = createWorld();
    const group = groupNamed(world, 'HR Devices');
    await writeOne(world, await planToAdd(world, sampleScript(world, 'deviceManagementScripts', 'Set Time Zone by Location'), group));
    await writeOne(world, await planToAdd(world, sampleScript(world, 'deviceShellScripts', 'Install Homebrew'), group));
    assert.deepEqual(routesUsed(world), ['assignments', 'assign', 'assignments', 'assign']);
  });

  test('where the additive route exists, one row is sent and the others are not touched', async () => {
    const world = createWorld({ behavior: { collectionPost: true } });
    const script = sampleScript(world, 'deviceHealthScripts', 'Restart Stopped Print Spooler');
    const before = truth(script);
    const group = groupNamed(world, 'Cloud PCs');
    assert.equal(told(await writeOne(world, await planToAdd(world, script, group))), 'written, visible');
    assert.deepEqual(routesUsed(world), ['assignments']);
    const [sent] = writesIn(world);
    assert.ok(sent);
    assert.deepEqual(sent.body, {
      target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: group },
      runSchedule: { '@odata.type': '#microsoft.graph.deviceHealthScriptDailySchedule', interval: 1, time: '09:00:00', useUtc: false },
      runRemediationScript: true,
    });
    for (const row of before) assert.ok(truth(script).includes(row), row);
  });

  for (const collectionPostReplaces of [false, true]) {
    test(`somebody who was quicker is seen before the additive route is asked for the first time${collectionPostReplaces ? ', which takes rows away' : ''}`, async () => {
      const world = createWorld({ behavior: { assignmentLagMs: 0, collectionPost: true, collectionPostReplaces } });
      const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
      const plan = await planToAdd(world, script, groupNamed(world, 'HR Devices'));
      adminAdds(world, script, groupNamed(world, 'Training Room A'));
      const before = truth(script);
      assert.equal(told(await writeOne(world, plan)), 'conflict');
      assert.deepEqual(writesIn(world), []);
      assert.deepEqual(truth(script), before);
    });
  }

  test('the additive route that takes rows away is told with the missing rows, and not used again', async () => {
    const world = createWorld({ behavior: { collectionPost: true, collectionPostReplaces: true } });
    const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
    const plan = await planToAdd(world, script, groupNamed(world, 'HR Devices'));
    const outcome = await writeOne(world, plan);
    assert.equal(outcome.kind, 'changedAfter');
    assert.ok(outcome.kind === 'changedAfter');
    assert.deepEqual(outcome.missing.map(({ target }) => target.groupId).sort(), plan.base.map(({ target }) => target.groupId).sort());
    const restore = await proposeFor(world, [script], () => outcome.missing.map(assignment => ({ kind: 'add', assignment })));
    assert.ok(restore.plans[0]);
    assert.equal(told(await writeOne(world, restore.plans[0])), 'written, visible');
    await writeOne(world, await planToAdd(world, script, groupNamed(world, 'Cloud PCs')));
    assert.deepEqual(routesUsed(world), ['assignments', 'assign', 'assign']);
    assert.equal(truth(script).length, plan.base.length + 2);
  });

  test('the additive route that took rows away is not used again either where its answer was lost', async () => {
    const world = createWorld({ behavior: { collectionPost: true, collectionPostReplaces: true } });
    const [first, second] = ['Enable BitLocker on Data Volumes', 'Map Finance Network Drives'].map(name =>
      sampleScript(world, 'deviceManagementScripts', name),
    );
    assert.ok(first && second);
    const isPost = (method: string, path: string): boolean => method === 'POST' && path.endsWith('/assignments');
    world.tenant.behavior.faults.push({ kind: 'drop', point: 'after', match: isPost });
    assert.equal(told(await writeOne(world, await planToAdd(world, first, groupNamed(world, 'HR Devices')))), 'unknown');
    const before = truth(second);
    await writeOne(world, await planToAdd(world, second, groupNamed(world, 'HR Devices')));
    assert.deepEqual(routesUsed(world), ['assignments', 'assign']);
    for (const row of before) assert.ok(truth(second).includes(row), row);
  });

  test('writeMethod assign never asks for the additive route', async () => {
    const world = createWorld({ behavior: { collectionPost: true }, parts: { writeMethod: 'assign' } });
    const script = sampleScript(world, 'deviceManagementScripts', 'Set Time Zone by Location');
    await writeOne(world, await planToAdd(world, script, groupNamed(world, 'HR Devices')));
    assert.deepEqual(routesUsed(world), ['assign']);
  });

  test('writeMethod collection never falls back to assign, and refuses what is no single addition', async () => {
    const world = createWorld({ parts: { writeMethod: 'collection' } });
    const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
    const before = truth(script);
    const group = groupNamed(world, 'HR Devices');
    const outcome = await writeOne(world, await planToAdd(world, script, group));
    assert.ok(outcome.kind === 'failed' && outcome.error.kind === 'noRoute');
    const two = await writeOne(world, await planToAdd(world, script, group, groupNamed(world, 'Cloud PCs')));
    assert.ok(two.kind === 'notSent' && two.reason === 'writeMethod');
    assert.deepEqual(routesUsed(world), ['assignments']);
    assert.deepEqual(truth(script), before);
  });

  test('removals, exclusions and several additions use assign', async () => {
    const world = createWorld({ behavior: { collectionPost: true } });
    const script = sampleScript(world, 'deviceManagementScripts', 'Map Finance Network Drives');
    await writeOne(world, await planToAdd(world, script, groupNamed(world, 'HR Devices'), groupNamed(world, 'Cloud PCs')));
    const { plans } = await proposeFor(world, [script], () => [
      { kind: 'remove', targetKey: targetKey({ kind: 'group', groupId: groupNamed(world, 'Cloud PCs') }) },
    ]);
    assert.ok(plans[0]);
    assert.equal(told(await writeOne(world, plans[0])), 'written, visible');
    assert.deepEqual(routesUsed(world), ['assign', 'assign']);
    assert.equal(hasGroup(script, groupNamed(world, 'Cloud PCs')), false);
    assert.equal(hasGroup(script, groupNamed(world, 'HR Devices')), true);
  });

  test('a remediation keeps every schedule as it was', async () => {
    const world = createWorld();
    const script = sampleScript(world, 'deviceHealthScripts', 'Migrate VPN Profile');
    const before = truth(script);
    await writeOne(world, await planToAdd(world, script, groupNamed(world, 'HR Devices')));
    for (const row of before) assert.ok(truth(script).includes(row), `${row} of ${truth(script).join(' ')}`);
  });

  test('a plan that changes nothing sends nothing', async () => {
    const world = createWorld();
    const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
    const { plans, unchanged } = await proposeFor(world, [script], ref => addGroups(ref, [groupNamed(world, 'Legal – Laptops')]));
    assert.deepEqual(plans, []);
    assert.deepEqual(
      unchanged.map(plan => plan.script),
      [refOf(script)],
    );
    assert.equal(onTheWire(world).length, 1, 'the assignments, and no names that nobody is shown');
    assert.deepEqual(writesIn(world), []);
  });
});

describe('the number of requests for one script, its plan included', () => {
  for (const collectionPost of [false, true]) {
    for (const [family, name] of [
      ['deviceManagementScripts', 'Enable BitLocker on Data Volumes'],
      ['deviceHealthScripts', 'Restart Stopped Print Spooler'],
    ] as const) {
      test(`${family}, the service ${collectionPost ? 'has' : 'lacks'} the additive route`, async () => {
        const world = createWorld({ behavior: { collectionPost, assignmentLagMs: 0 } });
        await world.connection.inventory.load();
        const script = sampleScript(world, family, name);
        const count = async (groupName: string): Promise<number> => {
          const sentBefore = onTheWire(world).length;
          const id = groupNamed(world, groupName);
          const wanted = { scripts: [refOf(script)], changesFor: (ref: ReturnType<typeof refOf>) => addGroups(ref, [id]) };
          const { plans, reached } = await propose(
            world.connection,
            { ...wanted, groups: [{ id, name: groupName }] },
            world.records,
            world.clock,
          );
          assert.equal(typeof reached[0]?.reach.devices, 'number');
          assert.ok(plans[0]);
          assert.equal(told(await writeOne(world, plans[0])), 'written, visible');
          return onTheWire(world).length - sentBefore;
        };
        const [first, second] = [await count('Cloud PCs'), await count('Training Room A')];
        // Where the route is missing it is asked for once in a tenant and family, after a last read of its own.
        assert.ok(first <= (collectionPost ? 4 : 6), `${first} the first time`);
        assert.ok(second <= 4, `${second} afterwards`);
      });
    }
  }

  test('every kept row is sent with the key of its family', async () => {
    const keys = {
      deviceManagementScripts: ['Install Corporate Root Certificate', 'deviceManagementScriptAssignments'],
      deviceShellScripts: ['Install Homebrew', 'deviceManagementScriptAssignments'],
      deviceCustomAttributeShellScripts: ['Battery Cycle Count', 'deviceManagementScriptAssignments'],
      deviceHealthScripts: ['Defender Signatures Older Than 3 Days', 'deviceHealthScriptAssignments'],
      configurationPolicies: ['Linux – Configure Proxy', 'assignments'],
    } as const;
    for (const [family, [name, key]] of Object.entries(keys)) {
      const world = createWorld({ parts: { writeMethod: 'assign' } });
      const script = sampleScript(world, family as keyof typeof keys, name);
      const before = truth(script);
      assert.equal(told(await writeOne(world, await planToAdd(world, script, groupNamed(world, 'HR Devices')))), 'written, visible', name);
      const [sent] = writesIn(world);
      assert.ok(sent);
      assert.deepEqual(Object.keys(sent.body ?? {}), [key]);
      assert.equal(rowsSent(sent).length, before.length + 1, name);
      for (const row of before) assert.ok(truth(script).includes(row), `${name}: ${row} of ${truth(script).join(' ')}`);
    }
  });
});
