import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { resumeChange } from '../../../../src/features/history/resume.ts';
import { isLeft } from '../../../../src/intune/history/pastChange.ts';
import { readHistory } from '../../../../src/intune/history/recovery.ts';
import { restOf } from '../../../../src/intune/history/resume.ts';
import type { Assignment } from '../../../../src/intune/model/assignment.ts';
import type { Change } from '../../../../src/intune/model/change.ts';
import { addTargets } from '../../../../src/intune/plan/addTargets.ts';
import { editAssignment } from '../../../../src/intune/plan/editAssignment.ts';
import { expectedAssignments, type Plan } from '../../../../src/intune/plan/plan.ts';
import { propose } from '../../../../src/intune/plan/propose.ts';
import { replaceGroup } from '../../../../src/intune/plan/replaceGroup.ts';
import { type ChangeNote, writePlans } from '../../../../src/intune/write/write.ts';
import type { SampleScript } from '../../../../src/sample/index.ts';
import type { JsonObject } from '../../../../src/sample/wire/json.ts';
import { undoOf } from '../../intune/history/support.ts';
import {
  adminAdds,
  groupNamed,
  hasGroup,
  plansToAdd,
  proposeFor,
  refOf,
  sampleScript,
  shownAlone,
  type World,
} from '../../intune/support.ts';
import { type CommandWindow, createCommandWindow } from '../commandWindow.ts';

const family = 'deviceManagementScripts';

/** A Replace Group that was cancelled before its write, and what a window is shown that resumes it. */
async function resumed(deleted: boolean) {
  const settings = { alwaysShowPlan: true, confirmAbove: 100_000 };
  const one = await createCommandWindow({ parts: { writeMethod: 'assign' }, settings, permitted: true });
  const { world } = one;
  const [old, other] = [groupNamed(world, 'Developer Workstations'), groupNamed(world, 'Cloud PCs')];
  const script = sampleScript(world, family, 'Configure Developer Workstation');
  const changesFor = (_: unknown, base: readonly Assignment[]) => replaceGroup(base, { from: old, to: other, mode: 'replace' });
  const wanted = { scripts: [refOf(script)], groups: [{ id: other, name: 'Cloud PCs' }], changesFor };
  const { plans } = await propose(world.connection, wanted, [], world.clock);
  const cancel = new AbortController();
  world.tenant.behavior.beforeRead = () => cancel.abort();
  const [outcome] = await writePlans(plans, world.parts, { change: { id: 'c', allOrNone: true }, signal: cancel.signal });
  assert.equal(outcome?.kind, 'cancelled');
  world.tenant.behavior.beforeRead = undefined;
  if (deleted) world.tenant.admin.deleteGroup(other);
  const [change = assert.fail()] = await readHistory(one.journal);
  await resumeChange(one.parts)({ kind: 'change', connection: world.connection.key, change });
  const plan = one.documents.shownPlan()?.plans[0];
  return { rows: plan?.rows.map(({ action }) => action).toSorted(), stays: hasGroup(script, old) };
}

test('a resumed replacement takes the old group out, and puts the new one in', async () => {
  assert.deepEqual(await resumed(false), { rows: ['add', 'keep', 'remove'], stays: true });
});

test('a resumed replacement takes nothing out where the new group was deleted meanwhile', async () => {
  assert.deepEqual(await resumed(true), { rows: undefined, stays: true });
});

/** A change that was cancelled before its write; then somebody else acts, and it is resumed. What it would write, and what is said. */
async function resumedAfter(
  change: (one: CommandWindow, script: SampleScript) => Promise<{ readonly plan: Plan; readonly note: ChangeNote }>,
  meanwhile: (world: World, script: SampleScript) => void,
) {
  const settings = { alwaysShowPlan: true, confirmAbove: 100_000 };
  const one = await createCommandWindow({ parts: { writeMethod: 'assign' }, behavior: { assignmentLagMs: 0 }, settings, permitted: true });
  const { world } = one;
  const script = sampleScript(world, 'deviceHealthScripts', 'Clear Teams Cache');
  const { plan, note } = await change(one, script);
  const cancel = new AbortController();
  world.tenant.behavior.beforeRead = () => cancel.abort();
  await writePlans([plan], world.parts, { change: note, signal: cancel.signal });
  world.tenant.behavior.beforeRead = undefined;
  await world.clock.sleep(10 * 60_000);
  meanwhile(world, script);
  one.happened();
  await resumeChange(one.parts)({ kind: 'change', connection: world.connection.key, change: (await readHistory(one.journal))[0] });
  const rows = one.documents.shownPlan()?.plans.flatMap(expectedAssignments) ?? [];
  return { rows: rows.map(({ target, schedule }) => [target.kind, target.filter?.id, schedule]), happened: one.happened() };
}

describe('what is resumed is what was wanted, and not the rows of then', () => {
  const filter = 'f1111111-1111-4111-8111-111111111111';
  const hourly = (interval: number) => ({ kind: 'hourly', interval }) as const;
  const everybody = (interval: number, filterId?: string): JsonObject => ({
    target: {
      '@odata.type': '#microsoft.graph.allDevicesAssignmentTarget',
      ...(filterId && { deviceAndAppManagementAssignmentFilterId: filterId, deviceAndAppManagementAssignmentFilterType: 'include' }),
    },
    runSchedule: { '@odata.type': '#microsoft.graph.deviceHealthScriptHourlySchedule', interval },
  });
  const assign = (world: World, { family: of, id }: SampleScript, ...rows: readonly JsonObject[]): void =>
    world.tenant.admin.assign(of, id, rows);

  /** Edit Assignment: every 3 hours. */
  async function edit({ world }: CommandWindow, script: SampleScript) {
    assign(world, script, everybody(8));
    const { plans } = await proposeFor(world, [script], (_, [row = assert.fail()] = []) =>
      editAssignment(shownAlone(row), { schedule: hourly(3) }),
    );
    return { plan: plans[0] ?? assert.fail(), note: { id: 'edit' } };
  }

  /** Undo of an edit that made 8 hours out of 3. */
  async function undo({ world, journal }: CommandWindow, script: SampleScript) {
    assign(world, script, everybody(3));
    const edited = await proposeFor(world, [script], (_, [row = assert.fail()] = []) =>
      editAssignment(shownAlone(row), { schedule: hourly(8) }),
    );
    await writePlans(edited.plans, world.parts, { change: { id: 'edit' } });
    await world.clock.sleep(10 * 60_000);
    const { changes } = await undoOf(world, script, (await readHistory(journal))[0] ?? assert.fail());
    const { plans } = await proposeFor(world, [script], () => changes);
    return { plan: plans[0] ?? assert.fail(), note: { id: 'undo', undoes: 'edit' } };
  }

  for (const [name, change] of [
    ['an edit', edit],
    ['an undo', undo],
  ] as const) {
    test(`${name} leaves the other fields of a row that somebody has changed`, async () => {
      const { rows, happened } = await resumedAfter(change, (world, script) => assign(world, script, everybody(8, filter)));
      assert.deepEqual(rows, change === edit ? [['allDevices', filter, hourly(3)]] : [], happened.join());
    });

    test(`${name} does not bring a row back that somebody has removed`, async () => {
      const { rows } = await resumedAfter(change, (world, script) => assign(world, script));
      assert.deepEqual(rows, []);
    });
  }
});

test('a resumed addition tells what is there already with another schedule, and asks for the groups of all that comes', async () => {
  const one = await createCommandWindow({ parts: { writeMethod: 'assign' } });
  const { world } = one;
  const script = sampleScript(world, 'deviceHealthScripts', 'Clear Teams Cache');
  const [group, other] = [groupNamed(world, 'HR Devices'), groupNamed(world, 'Cloud PCs')].map(id => id.toLowerCase());
  assert.ok(group !== undefined && other !== undefined);
  const [set = assert.fail()] = addTargets(script, [{ kind: 'group', groupId: other }]);
  assert.ok(set.kind === 'add');
  const changes: readonly Change[] = [
    ...addTargets(script, [{ kind: 'group', groupId: group }], { schedule: { kind: 'hourly', interval: 2 } }),
    { kind: 'set', assignment: set.assignment },
  ];
  const { plans } = await propose(world.connection, { scripts: [refOf(script)], groups: [], changesFor: () => changes }, [], world.clock);
  const cancel = new AbortController();
  world.tenant.behavior.beforeRead = () => cancel.abort();
  await writePlans(plans, world.parts, { change: { id: 'c' }, signal: cancel.signal });
  world.tenant.behavior.beforeRead = undefined;
  const target = { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: group };
  const runSchedule = { '@odata.type': '#microsoft.graph.deviceHealthScriptHourlySchedule', interval: 5 };
  world.tenant.admin.add(script.family, script.id, { target, runSchedule });
  const [change = assert.fail()] = await readHistory(one.journal);
  const rest = restOf({ change, writes: change.writes }, world.connection.inventory.groups);
  assert.deepEqual(rest.groups.map(({ id }) => id).toSorted(), [group, other].toSorted());
  const { shortfalls } = await propose(world.connection, rest, [], world.clock);
  assert.deepEqual(
    [...shortfalls.values()].flat().map(({ kind }) => kind),
    ['staysAsItIs'],
  );
});

test('what conflicted can be resumed, for nothing of it was written, and is not taken up twice', async () => {
  const one = await createCommandWindow({
    behavior: { assignmentLagMs: 0 },
    parts: { writeMethod: 'assign' },
    settings: { alwaysShowPlan: true, confirmAbove: 100_000 },
    permitted: true,
  });
  const { world } = one;
  const script = sampleScript(world, family, 'Configure Developer Workstation');
  const plans = await plansToAdd(world, [script], groupNamed(world, 'Cloud PCs'));
  adminAdds(world, script, groupNamed(world, 'Training Room A'));
  const outcomes = await writePlans(plans, world.parts, { change: { id: 'c' } });
  assert.deepEqual(
    outcomes.map(({ kind }) => kind),
    ['conflict'],
  );
  const [change = assert.fail()] = await readHistory(one.journal);
  await world.clock.sleep(600_000);
  await resumeChange(one.parts)({ kind: 'change', connection: world.connection.key, change });
  assert.equal(one.documents.shownPlan()?.plans.length, 1);
  await one.documents.apply();
  assert.ok(hasGroup(script, groupNamed(world, 'Cloud PCs')));
  const first = (await readHistory(one.journal)).find(({ id }) => id === 'c') ?? assert.fail();
  assert.deepEqual(
    first.writes.map(({ resumed: taken }) => taken),
    [true],
  );
});

test('what somebody else has done meanwhile is nothing to resume any more, once that was found out', async () => {
  const one = await createCommandWindow({ behavior: { assignmentLagMs: 0 }, parts: { writeMethod: 'assign' }, permitted: true });
  const { world } = one;
  const script = sampleScript(world, family, 'Configure Developer Workstation');
  const group = groupNamed(world, 'Cloud PCs');
  const plans = await plansToAdd(world, [script], group);
  const cancel = new AbortController();
  world.tenant.behavior.beforeRead = () => cancel.abort();
  await writePlans(plans, world.parts, { change: { id: 'c' }, signal: cancel.signal });
  world.tenant.behavior.beforeRead = undefined;
  const history = () => readHistory(one.journal);
  const [change = assert.fail()] = await history();
  assert.deepEqual(change.writes.map(isLeft), [true]);
  await world.clock.sleep(600_000);
  adminAdds(world, script, group);
  await resumeChange(one.parts)({ kind: 'change', connection: world.connection.key, change });
  const after = await history();
  assert.deepEqual(
    after.map(({ id, writes }) => [id, writes.map(isLeft)]),
    [['c', [false]]],
  );
});

test('what cannot be read when it is resumed is noted as nothing', async () => {
  const one = await createCommandWindow({ behavior: { assignmentLagMs: 0 }, parts: { writeMethod: 'assign' }, permitted: true });
  const { world } = one;
  const script = sampleScript(world, family, 'Configure Developer Workstation');
  const plans = await plansToAdd(world, [script], groupNamed(world, 'Cloud PCs'));
  const cancel = new AbortController();
  world.tenant.behavior.beforeRead = () => cancel.abort();
  await writePlans(plans, world.parts, { change: { id: 'c' }, signal: cancel.signal });
  world.tenant.behavior.beforeRead = undefined;
  const [change = assert.fail()] = await readHistory(one.journal);
  await world.clock.sleep(600_000);
  world.tenant.behavior.faults.push({ kind: 'forbidden', reason: 'role' });
  const before = (await one.journal.read()).length;
  await resumeChange(one.parts)({ kind: 'change', connection: world.connection.key, change });
  assert.equal((await one.journal.read()).length, before);
  assert.deepEqual((await readHistory(one.journal))[0]?.writes.map(isLeft), [true]);
});
