import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isLeft, type PastChange } from '../../../../src/intune/history/pastChange.ts';
import { pastChanges } from '../../../../src/intune/history/pastChanges.ts';
import { resolveInterrupted, type SeenSince } from '../../../../src/intune/history/recovery.ts';
import { type JournalRecord, stampOf } from '../../../../src/intune/journal/journal.ts';
import { knownWrites } from '../../../../src/intune/journal/knownWrites.ts';
import { targetKey } from '../../../../src/intune/model/assignment.ts';
import { targetFromWire } from '../../../../src/intune/model/target.ts';
import { addGroups } from '../../../../src/intune/plan/addTargets.ts';
import { rowsOf, type SampleScript, type StoredRow } from '../../../../src/sample/index.ts';
import { adminAdds, createWorld, groupNamed, proposeFor, sampleScript, type World } from '../support.ts';
import { change } from './support.ts';

const newWorld = (): World => createWorld({ parts: { writeMethod: 'assign' } });
const bitLocker = (world: World) => sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
const minutes = 60_000;

/** The journal as a window that died before it knew the outcome left it. */
const died = (records: readonly JournalRecord[]): JournalRecord[] => records.filter(({ type }) => type !== 'end');

/** Looks at what is open now, and tells the outcome of each write after it. */
async function look(world: World, records: JournalRecord[], seen: SeenSince = new Map()) {
  const open = knownWrites(records).open(new Set(), world.clock);
  const { ends, lookAgainIn } = await resolveInterrupted(world.client, open, seen, world.clock);
  records.push(...ends);
  return { outcomes: pastChanges(records).flatMap(({ writes }) => writes.map(({ outcome }) => outcome)), lookAgainIn };
}

/** A change of one script that was made, or, where the service lost it, was not. */
async function interrupted(world: World, made: boolean, script = bitLocker(world)): Promise<JournalRecord[]> {
  const before = rowsOf(script);
  await change(world, [script], ref => addGroups(ref, [groupNamed(world, 'Cloud PCs')]));
  if (!made) setBack(world, script, before);
  return died(world.records);
}

/** The rows of a script are set back to what they were: by somebody, or as if our write had never come. */
const setBack = (world: World, script: SampleScript, rows: readonly StoredRow[]): void =>
  world.tenant.admin.assign(
    script.family,
    script.id,
    rows.map(({ target }) => ({ target })),
  );

describe('a write that nobody knows the outcome of', () => {
  test('is resolved once the service has shown it for half a minute', async () => {
    const world = newWorld();
    const records = await interrupted(world, true);
    const seen: SeenSince = new Map();
    assert.deepEqual(await look(world, records, seen), { outcomes: ['unsettled'], lookAgainIn: 30_000 });
    await world.clock.sleep(30_000);
    assert.deepEqual(await look(world, records, seen), { outcomes: ['written'], lookAgainIn: undefined });
  });

  test('is not believed by one look of a copy that is behind: it was never sent', async () => {
    const world = createWorld({ parts: { writeMethod: 'assign' }, behavior: { assignmentLagMs: 90_000 } });
    const script = bitLocker(world);
    await change(world, [script], ref => addGroups(ref, [groupNamed(world, 'Cloud PCs')]));
    // An undo was begun, and its window died; what shows is the set from before what it was to undo.
    const [start] = world.records.filter(record => record.type === 'start');
    assert.ok(start);
    const undo = { ...start, id: 'undo', changeId: 'undoing', before: start.after, after: start.before, ...stampOf(world.clock) };
    const records: JournalRecord[] = [...world.records, undo];
    const seen: SeenSince = new Map();
    let looked = await look(world, records, seen);
    for (; looked.lookAgainIn !== undefined; looked = await look(world, records, seen)) {
      assert.equal(looked.outcomes[0], 'unsettled');
      await world.clock.sleep(looked.lookAgainIn);
    }
    assert.equal(looked.outcomes[0], 'notShown');
  });

  test('counts as made where somebody else added to it', async () => {
    const world = newWorld();
    const records = await interrupted(world, true);
    adminAdds(world, bitLocker(world), groupNamed(world, 'Training Room A'));
    await world.clock.sleep(20 * minutes);
    assert.deepEqual((await look(world, records)).outcomes, ['changedAfter']);
  });

  test('was made where a later write of ours has read it, whatever became of it', async () => {
    const world = newWorld();
    const script = bitLocker(world);
    const before = rowsOf(script);
    const records = await interrupted(world, true);
    await change(world, [script], ref => addGroups(ref, [groupNamed(world, 'Training Room A')]));
    records.push(...world.records.slice(world.records.findLastIndex(({ type }) => type === 'change')));
    setBack(world, script, before);
    assert.deepEqual((await look(world, records)).outcomes, ['written', 'written']);
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

  test('is told as not shown only once it would show, and can be resumed then', async () => {
    const world = newWorld();
    const records = await interrupted(world, false);
    const early = await look(world, records);
    assert.deepEqual(early.outcomes, ['unsettled']);
    assert.ok(early.lookAgainIn !== undefined && early.lookAgainIn > 5 * minutes && early.lookAgainIn <= 12 * minutes);
    await world.clock.sleep(early.lookAgainIn);
    assert.deepEqual(await look(world, records), { outcomes: ['notShown'], lookAgainIn: undefined });
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

  for (const [how, ms] of [
    ['back', -40 * 24 * 60 * minutes],
    ['ahead', 400 * 24 * 60 * minutes],
  ] as const) {
    test(`is waited for as long as ever where the clock was set ${how}`, async () => {
      const world = newWorld();
      const records = await interrupted(world, false);
      world.clock.step(ms);
      const { outcomes, lookAgainIn = assert.fail() } = await look(world, records);
      assert.deepEqual(outcomes, ['unsettled']);
      assert.ok(lookAgainIn > 5 * minutes && lookAgainIn <= 12 * minutes);
      await world.clock.sleep(lookAgainIn);
      assert.deepEqual((await look(world, records)).outcomes, ['notShown']);
    });
  }
});

describe('a write that the service accepted and did not show', () => {
  /** The service takes the write, and shows it later, or never. */
  async function accepted(dropped: boolean) {
    const world = createWorld({ parts: { writeMethod: 'assign' }, behavior: { assignmentLagMs: 100_000 } });
    const script = bitLocker(world);
    const before = rowsOf(script);
    await change(world, [script], ref => addGroups(ref, [groupNamed(world, 'Cloud PCs')]));
    if (dropped) setBack(world, script, before);
    return world;
  }

  test('is looked at again, and known to be written once it has shown', async () => {
    const world = await accepted(false);
    const seen: SeenSince = new Map();
    const isVisible = () => pastChanges(world.records)[0]?.writes[0]?.visible;
    const first = await look(world, world.records, seen);
    assert.equal(isVisible(), false);
    await world.clock.sleep(first.lookAgainIn ?? assert.fail());
    assert.deepEqual(await look(world, world.records, seen), { outcomes: ['written'], lookAgainIn: undefined });
    assert.equal(isVisible(), true);
  });

  test('and never showed: that is what its outcome says, once it would have shown', async () => {
    const world = await accepted(true);
    const { lookAgainIn = assert.fail() } = await look(world, world.records);
    await world.clock.sleep(lookAgainIn);
    assert.deepEqual(await look(world, world.records), { outcomes: ['notShown'], lookAgainIn: undefined });
    const { plans } = await proposeFor(world, [bitLocker(world)], ref => addGroups(ref, [groupNamed(world, 'Cloud PCs')]));
    assert.equal(plans.length, 1, 'it can be changed again');
  });
});

test('what was never started is left, unless somebody ended the change', async () => {
  const world = newWorld();
  const scripts = world.tenant.state.scripts.list('deviceManagementScripts').slice(0, 3);
  await change(world, scripts, ref => addGroups(ref, [groupNamed(world, 'Training Room A')]));
  const [first, ...rest] = world.records.filter(({ type }) => type === 'start');
  const records = world.records.filter(({ type, id }) => !rest.some(start => start.id === id) && (type !== 'end' || id === first?.id));
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
