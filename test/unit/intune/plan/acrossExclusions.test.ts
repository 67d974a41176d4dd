import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addTargets } from '../../../../src/intune/plan/addTargets.ts';
import { acrossExclusions } from '../../../../src/intune/plan/propose.ts';
import { warningsOf } from '../../../../src/intune/plan/warnings.ts';
import { createWorld, groupNamed, hasGroup, onTheWire, proposeFor, sampleScript } from '../support.ts';

const wholeFleet = 'Remove Built-in Consumer Apps';

test('users that are excluded from devices are warned of, though the devices are no part of the change', async () => {
  const world = createWorld();
  await world.connection.inventory.load();
  const before = onTheWire(world).length;
  const users = groupNamed(world, 'Finance – Users');
  const script = sampleScript(world, 'deviceManagementScripts', wholeFleet);
  const proposal = await proposeFor(world, [script], ref => addTargets(ref, [{ kind: 'exclusionGroup', groupId: users }]));
  const [plan = assert.fail()] = proposal.plans;
  const [warning] = warningsOf(plan, proposal, world.clock.now());
  assert.deepEqual(warning, {
    kind: 'mixedExclusion',
    groupId: users,
    has: 'users',
    from: { kind: 'group', groupId: groupNamed(world, 'All Windows 11 Devices') },
  });
  assert.deepEqual(proposal.reached, [], 'an exclusion reaches nobody');
  assert.equal(onTheWire(world).length - before, 1, 'the counts go along with the set');
});

test('what is removed is not counted, and the same groups of many plans are counted once', async () => {
  const world = createWorld();
  const script = sampleScript(world, 'deviceManagementScripts', wholeFleet);
  const groupId = groupNamed(world, 'HR Devices');
  const { plans } = await proposeFor(world, [script], ref => addTargets(ref, [{ kind: 'group', groupId }]));
  const [plan = assert.fail()] = plans;
  const excluded = ['VIP Exclusions', 'Break-Glass Exclusions'].map(name => groupNamed(world, name));
  assert.deepEqual([...acrossExclusions(plans)].sort(), excluded.toSorted());
  assert.deepEqual(acrossExclusions(Array.from({ length: 200 }, () => plan)), acrossExclusions(plans));
  const withoutExclusions = plan.rows.map(row =>
    row.assignment.target.kind === 'exclusionGroup' ? { action: 'remove' as const, assignment: row.assignment } : row,
  );
  assert.deepEqual(acrossExclusions([{ rows: withoutExclusions }]), []);
});

describe('a bulk', () => {
  const excludedFrom = async (count: number) => {
    const world = createWorld({ size: 'large' });
    await world.connection.inventory.load();
    const users = groupNamed(world, 'Finance – Users');
    const scripts = world.tenant.state.scripts.list('deviceManagementScripts').filter(script => !hasGroup(script, users));
    const before = onTheWire(world).length;
    const proposal = await proposeFor(world, scripts.slice(0, count), ref => addTargets(ref, [{ kind: 'exclusionGroup', groupId: users }]));
    assert.equal(proposal.plans.length, count);
    const mixed = proposal.plans.map(plan => warningsOf(plan, proposal, world.clock.now()).filter(({ kind }) => kind === 'mixedExclusion'));
    return { users, proposal, mixed, requests: onTheWire(world).length - before };
  };

  test('warns as a change of few scripts does, for two requests more', async () => {
    const few = await excludedFrom(20);
    const many = await excludedFrom(200);
    assert.ok(few.mixed.flat().length > 0);
    assert.deepEqual(many.mixed.slice(0, 20), few.mixed);
    assert.equal(many.requests, 3, 'the list, and two batches of counts');
  });

  test('of very many groups counts 20, and before all the one that is excluded', async () => {
    const { users, proposal } = await excludedFrom(200);
    const ids = acrossExclusions(proposal.plans);
    assert.equal(ids.length, 20);
    assert.equal(ids[0], users);
    assert.deepEqual([...proposal.reach.keys()].sort(), ids.toSorted());
  });
});

test('a group that is gone and was excluded before leaves nothing out', async () => {
  const world = createWorld();
  const gone = groupNamed(world, 'VIP Exclusions');
  const groupId = groupNamed(world, 'HR Devices');
  await world.connection.inventory.load();
  world.tenant.admin.deleteGroup(gone);
  const script = sampleScript(world, 'deviceManagementScripts', wholeFleet);
  const proposal = await proposeFor(world, [script], ref => addTargets(ref, [{ kind: 'group', groupId }]));
  assert.deepEqual(proposal.gone, []);
  assert.ok(proposal.plans[0]?.rows.some(({ action, assignment }) => action === 'keep' && assignment.target.groupId === gone));
});
