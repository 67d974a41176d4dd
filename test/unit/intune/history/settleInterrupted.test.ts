import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addGroups } from '../../../../src/intune/addGroups.ts';
import { targetKey } from '../../../../src/intune/assignment.ts';
import { isLeft, type PastChange } from '../../../../src/intune/history/pastChange.ts';
import { pastChanges } from '../../../../src/intune/history/pastChanges.ts';
import { settleInterrupted } from '../../../../src/intune/history/settleInterrupted.ts';
import type { JournalRecord } from '../../../../src/intune/journal.ts';
import { targetFromWire } from '../../../../src/intune/target.ts';
import { rowsOf } from '../../../../src/sample/index.ts';
import { adminAdds, createWorld, groupNamed, sampleScript, type World } from '../support.ts';
import { change } from './support.ts';

const newWorld = (): World => createWorld({ parts: { writeMethod: 'assign' } });
const bitLocker = (world: World) => sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
const minutes = 60_000;

/** The journal as a window that died before it knew the outcome left it. */
const died = (records: readonly JournalRecord[]): JournalRecord[] => records.filter(({ type }) => type !== 'end');

/** Looks at what is open now, and tells the outcome of each write after it. */
async function look(world: World, records: JournalRecord[]) {
  const { ends, lookAgainIn } = await settleInterrupted(world.client, pastChanges(records), world.clock.now());
  records.push(...ends);
  return { outcomes: pastChanges(records).flatMap(({ writes }) => writes.map(({ outcome }) => outcome)), lookAgainIn };
}

/** A change of one script that was made, or, where the service lost it, was not. */
async function interrupted(world: World, made: boolean, script = bitLocker(world)): Promise<JournalRecord[]> {
  const before = rowsOf(script);
  await change(world, [script], ref => addGroups(ref, [groupNamed(world, 'Cloud PCs')]));
  if (!made)
    world.tenant.admin.assign(
      script.family,
      script.id,
      before.map(({ target }) => ({ target })),
    );
  return died(world.records);
}

describe('a write that nobody knows the outcome of', () => {
  test('is settled as soon as the service shows it', async () => {
    const world = newWorld();
    const records = await interrupted(world, true);
    assert.deepEqual(await look(world, records), { outcomes: ['written'], lookAgainIn: undefined });
  });

  test('counts as made where somebody else added to it', async () => {
    const world = newWorld();
    const records = await interrupted(world, true);
    adminAdds(world, bitLocker(world), groupNamed(world, 'Training Room A'));
    assert.deepEqual((await look(world, records)).outcomes, ['changedAfter']);
  });

  test('stays undecided where somebody else put the very row there, and others are gone', async () => {
    const world = newWorld();
    const script = bitLocker(world);
    const records = await interrupted(world, false);
    const theirs = { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: groupNamed(world, 'Cloud PCs') };
    world.tenant.admin.assign(script.family, script.id, [{ target: theirs }]);
    await world.clock.sleep(20 * minutes);
    assert.deepEqual((await look(world, records)).outcomes, ['undecided']);
  });

  test('is taken for not made only once it would show, and can be resumed then', async () => {
    const world = newWorld();
    const records = await interrupted(world, false);
    const early = await look(world, records);
    assert.deepEqual(early.outcomes, ['unsettled']);
    assert.ok(early.lookAgainIn !== undefined && early.lookAgainIn > 5 * minutes && early.lookAgainIn <= 12 * minutes);
    await world.clock.sleep(early.lookAgainIn);
    assert.deepEqual(await look(world, records), { outcomes: ['cancelled'], lookAgainIn: undefined });
    assert.equal(pastChanges(records)[0]?.writes.every(isLeft), true);
  });

  test('stays undecided where somebody else changed the same rows, and where its script is gone', async () => {
    const world = newWorld();
    const script = bitLocker(world);
    const [first] = rowsOf(script);
    assert.ok(first);
    const remove = { kind: 'remove', targetKey: targetKey(targetFromWire(first.target)) } as const;
    await change(world, [script], ref => [remove, ...addGroups(ref, [groupNamed(world, 'Cloud PCs')])]);
    const records = died(world.records);
    world.tenant.admin.assign(script.family, script.id, []);
    await world.clock.sleep(20 * minutes);
    assert.deepEqual((await look(world, [...records])).outcomes, ['undecided']);
    world.tenant.admin.deleteScript(script.family, script.id);
    assert.deepEqual((await look(world, records)).outcomes, ['undecided']);
  });

  test('stays open where the script cannot be read', async () => {
    const world = newWorld();
    const records = await interrupted(world, true);
    world.tenant.behavior.forbiddenFamilies = new Set(['deviceManagementScripts']);
    const { outcomes, lookAgainIn } = await look(world, records);
    assert.deepEqual(outcomes, ['unsettled']);
    assert.ok(lookAgainIn !== undefined && lookAgainIn > 0);
  });

  test('is looked at by reading alone', async () => {
    const world = newWorld();
    const records = await interrupted(world, true);
    const before = world.requests.length;
    await look(world, records);
    assert.deepEqual([...new Set(world.requests.slice(before).map(({ method, inBatch }) => `${method} ${inBatch}`))], ['GET false']);
  });
});

test('what was never started is left, unless somebody ended the change', async () => {
  const world = newWorld();
  const scripts = world.tenant.state.scripts.list('deviceManagementScripts').slice(0, 3);
  await change(world, scripts, ref => addGroups(ref, [groupNamed(world, 'Training Room A')]));
  const [first, ...rest] = world.records.filter(({ type }) => type === 'start');
  const records = world.records.filter(({ id }) => !rest.some(start => start.id === id));
  assert.ok(first);
  const outcomes = (all: readonly JournalRecord[], living = new Set<string>()): readonly string[] =>
    pastChanges(all, living).flatMap(({ writes }: PastChange) => writes.map(({ outcome }) => outcome));
  const [head] = records;
  assert.ok(head?.type === 'change');
  assert.deepEqual(outcomes(records), ['written', 'notStarted', 'notStarted']);
  assert.deepEqual(outcomes(records, new Set([head.id])), ['written', 'running', 'running']);
  assert.deepEqual(outcomes([...records, { type: 'end', id: head.id, at: head.at, outcome: 'cancelled' }]), [
    'written',
    'cancelled',
    'cancelled',
  ]);
});
