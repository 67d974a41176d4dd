import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  type Assignment,
  assignmentFromWire,
  canonicalAssignment,
  missingFrom,
  newAssignment,
  sameAssignments,
  type Wire,
} from '../../../../src/intune/model/assignment.ts';
import { type Schedule, scheduleToWire } from '../../../../src/intune/model/schedule.ts';
import type { ScriptRef } from '../../../../src/intune/model/script.ts';
import type { Target } from '../../../../src/intune/model/target.ts';
import { cannotBeRepeated } from '../../../../src/intune/plan/limitations.ts';
import { changesNothing, expectedAssignments, type Plan, planChanges } from '../../../../src/intune/plan/plan.ts';
import { propose } from '../../../../src/intune/plan/propose.ts';
import { replaceGroup, replacementShortfalls } from '../../../../src/intune/plan/replaceGroup.ts';
import { passedAnew, withFreshSchedule } from '../../../../src/intune/plan/runOnce.ts';
import { writePlans } from '../../../../src/intune/write/write.ts';
import { rowsOf } from '../../../../src/sample/index.ts';
import { foreignRow, guid, hasOpposite, row } from '../arbitraries.ts';
import { createWorld, groupNamed, hasGroup, refOf, sampleScript, type World } from '../support.ts';

const now = Date.parse('2026-06-01T12:00:00Z');
const script = { family: 'deviceHealthScripts', id: 's', name: 'S' } as const;
const [a, b, c] = [1, 2, 3].map(n => `a${n}b${n}c${n}d${n}-aaaa-4bbb-8ccc-00000000000${n}`) as [string, string, string];
const to = (groupId: string, kind: 'group' | 'exclusionGroup' = 'group'): Target => ({ kind, groupId });
const hourly = (interval: number): Wire => ({ runSchedule: scheduleToWire({ kind: 'hourly', interval }) });
const once = (date: string): Schedule => ({ kind: 'once', date, time: '01:00:00', utc: true });

type Mode = 'add' | 'replace';

const replaced = (base: readonly Assignment[], mode: Mode = 'replace', [from, other] = [a, b]): Plan =>
  planChanges(script, base, replaceGroup(base, { from, to: other, mode }));

const rowsAfter = (plan: Plan): readonly string[] => expectedAssignments(plan).map(canonicalAssignment).toSorted();
const texts = (...rows: readonly Assignment[]): readonly string[] => rows.map(canonicalAssignment).toSorted();
const shortfalls = (...base: readonly Assignment[]) => replacementShortfalls(script, base, { from: a, to: b, mode: 'replace' });

describe('a group in the place of another one', () => {
  test('takes over mode, filter, schedule and what nobody knows; the others stay', () => {
    const filter = { id: c, mode: 'exclude' } as const;
    const base = [newAssignment({ ...to(a), filter }, { ...hourly(4), newRowKey: 'red' }), newAssignment(to(c), hourly(1))];
    assert.deepEqual(
      rowsAfter(replaced(base)),
      texts(newAssignment({ ...to(b), filter }, { ...hourly(4), newRowKey: 'red' }), base[1] ?? assert.fail()),
    );
    assert.deepEqual(rowsAfter(replaced([newAssignment(to(a, 'exclusionGroup'))])), texts(newAssignment(to(b, 'exclusionGroup'))));
  });

  test('is added beside it, from pilot to broad', () => {
    const base = [newAssignment(to(a), hourly(4))];
    assert.deepEqual(rowsAfter(replaced(base, 'add')), texts(...base, newAssignment(to(b), hourly(4))));
  });

  test('stays as it is where it is already, and that is said if it differs', () => {
    const [old, there] = [newAssignment(to(a), hourly(4)), newAssignment(to(b), hourly(1))];
    assert.deepEqual(rowsAfter(replaced([old, there])), texts(there));
    assert.deepEqual(shortfalls(old, there), [{ kind: 'staysAsItIs', target: { kind: 'group', groupId: b } }]);
    assert.deepEqual(shortfalls(old, newAssignment(to(b), hourly(4))), []);
    assert.deepEqual(shortfalls(old, newAssignment(to(b, 'exclusionGroup'))), []);
  });

  test('takes over each of several rows that differ in the filter', () => {
    const filters = [c, b].map(id => ({ id, mode: 'include' }) as const);
    const base = filters.map((filter, n) => newAssignment({ ...to(a), filter }, hourly(n + 1)));
    const taken = filters.map((filter, n) => newAssignment({ ...to(b), filter }, hourly(n + 1)));
    assert.deepEqual(rowsAfter(replaced(base)), texts(...taken));
    assert.deepEqual(rowsAfter(replaced(base, 'add')), texts(...base, ...taken));
  });

  test('changes nothing where the other one is gone meanwhile', () => {
    assert.ok(changesNothing(replaced([newAssignment(to(c), hourly(4))])));
    assert.ok(changesNothing(replaced([newAssignment(to(a), hourly(4))], 'replace', [a, a])));
  });

  test('does not get what a policy set brought: that stays', () => {
    const policySet = assignmentFromWire({ ...newAssignment(to(a, 'exclusionGroup')).wire, source: 'policySets' });
    assert.ok(changesNothing(replaced([policySet])));
    assert.deepEqual(shortfalls(policySet), [{ kind: 'leftOut', reason: 'policySet', family: script.family, count: 1 }]);
  });

  test('has another date asked for a run-once in the past, and never gets that', () => {
    const passed = newAssignment(to(a), { runSchedule: scheduleToWire(once('2026-05-01')) });
    assert.deepEqual(passedAnew([replaced([passed])], now), once('2026-05-01'));
    const changesFor = (_: ScriptRef, base: readonly Assignment[]) => replaceGroup(base, { from: a, to: b, mode: 'replace' });
    const fresh = withFreshSchedule({ scripts: [script], groups: [], changesFor }, once('2026-07-01'), now);
    assert.deepEqual(
      rowsAfter(planChanges(script, [passed], fresh.changesFor(script, [passed]))),
      texts(newAssignment(to(b), { runSchedule: scheduleToWire(once('2026-07-01')) })),
    );
  });
});

describe('a replacement that is planned', () => {
  const wantedIn = (world: World, from: string, other: string) => ({
    scripts: world.tenant.state.scripts.list('deviceHealthScripts').map(refOf),
    groups: [{ id: other, name: 'Other' }],
    allOrNone: true,
    changesFor: (_: unknown, base: readonly Assignment[]) => replaceGroup(base, { from, to: other, mode: 'replace' }),
    shortfallsFor: (one: ScriptRef, base: readonly Assignment[]) => replacementShortfalls(one, base, { from, to: other, mode: 'replace' }),
  });
  const planned = (world: World, from: string, other: string) =>
    propose(world.connection, wantedIn(world, from, other), world.records, world.clock);

  test('is made from what is read, and leaves the scripts without the group alone', async () => {
    const world = createWorld();
    const [from, other] = [groupNamed(world, 'HR Devices'), groupNamed(world, 'Cloud PCs')];
    const { plans } = await planned(world, from, other);
    assert.deepEqual(
      plans.map(({ script: { name } }) => name),
      ['Restart Stopped Print Spooler'],
    );
    await writePlans(plans, world.parts);
    const spooler = sampleScript(world, 'deviceHealthScripts', 'Restart Stopped Print Spooler');
    assert.ok(hasGroup(spooler, other) && !hasGroup(spooler, from));
    assert.equal(rowsOf(spooler).length, 3);
  });

  test('puts a group in the place of one that is deleted', async () => {
    const world = createWorld();
    const [from, other] = [groupNamed(world, 'HR Devices'), groupNamed(world, 'Cloud PCs')];
    world.tenant.admin.deleteGroup(from);
    const { plans } = await planned(world, from, other);
    await writePlans(plans, world.parts);
    const spooler = sampleScript(world, 'deviceHealthScripts', 'Restart Stopped Print Spooler');
    assert.ok(hasGroup(spooler, other) && !hasGroup(spooler, from));
    assert.equal(rowsOf(spooler).length, 3);
  });

  test('takes nothing away where the other group is deleted', async () => {
    const world = createWorld();
    const [from, other] = [groupNamed(world, 'HR Devices'), groupNamed(world, 'Cloud PCs')];
    world.tenant.admin.deleteGroup(other);
    const { plans, gone } = await planned(world, from, other);
    assert.deepEqual([plans, gone], [[], [other]]);
  });
});

describe('of any set', () => {
  const set = fc.array(fc.oneof({ weight: 4, arbitrary: row }, foreignRow), { maxLength: 12 });
  const mode = fc.constantFrom<Mode[]>('add', 'replace');

  test('nothing is lost but the replaced rows, and nothing of the rest changes', () => {
    fc.assert(
      fc.property(set, mode, guid, guid, (base, how, from, other) => {
        const plan = replaced(base, how, [from, other]);
        const movable = base.filter(one => one.target.groupId === from && cannotBeRepeated(one) === undefined);
        const stays = how === 'add' || from === other ? base : base.filter(one => !movable.includes(one));
        assert.deepEqual(
          missingFrom(
            expectedAssignments(plan),
            stays.filter(one => !sharesKey(one, movable)),
          ),
          [],
        );
        assert.ok(plan.rows.every(({ action }) => action !== 'change'));
        for (const { target } of movable) {
          const wanted = { kind: target.kind, groupId: other };
          if (hasOpposite(expectedAssignments(plan), wanted)) continue;
          assert.ok(expectedAssignments(plan).some(one => one.direct && one.target.kind === target.kind && one.target.groupId === other));
        }
      }),
    );
  });

  test('replacing twice is replacing once', () => {
    fc.assert(
      fc.property(set, mode, guid, guid, (base, how, from, other) => {
        const first = expectedAssignments(replaced(base, how, [from, other]));
        const second = replaced(first, how, [from, other]);
        assert.ok(changesNothing(second));
        assert.ok(sameAssignments(expectedAssignments(second), first));
      }),
    );
  });
});

/** Rows are removed by target key; the service keeps one row for each. */
const sharesKey = (one: Assignment, rows: readonly Assignment[]): boolean =>
  rows.some(({ target }) => JSON.stringify(target) === JSON.stringify(one.target));
