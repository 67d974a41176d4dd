// Whether a row remediates reads back `false` whatever it is, so that no read protects it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addGroups } from '../../../../src/intune/addGroups.ts';
import { targetKey } from '../../../../src/intune/assignment.ts';
import { editAssignment } from '../../../../src/intune/editAssignment.ts';
import { pastChanges } from '../../../../src/intune/history/pastChanges.ts';
import { undo } from '../../../../src/intune/history/undo.ts';
import type { Plan } from '../../../../src/intune/plan.ts';
import { remediatesBy } from '../../../../src/intune/remediation.ts';
import { rowsOf } from '../../../../src/sample/index.ts';
import type { JsonObject } from '../../../../src/sample/wire/json.ts';
import {
  type ChangesFor,
  createWorld,
  groupNamed,
  isAssign,
  proposeFor,
  refOf,
  sampleScript,
  shownAlone,
  told,
  type World,
  writeOne,
  writesIn,
} from '../support.ts';

const typed = (name: string): JsonObject => ({ '@odata.type': `#microsoft.graph.${name}` });
const daily = (more: JsonObject = {}): JsonObject => ({
  runSchedule: { ...typed('deviceHealthScriptDailySchedule'), interval: 1, time: '09:00:00', useUtc: false, ...more },
});
const minutes = 60_000;

/** A remediation that is assigned to one group, and remediates there. */
function start(more: JsonObject = {}, behavior: NonNullable<Parameters<typeof createWorld>[0]>['behavior'] = {}) {
  const world = createWorld({ behavior, parts: { writeMethod: 'assign' } });
  const script = sampleScript(world, 'deviceHealthScripts', 'Restart Stopped Print Spooler');
  const groupId = groupNamed(world, 'Cloud PCs');
  const row = (flag: boolean, schedule = daily(more)): JsonObject => ({
    target: { ...typed('groupAssignmentTarget'), groupId },
    ...schedule,
    runRemediationScript: flag,
  });
  world.tenant.admin.assign(script.family, script.id, [row(true)]);
  const planned = async (changesFor: ChangesFor): Promise<Plan> =>
    (await proposeFor(world, [script], changesFor)).plans[0] ?? assert.fail('no plan');
  const edit = (remediates: boolean): Promise<Plan> =>
    planned((_, base = []) => editAssignment(base, shownAlone(base[0] ?? assert.fail()), { remediates }));
  const flags = (): readonly boolean[] => rowsOf(script).map(({ runRemediationScript }) => runRemediationScript);
  return { world, script, groupId, row, planned, edit, flags };
}

const addTo =
  (world: World, name: string): ChangesFor =>
  script =>
    addGroups(script, [groupNamed(world, name)]);

describe('whether a row remediates', () => {
  test('is not set back by a plan that is older than another write of ours', async () => {
    const { world, planned, edit, flags } = start();
    await writeOne(world, await edit(true));
    await world.clock.sleep(10 * minutes);
    const old = await planned(addTo(world, 'HR Devices'));
    assert.equal(told(await writeOne(world, await edit(false))), 'written, visible');
    await world.clock.sleep(10 * minutes);
    assert.equal(told(await writeOne(world, old)), 'conflict');
    assert.deepEqual(flags(), [false]);
  });

  test('of a row that somebody assigned anew after we had removed it is asked, not taken from what we wrote then', async () => {
    const { world, script, groupId, row, planned, edit } = start();
    await writeOne(world, await edit(false));
    await world.clock.sleep(10 * minutes);
    await writeOne(world, await planned(addTo(world, 'HR Devices')));
    await world.clock.sleep(10 * minutes);
    await writeOne(world, await planned(() => [{ kind: 'remove', targetKey: targetKey({ kind: 'group', groupId }) }]));
    await world.clock.sleep(10 * minutes);
    world.tenant.admin.add(script.family, script.id, row(true));
    await world.clock.sleep(10 * minutes);
    assert.equal((await planned(addTo(world, 'HR – Kiosks'))).remediationAssumed, true);
  });

  for (const [name, fault] of [
    ['the connection drops', { kind: 'drop' }],
    ['the service answers 503', { kind: 'error', status: 503 }],
  ] as const) {
    test(`is not told as changed where it alone was to be, and ${name} before that was done`, async () => {
      const { world, script, edit, flags } = start();
      const plan = await edit(false);
      world.tenant.behavior.faults.push({ ...fault, match: isAssign });
      assert.equal(told(await writeOne(world, plan)), 'unknown');
      assert.deepEqual(flags(), [true]);
      const believed = remediatesBy(refOf(script), { hasRemediation: true, records: world.records, memory: world.parts.memory });
      assert.equal(believed(plan.base[0] ?? assert.fail()), undefined);
    });
  }

  test('of a row that somebody else wrote while ours was refused is not taken for written by us', async () => {
    const { world, script, planned } = start();
    const plan = await planned(addTo(world, 'HR Devices'));
    world.tenant.behavior.faults.push({ kind: 'throttle', match: isAssign });
    const theirs = { target: { ...typed('groupAssignmentTarget'), groupId: groupNamed(world, 'HR Devices') }, ...daily({ useUtc: false }) };
    world.tenant.behavior.beforeRead = () => {
      if (writesIn(world).length === 0) return;
      world.tenant.behavior.beforeRead = undefined;
      world.tenant.admin.add(script.family, script.id, { ...theirs, runRemediationScript: false });
    };
    assert.equal(told(await writeOne(world, plan)), 'conflict');
    assert.equal(writesIn(world).length, 1);
  });

  test('is not set back by a read that is older than our last write, where the service tells it', async () => {
    const { world, edit, planned, flags, script } = start({}, { remediationReadsFalse: false, assignmentLagMs: 60_000 });
    await world.clock.sleep(5 * minutes);
    await writeOne(world, await edit(false));
    assert.deepEqual(flags(), [false]);
    const { plans, unreadable } = await proposeFor(world, [script], addTo(world, 'HR Devices'));
    assert.deepEqual([plans.length, unreadable[0]?.error.code], [0, 'notShownYet']);
    await world.clock.sleep(5 * minutes);
    await writeOne(world, await planned(addTo(world, 'HR Devices')));
    assert.deepEqual(flags().toSorted(), [false, true]);
  });

  test('is asked where a row comes back of which nobody knows it', async () => {
    const { world, planned } = start();
    const { base } = await planned(addTo(world, 'HR Devices'));
    const [row] = base;
    assert.ok(row);
    await writeOne(world, await planned(() => [{ kind: 'remove', targetKey: targetKey(row.target) }]));
    await world.clock.sleep(10 * minutes);
    const write = pastChanges(world.records)[0]?.writes[0] ?? assert.fail();
    const back = await planned((_, now = []) => undo(write, now, { anyway: false, now: world.clock.now() }).changes);
    assert.equal(back.remediationAssumed, true);
  });
});

test('a key of a schedule that this version does not know, and that somebody changed, is a conflict', async () => {
  const { world, script, row, planned } = start({ jitter: { minutes: 30 } });
  const filter = { id: 'f11e5a11-0000-4000-8000-00000000000a', mode: 'include' } as const;
  const plan = await planned((_, base = []) => editAssignment(base, shownAlone(base[0] ?? assert.fail()), { filter }));
  world.tenant.admin.assign(script.family, script.id, [row(true, daily({ jitter: { minutes: 5 } }))]);
  await world.clock.sleep(minutes);
  assert.equal(told(await writeOne(world, plan)), 'conflict');
});
