import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseLine } from '../../../../src/host/journalSchema.ts';
import { isLeft, type PastChange } from '../../../../src/intune/history/pastChange.ts';
import { pastChanges } from '../../../../src/intune/history/pastChanges.ts';
import type { JournalRecord } from '../../../../src/intune/journal/journal.ts';
import { addGroups } from '../../../../src/intune/plan/addTargets.ts';
import { createWorld, groupNamed, isAssign, sampleScript, type World } from '../support.ts';
import { change, lastChange } from './support.ts';

const newWorld = (options: Parameters<typeof createWorld>[0] = {}): World => createWorld({ ...options, parts: { writeMethod: 'assign' } });

const platformScripts = (world: World, count: number) => world.tenant.state.scripts.list('deviceManagementScripts').slice(0, count);

/** A change in one line a script. */
const inShort = ({ writes }: PastChange): readonly string[] =>
  writes.map(({ script, outcome, differences }) => `${script.name}: ${outcome}, ${differences.map(({ kind }) => kind).join(' ')}`);

describe('the history', () => {
  test('is by command, newest first, with what each script had added', async () => {
    const world = newWorld();
    const group = groupNamed(world, 'Cloud PCs');
    const [one, two] = platformScripts(world, 2);
    assert.ok(one && two);
    await change(world, [one, two], script => addGroups(script, [group]), { groupNames: { [group]: 'Cloud PCs' } });
    await change(world, [one], script => addGroups(script, [groupNamed(world, 'Training Room A')]));
    const [newest, oldest, ...others] = pastChanges(world.records);
    assert.deepEqual(others, []);
    assert.equal(newest?.writes.length, 1);
    assert.ok(oldest);
    assert.deepEqual(oldest.account, world.connection.account);
    assert.equal(oldest.groupNames.get(group), 'Cloud PCs');
    assert.deepEqual(
      oldest.writes.map(({ outcome, differences }) => [outcome, differences.map(({ kind }) => kind)]),
      [
        ['written', ['added']],
        ['written', ['added']],
      ],
    );
  });

  test('of nothing is nothing', () => {
    assert.deepEqual(pastChanges([]), []);
  });

  test('tells every way in which a write can end', async () => {
    const world = newWorld();
    const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
    await change(world, [script], ref => addGroups(ref, [groupNamed(world, 'Cloud PCs')]));
    for (const outcome of ['changedAfter', 'conflict', 'failed', 'unknown', 'cancelled'] as const) {
      const records = world.records.map(record => (record.type === 'end' ? { ...record, outcome } : record));
      assert.equal(pastChanges(records)[0]?.writes[0]?.outcome, outcome);
    }
    const open = world.records.filter(({ type }) => type !== 'end');
    const [start] = open.flatMap(record => (record.type === 'start' ? [record.id] : []));
    assert.equal(pastChanges(open)[0]?.writes[0]?.outcome, 'unsettled');
    assert.equal(pastChanges(open, new Set([start ?? '']))[0]?.writes[0]?.outcome, 'running');
  });

  test('tells why a write failed, as the service said it', async () => {
    const world = newWorld();
    const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
    world.tenant.behavior.faults.push({ kind: 'forbidden', reason: 'role', match: isAssign });
    await change(world, [script], ref => addGroups(ref, [groupNamed(world, 'Cloud PCs')]));
    const records = world.records.map(record => parseLine(JSON.stringify(record))?.record ?? assert.fail('unreadable'));
    const [write] = pastChanges(records)[0]?.writes ?? [];
    assert.equal(write?.outcome, 'failed');
    assert.equal(write.error?.kind, 'forbidden');
    assert.equal(write.error.status, 403);
    assert.notEqual(write.error.message, '');
  });

  test('tells what was not done of the wish, in the words of then', async () => {
    const world = newWorld();
    const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
    const texts = ['1 assignment left out: from a policy set.'];
    const shortfalls = [{ script: { family: script.family, id: script.id, name: 'x' }, texts }];
    await change(world, [script], ref => addGroups(ref, [groupNamed(world, 'Cloud PCs')]), { shortfalls });
    const records = world.records.map(record => parseLine(JSON.stringify(record))?.record ?? assert.fail('unreadable'));
    assert.deepEqual([...(pastChanges(records)[0]?.shortfalls ?? [])], [[`${script.family}/${script.id}`, texts]]);
  });

  test('knows the scripts that were never started, and which of them are left to do', async () => {
    const world = newWorld({ size: 'large' });
    const group = groupNamed(world, 'HR Devices');
    const scripts = platformScripts(world, 45);
    const controller = new AbortController();
    world.tenant.behavior.afterWrite = () => controller.abort();
    await change(world, scripts, ref => addGroups(ref, [group]), { id: 'bulk' });
    const [first] = world.records;
    assert.ok(first?.type === 'change');
    const dead = world.records.filter(
      record => record.type !== 'start' || first.wanted.findIndex(({ script }) => script.id === record.script.id) < 20,
    );
    const [past] = pastChanges(dead);
    assert.ok(past);
    const left = past.writes.filter(isLeft);
    assert.equal(left.length, past.writes.length - 20);
    assert.deepEqual(
      left[0]?.wanted.map(({ kind }) => kind),
      ['add'],
    );

    const taken = left.slice(0, 5).map(({ script }) => script);
    const start = dead.find(record => record.type === 'start');
    assert.ok(start?.type === 'start');
    const later: JournalRecord[] = [
      {
        ...first,
        id: 'rest',
        resumes: 'bulk',
        at: '2026-06-01T00:00:00.000Z',
        wanted: first.wanted.filter(({ script }) => taken.some(({ id }) => id === script.id)),
      },
      ...taken.map((script, n) => ({ ...start, id: `rest-${n}`, changeId: 'rest', script, at: '2026-06-01T00:00:00.000Z' })),
    ];
    const resumed = pastChanges([...dead, ...later]).find(({ id }) => id === 'bulk');
    assert.equal(resumed?.writes.filter(isLeft).length, left.length - 5);
  });

  test('marks what was taken back, and no more once that was taken back itself', async () => {
    const world = newWorld();
    const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
    const group = groupNamed(world, 'Cloud PCs');
    await change(world, [script], ref => addGroups(ref, [group]), { id: 'first' });
    await change(world, [script], () => [{ kind: 'remove', targetKey: `group|${group}|` }], { id: 'undo', undoes: 'first' });
    const undone = (id: string): boolean | undefined => pastChanges(world.records).find(past => past.id === id)?.writes[0]?.undone;
    assert.deepEqual([undone('first'), undone('undo')], [true, false]);
    await change(world, [script], ref => addGroups(ref, [group]), { id: 'redo', undoes: 'undo' });
    assert.deepEqual([undone('first'), undone('undo'), undone('redo')], [false, true, false]);
  });

  test('a change whose own record is lost is made from its starts', async () => {
    const world = newWorld();
    await change(world, platformScripts(world, 3), ref => addGroups(ref, [groupNamed(world, 'Cloud PCs')]));
    const whole = inShort(lastChange(world));
    assert.deepEqual(inShort(pastChanges(world.records.filter(({ type }) => type !== 'change'))[0] ?? assert.fail()), whole);
  });

  test('is the same however often a record is there: what could not be written is written again', async () => {
    const world = newWorld();
    const scripts = platformScripts(world, 3);
    await change(world, scripts, ref => addGroups(ref, [groupNamed(world, 'Cloud PCs')]));
    await change(world, scripts, ref => addGroups(ref, [groupNamed(world, 'Training Room A')]));
    const twice = world.records.flatMap((record, index) => [record, ...world.records.slice(Math.max(0, index - 2), index)]);
    assert.deepEqual(pastChanges(twice), pastChanges(world.records));
  });

  test('an end without its start tells nothing', () => {
    assert.deepEqual(pastChanges([{ type: 'end', id: 'x', at: '2026-01-01T00:00:00.000Z', outcome: 'written' }]), []);
  });

  test('rows of policy sets are none of what a write did', async () => {
    const world = newWorld();
    const script = sampleScript(world, 'configurationPolicies', 'Linux – Install Security Updates');
    await change(world, [script], ref => addGroups(ref, [groupNamed(world, 'Developers')]));
    const [write] = lastChange(world).writes;
    assert.deepEqual(
      write?.differences.map(({ kind, assignment }) => [kind, assignment.target.groupId, assignment.direct]),
      [['added', groupNamed(world, 'Developers').toLowerCase(), true]],
    );
  });
});
