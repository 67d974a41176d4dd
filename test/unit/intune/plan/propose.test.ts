import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Assignment, assignmentFromWire, newAssignment, targetKey } from '../../../../src/intune/model/assignment.ts';
import type { Change } from '../../../../src/intune/model/change.ts';
import type { Target } from '../../../../src/intune/model/target.ts';
import { addGroups } from '../../../../src/intune/plan/addTargets.ts';
import { type Plan, planChanges } from '../../../../src/intune/plan/plan.ts';
import { confirmationOf, type Proposal, reachedBy } from '../../../../src/intune/plan/proposal.ts';
import { propose } from '../../../../src/intune/plan/propose.ts';
import { writePlans } from '../../../../src/intune/write/write.ts';
import { rowsOf } from '../../../../src/sample/index.ts';
import {
  adminAdds,
  createWorld,
  groupNamed,
  hasGroup,
  onTheWire,
  planToAdd,
  proposeFor,
  refOf,
  sampleScript,
  told,
  truth,
  type World,
  withCutLists,
  writeOne,
} from '../support.ts';

const bitLocker = 'Enable BitLocker on Data Volumes';
const settings = { confirmAbove: 1_000_000, protectedGroups: [], protectedGroupsUnclear: false };

/** Proposes with groups that were picked, as commands do. */
const proposeGroups = (world: World, scripts: readonly ReturnType<typeof sampleScript>[], ids: readonly string[]): Promise<Proposal> =>
  propose(
    world.connection,
    {
      scripts: scripts.map(refOf),
      changesFor: script => addGroups(script, ids),
      groups: ids.map(id => ({ id, name: world.tenant.state.groups.get(id)?.displayName ?? 'Picked' })),
    },
    world.records,
    world.clock,
  );

const added = ({ rows }: Plan): readonly (string | undefined)[] =>
  rows.filter(({ action }) => action === 'add').map(({ assignment }) => assignment.target.groupId);

describe('a group that vanishes between pick and plan', () => {
  test('is left out, and said to be gone; the others are planned', async () => {
    const world = createWorld();
    const script = sampleScript(world, 'deviceManagementScripts', bitLocker);
    const [gone, there] = [groupNamed(world, 'HR Devices'), groupNamed(world, 'Cloud PCs')];
    world.tenant.admin.deleteGroup(gone);
    const proposal = await proposeGroups(world, [script], [gone, there]);
    assert.deepEqual(proposal.gone, [gone]);
    assert.deepEqual(proposal.plans.map(added), [[there]]);
    assert.equal(proposal.groups.get(gone)?.status, 'deleted');
  });

  test('alone leaves nothing to write', async () => {
    const world = createWorld();
    const gone = groupNamed(world, 'HR Devices');
    world.tenant.admin.deleteGroup(gone);
    const proposal = await proposeGroups(world, [sampleScript(world, 'deviceManagementScripts', bitLocker)], [gone]);
    assert.deepEqual([proposal.plans, proposal.gone], [[], [gone]]);
  });

  test('takes nothing away where it was assigned already', async () => {
    const world = createWorld();
    const script = sampleScript(world, 'deviceManagementScripts', bitLocker);
    const [gone, there] = [groupNamed(world, 'HR Devices'), groupNamed(world, 'Cloud PCs')];
    adminAdds(world, script, gone);
    const before = truth(script);
    world.tenant.admin.deleteGroup(gone);
    const { plans } = await proposeGroups(world, [script], [gone, there]);
    await writePlans(plans, world.parts);
    for (const row of before) assert.ok(truth(script).includes(row), row);
  });
});

describe('whom a proposal reaches', () => {
  const reached = async (world: World, changes: readonly Change[], family: Parameters<typeof sampleScript>[1], name: string) => {
    const proposal = await proposeFor(world, [sampleScript(world, family, name)], () => changes);
    return { proposal, targets: proposal.reached.map(({ target }) => target) };
  };
  const add = (target: Target): Change => ({ kind: 'add', assignment: newAssignment(target) });

  test('is counted for groups that nobody counted before', async () => {
    const world = createWorld();
    const groupId = groupNamed(world, 'HR Devices');
    const { proposal } = await reached(world, [add({ kind: 'group', groupId })], 'deviceManagementScripts', bitLocker);
    assert.equal(proposal.reached.length, 1);
    assert.equal(typeof proposal.reached[0]?.reach.devices, 'number');
  });

  test('everybody: the name is typed, whatever the settings', async () => {
    const world = createWorld();
    const { proposal } = await reached(world, [add({ kind: 'allDevices' })], 'deviceManagementScripts', bitLocker);
    assert.deepEqual(confirmationOf(proposal, settings), { kind: 'name', reason: 'everyone', target: { kind: 'allDevices' } });
  });

  test('is counted once for a group that is included and whose exclusion ends', () => {
    const groupId = 'g';
    const of = (kind: 'group' | 'exclusionGroup') => ({ target: { kind, groupId }, reach: { devices: 412, users: 0 } }) as const;
    const both = [of('group'), of('exclusionGroup')];
    const asked = (confirmAbove: number) => confirmationOf({ plans: [], reached: both }, { ...settings, confirmAbove });
    assert.equal(asked(500), undefined);
    assert.deepEqual(asked(400), { kind: 'number', devices: 412, users: 0 });
  });

  test('is nobody for an exclusion, and who was excluded when an exclusion ends', async () => {
    const world = createWorld();
    const script = sampleScript(world, 'deviceManagementScripts', bitLocker);
    const target: Target = { kind: 'exclusionGroup', groupId: groupNamed(world, 'HR Devices') };
    assert.deepEqual((await reached(world, [add(target)], 'deviceManagementScripts', bitLocker)).targets, []);
    const { plans } = await proposeFor(world, [script], () => [add(target)]);
    await writePlans(plans, world.parts);
    const removal: Change = { kind: 'remove', targetKey: targetKey(target) };
    assert.deepEqual((await reached(world, [removal], 'deviceManagementScripts', bitLocker)).targets, [target]);
  });

  test('is more where an unknown kind of target goes, or an exclusion gets a filter: both may have held somebody back', () => {
    const script = { family: 'deviceHealthScripts', id: 's', name: 'S' } as const;
    const unknown = assignmentFromWire({ target: { '@odata.type': '#microsoft.graph.newExclusionTarget', entraObjectId: 'x' } });
    const exclusion: Target = { kind: 'exclusionGroup', groupId: 'g' };
    const filtered: Target = { ...exclusion, filter: { id: 'f', mode: 'include' } };
    const kinds = (from: Assignment, change: Change) => reachedBy(planChanges(script, [from], [change])).map(({ kind }) => kind);
    assert.deepEqual(kinds(unknown, { kind: 'remove', targetKey: targetKey(unknown.target) }), ['other']);
    assert.deepEqual(kinds(newAssignment(exclusion), { kind: 'set', assignment: newAssignment(filtered) }), ['exclusionGroup']);
    assert.deepEqual(kinds(newAssignment(filtered), { kind: 'set', assignment: newAssignment(exclusion) }), []);
  });

  test('a protected group is confirmed by its name, even where it is only removed', async () => {
    const world = createWorld();
    const script = sampleScript(world, 'deviceManagementScripts', bitLocker);
    const groupId = groupNamed(world, 'HR Devices');
    adminAdds(world, script, groupId);
    const { plans, reached: none } = await proposeFor(world, [script], () => [
      { kind: 'remove', targetKey: targetKey({ kind: 'group', groupId }) },
    ]);
    assert.deepEqual(none, []);
    const confirmation = confirmationOf({ plans, reached: none }, { ...settings, protectedGroups: [groupId] });
    assert.ok(confirmation?.kind === 'name' && confirmation.reason === 'protected');
    assert.equal(confirmationOf({ plans, reached: none }, { ...settings, confirmAbove: 0 }), undefined);
    const unclear = confirmationOf({ plans, reached: none }, { ...settings, protectedGroupsUnclear: true });
    assert.ok(unclear?.kind === 'name' && unclear.reason === 'maybeProtected' && unclear.target.groupId === groupId);
  });
});

describe('a set from before our last change', () => {
  test('that shows again after ours showed is not planned on as long as a copy may be behind', async () => {
    const world = createWorld({ behavior: { assignmentLagMs: 0 }, parts: { writeMethod: 'assign' } });
    const script = sampleScript(world, 'deviceManagementScripts', bitLocker);
    const rows = structuredClone(rowsOf(script));
    assert.equal(told(await writeOne(world, await planToAdd(world, script, groupNamed(world, 'HR Devices')))), 'written, visible');
    // A copy of the service that is behind answers: the same as somebody who put the old set back.
    world.tenant.admin.assign(
      script.family,
      script.id,
      rows.filter(({ source }) => source === 'direct').map(({ target }) => ({ target })),
    );
    const changes = (): Promise<Proposal> => proposeFor(world, [script], ref => addGroups(ref, [groupNamed(world, 'Cloud PCs')]));
    assert.equal((await changes()).unreadable[0]?.error.code, 'notShownYet');
    await world.clock.sleep(3 * 60_000);
    assert.equal((await changes()).unreadable[0]?.error.code, 'notShownYet');
    await world.clock.sleep(2 * 60_000);
    assert.equal((await changes()).plans.length, 1);
  });
});

describe('many scripts of a family', () => {
  const many = async (behavior: Parameters<typeof createWorld>[0] = {}) => {
    const world = createWorld({ size: 'large', parts: { writeMethod: 'assign' }, ...behavior });
    await world.connection.inventory.load();
    const group = groupNamed(world, 'HR Devices');
    const scripts = world.tenant.state.scripts.list('deviceManagementScripts').filter(one => !hasGroup(one, group));
    return { world, group, scripts: scripts.slice(0, 200) };
  };

  test('200 are planned and written within 3 × ⌈200/20⌉ + 2 requests', async () => {
    // What comes on top of it, the service decides: polls until it shows a write, and second pages of a script's assignments.
    const { world, group, scripts } = await many({ behavior: { assignmentLagMs: 0, assignmentPageSize: 100 }, parts: {} });
    world.requests.length = 0;
    const { plans } = await proposeGroups(world, scripts, [group]);
    assert.equal(plans.length, 200);
    const outcomes = await writePlans(plans, world.parts);
    assert.ok(outcomes.every(outcome => told(outcome) === 'written, visible'));
    assert.ok(onTheWire(world).length <= 32, `${onTheWire(world).length} requests`);
  });

  test('each is still stopped by a change since the list was read, and planned anew on its own', async () => {
    const { world, group, scripts } = await many();
    const changed = scripts[30] ?? assert.fail();
    const { plans } = await proposeGroups(world, scripts, [group]);
    adminAdds(world, changed, groupNamed(world, 'Cloud PCs'));
    const outcomes = await writePlans(plans, world.parts);
    assert.deepEqual(
      outcomes.flatMap((outcome, index) => (outcome.kind === 'conflict' ? [plans[index]?.script.id] : [])),
      [changed.id],
    );
    assert.ok(hasGroup(changed, groupNamed(world, 'Cloud PCs')) && !hasGroup(changed, group));
  });

  test('one whose second page cannot be read fails alone', async () => {
    const { world, group, scripts } = await many();
    const [long = assert.fail(), ...others] = scripts.toSorted((a, b) => rowsOf(b).length - rowsOf(a).length);
    const some = [...others.slice(0, 44), long];
    const match = (_: string, path: string): boolean => path.includes(long.id) && path.endsWith('/assignments');
    world.tenant.behavior.faults.push({ kind: 'error', status: 500, times: Infinity, match });
    const { plans, unreadable } = await proposeGroups(
      { ...world, connection: { ...world.connection, client: withCutLists(world.client, 2) } },
      some,
      [group],
    );
    assert.deepEqual(
      unreadable.map(({ script }) => script.id),
      [long.id],
    );
    assert.equal(plans.length, 44);
  });

  test('one that the list does not have any more gets no plan', async () => {
    const { world, group, scripts } = await many();
    const [gone] = scripts;
    assert.ok(gone);
    world.tenant.admin.deleteScript(gone.family, gone.id);
    const { plans, unreadable } = await proposeGroups(world, scripts, [group]);
    assert.equal(plans.length, 199);
    assert.deepEqual(
      unreadable.map(({ script, error }) => [script.id, error.kind]),
      [[gone.id, 'notFound']],
    );
  });
});
