import assert from 'node:assert/strict';
import { test } from 'node:test';
import { remediesOf, restore } from '../../../../src/features/change/followUps.ts';
import { assignmentFromWire } from '../../../../src/intune/model/assignment.ts';
import { targetFromWire } from '../../../../src/intune/model/target.ts';
import { addGroups } from '../../../../src/intune/plan/addTargets.ts';
import { expectedAssignments, type Plan, planChanges } from '../../../../src/intune/plan/plan.ts';
import type { Wanted } from '../../../../src/intune/plan/propose.ts';
import type { WriteOutcome } from '../../../../src/intune/write/outcome.ts';
import { rowsOf } from '../../../../src/sample/index.ts';
import { createWorld, groupNamed, hasGroup, proposeFor, refOf, sampleScript, writeOne } from '../../intune/support.ts';

/** What Restore… wants after an outcome. */
async function restoringOf(plan: Plan, outcome: WriteOutcome): Promise<Wanted> {
  const wanted: Wanted[] = [];
  const [remedy] = restore([{ plan, outcome }], async one => void wanted.push(one));
  await remedy?.run();
  return wanted[0] ?? assert.fail('nothing is restored');
}

test('what another administrator added in the gap is restored', async () => {
  const world = createWorld({ parts: { writeMethod: 'assign' } });
  const script = sampleScript(world, 'deviceHealthScripts', 'Restart Stopped Print Spooler');
  const [ours, theirs] = [groupNamed(world, 'Cloud PCs'), groupNamed(world, 'Training Room A')];
  const changesFor = () => addGroups(refOf(script), [ours]);
  const proposal = await proposeFor(world, [script], changesFor);
  const plan = proposal.plans[0] ?? assert.fail();
  world.tenant.behavior.beforeWrite = () => {
    world.tenant.behavior.beforeWrite = undefined;
    const target = { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: theirs };
    world.tenant.admin.add(script.family, script.id, { target, runRemediationScript: true });
  };
  const outcome = await writeOne(world, plan);
  assert.ok(outcome.kind === 'written' && outcome.replaced, outcome.kind);
  const again = await restoringOf(plan, outcome);
  const restoring = await proposeFor(world, [script], (ref, base = []) => again.changesFor(ref, base));
  await writeOne(world, restoring.plans[0] ?? assert.fail());
  assert.deepEqual([hasGroup(script, theirs), hasGroup(script, ours)], [true, true]);
});

test('Restore… sets a row back that was replaced in the gap, and leaves those of policy sets to these', async () => {
  const world = createWorld();
  const script = { family: 'deviceHealthScripts', id: 's', name: 'S' } as const;
  const row = (interval: number, source = 'direct') =>
    assignmentFromWire({
      source,
      target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: groupNamed(world, 'Cloud PCs') },
      runSchedule: { '@odata.type': '#microsoft.graph.deviceHealthScriptHourlySchedule', interval },
    });
  const [ours, theirs] = [row(1), row(8)];
  const plan = planChanges(script, [ours], []);
  const outcome = { kind: 'written', visible: true, now: [ours], replaced: [theirs, row(3, 'policySets')] } as const;
  const again = await restoringOf(plan, outcome);
  const restored = planChanges(script, [ours], again.changesFor(script, [ours]));
  assert.deepEqual(
    restored.rows.map(({ action, assignment: { schedule } }) => [action, schedule?.kind === 'hourly' && schedule.interval]),
    [['change', 8]],
  );
});

test('Restore… brings a filter back that another administrator set in the gap', async () => {
  const world = createWorld({ parts: { writeMethod: 'assign' } });
  const script = sampleScript(world, 'deviceHealthScripts', 'Restart Stopped Print Spooler');
  const [ours, theirs] = [groupNamed(world, 'Cloud PCs'), groupNamed(world, 'Training Room A')];
  const row = (filter?: string) => ({
    target: {
      '@odata.type': '#microsoft.graph.groupAssignmentTarget',
      groupId: theirs,
      ...(filter && { deviceAndAppManagementAssignmentFilterId: filter, deviceAndAppManagementAssignmentFilterType: 'include' }),
    },
    runSchedule: { '@odata.type': '#microsoft.graph.deviceHealthScriptHourlySchedule', interval: 4 },
    runRemediationScript: true,
  });
  world.tenant.admin.assign(script.family, script.id, [row()]);
  const filter = 'f1111111-1111-4111-8111-111111111111';
  const changesFor = () => addGroups(refOf(script), [ours]);
  const proposal = await proposeFor(world, [script], changesFor);
  const plan = proposal.plans[0] ?? assert.fail();
  world.tenant.behavior.beforeWrite = () => {
    world.tenant.behavior.beforeWrite = undefined;
    world.tenant.admin.assign(script.family, script.id, [row(filter)]);
  };
  const outcome = await writeOne(world, plan);
  assert.ok(outcome.kind === 'written' && outcome.replaced, outcome.kind);
  const again = await restoringOf(plan, outcome);
  const restoring = await proposeFor(world, [script], (ref, base = []) => again.changesFor(ref, base));
  await writeOne(world, restoring.plans[0] ?? assert.fail('nothing is restored'));
  const filters = new Map(rowsOf(script).map(({ target }) => [targetFromWire(target).groupId, targetFromWire(target).filter?.id]));
  assert.deepEqual(
    [...filters].toSorted(),
    [
      [ours, undefined],
      [theirs, filter],
    ].toSorted(),
  );
});

test('Restore… brings back one of two rows of a group, and leaves the other beside it', async () => {
  const world = createWorld();
  const script = { family: 'deviceHealthScripts', id: 's', name: 'S' } as const;
  const [one = assert.fail(), two = assert.fail()] = ['1', '2'].map(digit =>
    assignmentFromWire({
      target: {
        '@odata.type': '#microsoft.graph.groupAssignmentTarget',
        groupId: groupNamed(world, 'Cloud PCs'),
        deviceAndAppManagementAssignmentFilterId: `f111111${digit}-1111-4111-8111-111111111111`,
        deviceAndAppManagementAssignmentFilterType: 'include',
      },
    }),
  );
  const plan = planChanges(script, [one, two], addGroups(script, [groupNamed(world, 'Training Room A')]));
  const now = expectedAssignments(plan).filter(({ target }) => target.filter?.id !== two.target.filter?.id);
  const outcome = { kind: 'changedAfter', now, missing: [two] } as const;
  const again = await restoringOf(plan, outcome);
  const restored = planChanges(script, now, again.changesFor(script, now));
  assert.deepEqual(
    restored.rows.map(({ action }) => action),
    ['keep', 'keep', 'add'],
  );
});

test('what is tried again keeps all of the wish, and takes up what was tried', async () => {
  const world = createWorld();
  const script = sampleScript(world, 'deviceManagementScripts', 'Outlook Signature');
  const ref = refOf(script);
  const [plan = assert.fail()] = (await proposeFor(world, [script], () => addGroups(ref, [groupNamed(world, 'Cloud PCs')]))).plans;
  const proposal = await proposeFor(world, [script], () => []);
  const seen: Wanted[] = [];
  const wanted: Wanted = {
    scripts: [ref],
    changesFor: () => plan.changes,
    groups: [],
    allOrNone: true,
    undoes: 'u',
    resumes: 'r',
  };
  const outcome = { kind: 'conflict', now: [] } as const;
  const remedies = remediesOf(proposal, [{ plan, outcome }], { id: 'tried', wanted }, async one => void seen.push(one));
  await remedies.find(({ label }) => label === 'Plan Again')?.run();
  const { allOrNone, undoes, resumes } = seen[0] ?? assert.fail();
  assert.deepEqual([allOrNone, undoes, resumes], [true, 'u', 'tried']);
});
