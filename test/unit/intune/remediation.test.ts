import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { transientMemory } from '../../../src/connections/memory.ts';
import { addTargets } from '../../../src/intune/addTargets.ts';
import { assignmentFromWire, targetKey, type Wire } from '../../../src/intune/assignment.ts';
import type { JournalEnd, JournalRecord, JournalStart } from '../../../src/intune/journal.ts';
import { type Change, planChanges } from '../../../src/intune/plan.ts';
import { newRowsRemediate, remediatesBy, rememberChoice } from '../../../src/intune/remediation.ts';
import { standing } from '../../../src/intune/shortfall.ts';
import { targetFromWire } from '../../../src/intune/target.ts';
import { rowsOf } from '../../../src/sample/index.ts';
import {
  createWorld,
  groupNamed,
  planToAdd,
  proposeFor,
  refOf,
  rowsSent,
  sampleScript,
  told,
  type World,
  writeOne,
  writesIn,
} from './support.ts';

const lastFlags = (world: World): readonly unknown[] =>
  rowsSent(writesIn(world).at(-1) ?? assert.fail()).map(row => row['runRemediationScript']);
const assign = { parts: { writeMethod: 'assign' as const } };
const name = 'Restart Stopped Print Spooler';

describe('whether kept rows of a remediation remediate', () => {
  test('nobody knows: it is assumed, and said so', async () => {
    const world = createWorld(assign);
    const plan = await planToAdd(world, sampleScript(world, 'deviceHealthScripts', name), groupNamed(world, 'Cloud PCs'));
    assert.equal(plan.remediationAssumed, true);
    await writeOne(world, plan);
    assert.deepEqual(lastFlags(world), [true, true, true, true]);
  });

  test('a package without a remediation script only detects, and nothing is assumed', async () => {
    const world = createWorld(assign);
    const plan = await planToAdd(
      world,
      sampleScript(world, 'deviceHealthScripts', 'Report Local Administrators'),
      groupNamed(world, 'Cloud PCs'),
    );
    assert.equal(plan.remediationAssumed, false);
    await writeOne(world, plan);
    assert.deepEqual(lastFlags(world), [false, false]);
  });

  test('what the user chose for the script is remembered', async () => {
    const world = createWorld(assign);
    const script = sampleScript(world, 'deviceHealthScripts', name);
    await rememberChoice(world.parts.memory, refOf(script), false);
    const plan = await planToAdd(world, script, groupNamed(world, 'Cloud PCs'));
    assert.equal(plan.remediationAssumed, false);
    await writeOne(world, plan);
    assert.deepEqual(lastFlags(world), [false, false, false, false]);
  });

  test('what we wrote last counts more than a choice made later', async () => {
    const world = createWorld(assign);
    const script = sampleScript(world, 'deviceHealthScripts', name);
    await rememberChoice(world.parts.memory, refOf(script), false);
    await writeOne(world, await planToAdd(world, script, groupNamed(world, 'Cloud PCs')));
    await rememberChoice(world.parts.memory, refOf(script), true);
    const plan = await planToAdd(world, script, groupNamed(world, 'Training Room A'));
    assert.equal(plan.remediationAssumed, false);
    await writeOne(world, plan);
    assert.deepEqual(lastFlags(world), [false, false, false, false, true]);
  });

  test('a row that is new is assigned as chosen, whatever we wrote for its group before somebody took it away', async () => {
    const world = createWorld(assign);
    const script = sampleScript(world, 'deviceHealthScripts', name);
    const there = rowsOf(script).map(({ target, runSchedule }) => ({ target, runSchedule, runRemediationScript: true }));
    await rememberChoice(world.parts.memory, refOf(script), false);
    await writeOne(world, await planToAdd(world, script, groupNamed(world, 'Cloud PCs')));
    await rememberChoice(world.parts.memory, refOf(script), true);
    world.tenant.admin.assign(script.family, script.id, there);
    await world.clock.sleep(600_000);
    await writeOne(world, await planToAdd(world, script, groupNamed(world, 'Cloud PCs')));
    assert.equal(lastFlags(world).at(-1), true);
  });

  test('what new rows do is told for all scripts, and for none where they differ', async () => {
    const memory = transientMemory();
    const [one, other] = ['a', 'b'].map(id => ({ family: 'deviceHealthScripts', id }) as const);
    assert.ok(one && other);
    assert.equal(newRowsRemediate(memory, [one, other]), true);
    await rememberChoice(memory, one, false);
    assert.equal(newRowsRemediate(memory, [one, { family: 'deviceShellScripts', id: 'c' }]), false);
    assert.equal(newRowsRemediate(memory, [one, other]), undefined);
  });

  test('true where the service says true', async () => {
    const world = createWorld({ ...assign, behavior: { remediationReadsFalse: false } });
    const script = sampleScript(world, 'deviceHealthScripts', name);
    await rememberChoice(world.parts.memory, refOf(script), false);
    await writeOne(world, await planToAdd(world, script, groupNamed(world, 'Cloud PCs')));
    assert.deepEqual(lastFlags(world), [true, true, true, false]);
  });

  test('a write that failed tells nothing', async () => {
    const world = createWorld(assign);
    const script = sampleScript(world, 'deviceHealthScripts', name);
    world.tenant.behavior.scopeGroups = new Set();
    assert.equal(told(await writeOne(world, await planToAdd(world, script, groupNamed(world, 'Cloud PCs')))), 'failed');
    assert.equal((await planToAdd(world, script, groupNamed(world, 'Cloud PCs'))).remediationAssumed, true);
  });

  test('an additive write has not written the kept rows: they are still unknown afterwards, and stay as they were', async () => {
    const world = createWorld({ behavior: { collectionPost: true } });
    const script = sampleScript(world, 'deviceHealthScripts', name);
    const flags = (): readonly boolean[] => rowsOf(script).map(row => row.runRemediationScript);
    world.tenant.admin.assign(
      script.family,
      script.id,
      rowsOf(script).map(({ target, runSchedule }) => ({ target, runSchedule, runRemediationScript: false })),
    );
    assert.equal(told(await writeOne(world, await planToAdd(world, script, groupNamed(world, 'Cloud PCs')))), 'written, visible');
    assert.deepEqual(flags(), [false, false, false, true]);
    const { plans } = await proposeFor(world, [script], () => [
      { kind: 'remove', targetKey: targetKey(targetFromWire(rowsOf(script)[0]?.target ?? assert.fail())) },
    ]);
    assert.equal(plans[0]?.remediationAssumed, true, 'Intune does not tell, and we have never written them');
  });

  describe('where the service says true', () => {
    const saysTrue = async (changes: (row: Wire) => Change) => {
      const world = createWorld({ ...assign, behavior: { remediationReadsFalse: false, assignmentLagMs: 0 } });
      const script = sampleScript(world, 'deviceHealthScripts', name);
      await rememberChoice(world.parts.memory, refOf(script), false);
      const [row] = rowsOf(script);
      assert.ok(row?.runRemediationScript);
      const { plans } = await proposeFor(world, [script], () => [changes({ target: row.target })]);
      assert.ok(plans[0]);
      await writeOne(world, plans[0]);
      return lastFlags(world);
    };
    const hourly = { '@odata.type': '#microsoft.graph.deviceHealthScriptHourlySchedule', interval: 5 };

    test('a new schedule leaves it true, whatever was chosen for rows of which nobody knows', async () => {
      const flags = await saysTrue(row => ({ kind: 'set', assignment: assignmentFromWire({ ...row, runSchedule: hourly }) }));
      assert.ok(!flags.includes(false));
    });
  });

  test('what the service says of now counts more than what we once wrote', () => {
    const script = { family: 'deviceHealthScripts', id: 'x', name: 'x' } as const;
    const target = { '@odata.type': '#microsoft.graph.allDevicesAssignmentTarget' };
    const at = new Date(0).toISOString();
    const after = [{ target, runRemediationScript: false }];
    const start = { type: 'start', id: 'a', changeId: 'c', at, connection: '', account: '', script, before: [], after } as const;
    const records = [start, { type: 'end', id: 'a', at, outcome: 'written' } as const];
    const remediates = remediatesBy(script, { hasRemediation: true, records, memory: transientMemory() });
    const now = (runRemediationScript: boolean) => remediates(assignmentFromWire({ target, runRemediationScript }));
    assert.deepEqual([now(true), now(false)], [true, false]);
  });

  test('of a row that comes back and of which nobody knows, it is assumed and said so; what is new does as it is made to', () => {
    const script = { family: 'deviceHealthScripts', id: 'x', name: 'x' } as const;
    const target = { '@odata.type': '#microsoft.graph.allDevicesAssignmentTarget' };
    const assumed = (wire: Wire, remediates?: boolean): boolean =>
      planChanges(script, [], [{ kind: 'add', assignment: assignmentFromWire(wire), remediates }], (_, wanted) => wanted)
        .remediationAssumed;
    assert.deepEqual(
      [assumed({ target, runRemediationScript: false }), assumed({ target, runRemediationScript: true }, true), assumed({ target })],
      [true, false, false],
    );
  });

  test('of an exclusion, which runs nothing, nothing is assumed', () => {
    const exclusion = { '@odata.type': '#microsoft.graph.exclusionGroupAssignmentTarget', groupId: 'g' };
    const all = { '@odata.type': '#microsoft.graph.allDevicesAssignmentTarget' };
    const base = [assignmentFromWire({ target: exclusion, runRemediationScript: false })];
    const plan = planChanges(
      { family: 'deviceHealthScripts', id: 'x', name: 'x' },
      base,
      [{ kind: 'add', assignment: assignmentFromWire({ target: all }), remediates: false }],
      (_, wanted) => wanted,
    );
    assert.equal(plan.remediationAssumed, false);
  });

  test('two rows of one group are told apart by their filters', () => {
    const script = { family: 'deviceHealthScripts', id: 'x', name: 'x' } as const;
    const rows = [true, false].map((runRemediationScript): Wire => {
      const filter = { deviceAndAppManagementAssignmentFilterId: 'f', deviceAndAppManagementAssignmentFilterType: 'include' };
      const target = { '@odata.type': '#microsoft.graph.allDevicesAssignmentTarget', ...(runRemediationScript && filter) };
      return { target, runRemediationScript };
    });
    const at = new Date(0).toISOString();
    const start = { type: 'start', id: 'a', changeId: 'c', at, connection: '', account: '', script, before: [], after: rows } as const;
    const records = [start, { type: 'end', id: 'a', at, outcome: 'written' } as const];
    const remediates = remediatesBy(script, { hasRemediation: true, records, memory: transientMemory() });
    assert.deepEqual(
      rows.map(row => remediates(assignmentFromWire(row))),
      [true, false],
    );
  });

  const typed = (groupId: string, filterId?: string) => ({
    '@odata.type': '#microsoft.graph.groupAssignmentTarget',
    groupId,
    ...(filterId !== undefined && {
      deviceAndAppManagementAssignmentFilterId: filterId,
      deviceAndAppManagementAssignmentFilterType: 'include',
    }),
  });
  const script = { family: 'deviceHealthScripts', id: 'x', name: 'x' } as const;
  const at = (minute: number): string => new Date(minute * 60_000).toISOString();
  const startOf = (id: string, minute: number, before: readonly Wire[], after: readonly Wire[]): JournalStart => ({
    ...{ type: 'start', id, changeId: id, at: at(minute), connection: '', account: '', script, before, after },
  });
  const endOf = (id: string, minute: number, more: Partial<JournalEnd> = {}): JournalEnd => ({
    ...{ type: 'end', id, at: at(minute), outcome: 'written' },
    ...more,
  });
  const knownOf = (records: readonly JournalRecord[], row: Wire): boolean | undefined =>
    remediatesBy(script, { hasRemediation: true, records, memory: transientMemory() })(assignmentFromWire(row));
  const [fixes, detects] = [true, false].map(runRemediationScript => ({ target: typed('g'), runRemediationScript }));
  assert.ok(fixes && detects);

  test('a write that was settled late does not overrule one that was made after it', () => {
    const records = [
      startOf('a', 1, [], [fixes]),
      endOf('a', 2, { outcome: 'unknown' }),
      startOf('b', 3, [fixes], [detects]),
      endOf('b', 4),
    ];
    assert.equal(knownOf([...records, endOf('a', 5)], detects), false);
  });

  test('a write that had to be approved overrules one that was made while it waited', () => {
    const approval = { type: 'approval', id: 'a', at: at(2), code: 'c', path: '/', body: '{}' } as const;
    const records = [
      startOf('a', 1, [], [detects]),
      approval,
      endOf('a', 2, { outcome: 'pending' }),
      startOf('b', 3, [], [fixes]),
      endOf('b', 4),
    ];
    assert.equal(knownOf(records, detects), true);
    assert.equal(knownOf([...records, endOf('a', 5)], detects), false);
  });

  test('an approved write that was done, and settled late, does not overrule one that was made after it', () => {
    const approval = { type: 'approval', id: 'a', at: at(2), code: 'c', path: '/', body: '{}' } as const;
    const waits = [startOf('a', 1, [], [fixes]), approval, endOf('a', 2, { outcome: 'pending' })];
    const finished = [endOf('a', 10, { outcome: 'unknown' }), startOf('b', 12, [fixes], [detects]), endOf('b', 13), endOf('a', 15)];
    assert.equal(knownOf([...waits, ...finished], detects), false);
  });

  test('an addition whose answer was lost has not written the kept rows, whatever settled it', () => {
    const [kept, added] = [{ target: typed('k'), runRemediationScript: true }, fixes];
    const lost = endOf('a', 1, { outcome: 'unknown', additive: true });
    const records = [startOf('a', 1, [{ ...kept, runRemediationScript: false }], [kept, added]), lost, endOf('a', 7)];
    assert.equal(knownOf(records, { ...kept, runRemediationScript: false }), undefined);
    assert.equal(knownOf(records, detects), true);
  });

  test('what only detects by the choice of before is there already where a row only detects, and not where one remediates', async () => {
    const memory = transientMemory();
    await rememberChoice(memory, script, false);
    const changes = addTargets(script, [{ kind: 'group', groupId: 'g' }]);
    const [change] = changes;
    assert.ok(change?.kind === 'add');
    const { wire } = change.assignment;
    const base = [assignmentFromWire({ ...wire, runRemediationScript: false })];
    const shortfalls = (records: readonly JournalRecord[]) =>
      standing(changes, base, remediatesBy(script, { hasRemediation: true, records, memory })).map(({ kind }) => kind);
    assert.deepEqual(shortfalls([]), []);
    assert.deepEqual(shortfalls([startOf('a', 1, [], [{ ...wire, runRemediationScript: true }]), endOf('a', 2)]), ['staysAsItIs']);
  });

  test('a row that was added beside another of its recipient is known by its filter', () => {
    const [one, other] = [
      { target: typed('g', 'f1'), runRemediationScript: false },
      { target: typed('g', 'f2'), runRemediationScript: true },
    ];
    const records = [startOf('a', 1, [], [one]), endOf('a', 2), startOf('b', 3, [one], [one, other]), endOf('b', 4, { additive: true })];
    assert.equal(knownOf(records, { ...other, runRemediationScript: false }), true);
    assert.equal(knownOf(records, one), false);
  });

  test('of a row that gets a new schedule it is assumed too, and said so', () => {
    const target = { '@odata.type': '#microsoft.graph.allDevicesAssignmentTarget' };
    const base = [assignmentFromWire({ target, runRemediationScript: false })];
    const wanted = assignmentFromWire({
      target,
      runSchedule: { '@odata.type': '#microsoft.graph.deviceHealthScriptHourlySchedule', interval: 5 },
    });
    const script = { family: 'deviceHealthScripts', id: 'x', name: 'x' } as const;
    const assumed = (remediates?: boolean): boolean =>
      planChanges(script, base, [{ kind: 'set', assignment: wanted, remediates }], (_, explicit) => explicit).remediationAssumed;
    assert.deepEqual([assumed(), assumed(false)], [true, false]);
  });
});
