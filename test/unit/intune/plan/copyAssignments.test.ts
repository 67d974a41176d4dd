import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  type Assignment,
  assignmentFromWire,
  canonicalAssignment,
  missingFrom,
  newAssignment,
  recipientKey,
  sameAssignments,
  type Wire,
} from '../../../../src/intune/model/assignment.ts';
import { type FamilyId, families } from '../../../../src/intune/model/families.ts';
import { defaultSchedule, type Schedule, scheduleToWire } from '../../../../src/intune/model/schedule.ts';
import type { Target } from '../../../../src/intune/model/target.ts';
import { type CopyMode, copyAssignments, copyInTurn, copyShortfalls } from '../../../../src/intune/plan/copyAssignments.ts';
import { cannotTravel } from '../../../../src/intune/plan/limitations.ts';
import { changesNothing, expectedAssignments, type Plan, planChanges } from '../../../../src/intune/plan/plan.ts';
import { passedAnew, withFreshSchedule } from '../../../../src/intune/plan/runOnce.ts';
import { foreignRow, hasOpposite, row } from '../arbitraries.ts';

const now = Date.parse('2026-06-01T12:00:00Z');
const group = (n: number, filter?: Target['filter']): Target => ({
  kind: 'group',
  groupId: `0000000${n}-0000-4000-8000-000000000000`,
  ...(filter && { filter }),
});
const exclude = (n: number, filter?: Target['filter']): Target => ({ ...group(n, filter), kind: 'exclusionGroup' });
const filter = { id: 'a1b1c1d1-aaaa-4bbb-8ccc-000000000001', mode: 'include' } as const;
const on = (target: Target, schedule: Schedule, more: Wire = {}): Assignment =>
  newAssignment(target, { runSchedule: scheduleToWire(schedule), ...more });
const once = (date: string): Schedule => ({ kind: 'once', date, time: '01:00:00', utc: true });
const hourly: Schedule = { kind: 'hourly', interval: 4 };
const plain = (target: Target): Assignment => newAssignment(target);

interface Copy {
  readonly from?: FamilyId;
  readonly to?: FamilyId;
  readonly mode?: CopyMode;
}

function copied(rows: readonly Assignment[], base: readonly Assignment[], { from, to, mode = 'add' }: Copy = {}): Plan {
  const script = { family: to ?? 'deviceHealthScripts', id: 's', name: 'S' } as const;
  const source = { family: from ?? script.family, rows };
  return planChanges(script, base, copyAssignments(source, script, base, mode, now));
}

const rowsAfter = (plan: Plan): readonly string[] => expectedAssignments(plan).map(canonicalAssignment).toSorted();
const texts = (rows: readonly Assignment[]): readonly string[] => rows.map(canonicalAssignment).toSorted();
const left = (rows: readonly Assignment[], from: FamilyId, to: FamilyId) =>
  copyShortfalls({ family: from, rows }, { family: to }, [], 'add', now).map(one => [
    one.kind === 'leftOut' ? one.reason : one.kind,
    'count' in one ? one.count : 0,
  ]);

describe('copied within a family, a row', () => {
  test('brings its mode, filter, schedule and what nobody knows of it', () => {
    const rows = [on(group(1, filter), hourly, { newRowKey: 'red' }), plain(exclude(2))];
    assert.deepEqual(rowsAfter(copied(rows, [])), texts(rows));
  });

  test('of a run-once in the past comes along, and has another date asked', () => {
    const plan = copied([on(group(1), once('2026-05-31'))], []);
    assert.deepEqual(passedAnew([plan], now), once('2026-05-31'));
  });

  test('of a policy set or of an unknown kind is left out', () => {
    const policySet = assignmentFromWire({ ...plain(group(2)).wire, source: 'policySets' });
    const unknown = assignmentFromWire({ target: { '@odata.type': '#microsoft.graph.ringTarget', ring: 1 } });
    const odd = newAssignment(group(3), { runSchedule: { '@odata.type': '#microsoft.graph.monthlySchedule' } });
    const rows = [policySet, unknown, odd, on(group(4), once('2026-06-02'))];
    assert.deepEqual(rowsAfter(copied(rows, [])), texts(rows.slice(3)));
    assert.deepEqual(left(rows, 'deviceHealthScripts', 'deviceHealthScripts'), [
      ['policySet', 1],
      ['unknownTarget', 1],
      ['unknownSchedule', 1],
    ]);
  });

  test('comes along with the others of its recipient, which differ in the filter', () => {
    const other = { id: 'a1b1c1d1-aaaa-4bbb-8ccc-000000000002', mode: 'exclude' } as const;
    const rows = [on(group(1, filter), hourly), on(group(1, other), defaultSchedule)];
    for (const mode of ['add', 'replace'] as const) assert.deepEqual(rowsAfter(copied(rows, [], { mode })), texts(rows), mode);
    const [first] = rows;
    assert.deepEqual(rowsAfter(copied(rows, [first ?? assert.fail()], { mode: 'replace' })), texts(rows));
    assert.ok(changesNothing(copied(rows, [first ?? assert.fail()], { mode: 'add' })));
  });

  test('changes none that somebody assigned before its plan is made again', () => {
    const [first, second] = [
      on(group(1, filter), hourly),
      on(group(1, { id: 'a1b1c1d1-aaaa-4bbb-8ccc-000000000002', mode: 'exclude' }), hourly),
    ];
    const { changes } = copied([first, second], []);
    const theirs = on(second.target, defaultSchedule);
    const script = { family: 'deviceHealthScripts', id: 's', name: 'S' } as const;
    assert.ok(changesNothing(planChanges(script, [theirs], changes)));
    assert.deepEqual(rowsAfter(planChanges(script, [], changes)), texts([first, second]));
  });

  test('leaves what is there for the same recipient, unless the set is replaced', () => {
    const rows = [on(group(1), hourly)];
    const base = [on(group(1), defaultSchedule), plain(exclude(2))];
    assert.ok(changesNothing(copied(rows, base)));
    assert.deepEqual(rowsAfter(copied(rows, base, { mode: 'replace' })), texts(rows));
    const source = { family: 'deviceHealthScripts', rows } as const;
    const said = (mode: CopyMode) => copyShortfalls(source, source, base, mode, now);
    assert.deepEqual(said('add'), [{ kind: 'staysAsItIs', target: group(1) }]);
    assert.deepEqual(said('replace'), []);
  });
});

test('of several sources, the first one that reaches somebody counts, and that is said', () => {
  const other = { id: 'a1b1c1d1-aaaa-4bbb-8ccc-000000000002', mode: 'exclude' } as const;
  const source = (...rows: readonly Assignment[]) => ({ family: 'deviceHealthScripts', rows }) as const;
  const first = on(group(1), hourly);
  const second = [on(group(1, filter), defaultSchedule), on(group(1, other), defaultSchedule)];
  const script = { family: 'deviceHealthScripts', id: 's', name: 'S' } as const;
  const { changes, shortfalls } = copyInTurn([source(first), source(...second, on(group(2), hourly))], script, [], 'add', now);
  assert.deepEqual(rowsAfter(planChanges(script, [], changes)), texts([first, on(group(2), hourly)]));
  assert.deepEqual(
    shortfalls.map(({ kind }) => kind),
    ['staysAsItIs'],
  );
});

describe('copied to another family, a row', () => {
  test('with a filter is left out, for without it more would be reached; an exclusion excludes more', () => {
    const rows = [on(group(1, filter), hourly), on(group(2), hourly), plain(exclude(3, filter))];
    const to = 'deviceManagementScripts';
    assert.deepEqual(rowsAfter(copied(rows, [], { from: 'deviceHealthScripts', to })), texts([plain(group(2)), plain(exclude(3))]));
    assert.deepEqual(left(rows, 'deviceHealthScripts', to), [
      ['filter', 1],
      ['exclusionWithoutFilter', 1],
      ['withoutSchedule', 1],
    ]);
  });

  test('that has run once already is left out, though the other family has no schedules', () => {
    assert.ok(changesNothing(copied([on(group(1), once('2026-01-01'))], [], { from: 'deviceHealthScripts', to: 'deviceShellScripts' })));
  });

  test('gets the schedule of new rows in remediations, and changes none that is there', () => {
    const rows = [plain(group(1)), plain(group(2)), plain(exclude(3))];
    const base = [on(group(2, filter), hourly)];
    for (const mode of ['add', 'replace'] as const) {
      const plan = copied(rows, base, { from: 'deviceManagementScripts', to: 'deviceHealthScripts', mode });
      assert.deepEqual(rowsAfter(plan), texts([on(group(1), defaultSchedule), ...base, plain(exclude(3))]), mode);
    }
  });
});

describe('a replaced set', () => {
  const odd = (target: Target) => newAssignment(target, { runSchedule: { '@odata.type': '#microsoft.graph.monthlySchedule' } });

  test('loses whom the source does not reach, but not whom it reaches with a row that cannot be copied', () => {
    const rows = [odd(group(1)), on(group(2), hourly)];
    const base = [on(group(1), hourly), on(group(3), hourly)];
    const after = expectedAssignments(copied(rows, base, { mode: 'replace' }));
    assert.deepEqual(texts(after), texts([on(group(1), hourly), on(group(2), hourly)]));
  });

  test('does not lose one of several rows whose like in the source cannot be copied', () => {
    const base = [on(group(1), hourly), on(group(1, filter), hourly)];
    const after = expectedAssignments(copied([on(group(1), hourly), odd(group(1, filter))], base, { mode: 'replace' }));
    assert.deepEqual(texts(after), texts(base));
    const alone = [on(group(1, filter), hourly)];
    const beside = expectedAssignments(copied([on(group(1), hourly), odd(group(1, filter))], alone, { mode: 'replace' }));
    assert.deepEqual(texts(beside), texts(base));
  });

  test('has no date asked for a run-once that is there already, also beside another row', () => {
    const passed = once('2026-01-01');
    const rows = [on(group(1), passed), on(group(1, filter), passed)];
    const script = { family: 'deviceHealthScripts', id: 's', name: 'S' } as const;
    const source = { family: script.family, rows };
    const changesFor = (_: unknown, base: readonly Assignment[]) => copyAssignments(source, script, base, 'replace', now);
    for (const base of [
      [rows[0] ?? assert.fail()],
      [
        on(group(1, { id: 'f0f0f0f0-aaaa-4bbb-8ccc-000000000009', mode: 'include' }), passed),
        on(group(1, { id: 'f0f0f0f0-aaaa-4bbb-8ccc-000000000008', mode: 'include' }), hourly),
      ],
    ]) {
      const fresh = withFreshSchedule({ scripts: [script], groups: [], changesFor }, once('2026-07-01'), now);
      assert.equal(passedAnew([planChanges(script, base, fresh.changesFor(script, base))], now), undefined);
    }
  });

  test('stays as it is where nothing can be copied', () => {
    const base = [on(group(3), hourly)];
    assert.ok(changesNothing(copied([], base, { mode: 'replace' })));
    assert.ok(changesNothing(copied([odd(group(1))], base, { mode: 'replace' })));
  });
});

describe('of any sets', () => {
  const family = fc.constantFrom<FamilyId[]>(...families.filter(({ assignKey }) => assignKey).map(({ id }) => id));
  const set = fc.array(fc.oneof({ weight: 4, arbitrary: row }, foreignRow), { maxLength: 10 });
  const mode = fc.constantFrom<CopyMode[]>('add', 'replace');

  test('adding keeps every row as it is', () => {
    fc.assert(
      fc.property(family, family, set, set, (from, to, rows, base) => {
        const plan = copied(rows, base, { from, to });
        assert.deepEqual(missingFrom(expectedAssignments(plan), base), []);
        assert.ok(plan.rows.every(({ action }) => action !== 'change' && action !== 'remove'));
      }),
    );
  });

  test('copying twice is copying once', () => {
    fc.assert(
      fc.property(family, family, set, set, mode, (from, to, rows, base, how) => {
        const once = expectedAssignments(copied(rows, base, { from, to, mode: how }));
        const twice = copied(rows, once, { from, to, mode: how });
        assert.ok(changesNothing(twice));
        assert.ok(sameAssignments(expectedAssignments(twice), once));
      }),
      { numRuns: 500 },
    );
  });

  test('replacing keeps what a policy set brought, and reaches just whom the source reaches', () => {
    fc.assert(
      fc.property(family, family, set, set, (from, to, rows, base) => {
        const travelling = rows.filter(one => cannotTravel(one, from, to, now) === undefined);
        fc.pre(travelling.length > 0);
        const after = expectedAssignments(copied(rows, base, { from, to, mode: 'replace' }));
        const kept = base.filter(({ direct, target }) => !direct || target.kind === 'other');
        assert.deepEqual(missingFrom(after, kept), []);
        const keys = (some: readonly Assignment[]) => new Set(some.map(({ target }) => recipientKey(target)));
        const direct = keys(after.filter(one => one.direct && one.target.kind !== 'other'));
        // Whoever excludes a group is not overruled by a copy, nor whoever includes it.
        const coming = travelling.filter(({ target }, index) => !hasOpposite([...base, ...travelling.slice(0, index)], target));
        for (const key of keys(coming)) assert.ok(direct.has(key));
        const staying = keys(base.filter(({ target }) => hasOpposite(travelling, target)));
        for (const key of direct) assert.ok(keys(rows).has(key) || staying.has(key));
      }),
    );
  });

  test('no filter, schedule or target comes that was neither there nor in the source', () => {
    fc.assert(
      fc.property(family, family, set, set, mode, (from, to, rows, base, how) => {
        const before = new Set([...rows, ...base].map(canonicalAssignment));
        const plan = copied(rows, base, { from, to, mode: how });
        for (const { action, assignment } of plan.rows) {
          if (action !== 'add' && action !== 'change') continue;
          if (from === to) assert.ok(before.has(canonicalAssignment(assignment)));
          else assert.equal(assignment.target.filter, undefined);
        }
      }),
    );
  });
});
