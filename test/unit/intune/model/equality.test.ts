import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  type Assignment,
  assignmentFromWire,
  canonicalAssignment,
  missingFrom,
  sameAssignments,
  type Wire,
} from '../../../../src/intune/model/assignment.ts';
import { type Meaning, meaning, plainRow, row, spelled, spellings } from '../arbitraries.ts';

const read = (wire: Wire): Assignment => assignmentFromWire(wire);
const canonical = (of: Meaning): string => canonicalAssignment(read(plainRow(of)));

/** What a meaning is, flag left out. */
const meant = ({ flag: _, ...rest }: Meaning): string => JSON.stringify(rest);

const include = { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: 'a1b1c1d1-aaaa-4bbb-8ccc-000000000001' };
const daily = { '@odata.type': '#microsoft.graph.deviceHealthScriptDailySchedule', interval: 1, time: '09:00:00', useUtc: false };
const base: Wire = { target: include, runSchedule: daily };
const filtered = (id: string, mode: string): Wire => ({
  ...base,
  target: { ...include, deviceAndAppManagementAssignmentFilterId: id, deviceAndAppManagementAssignmentFilterType: mode },
});
const [one, two] = ['11111111-2222-4333-8444-555555555555', '21111111-2222-4333-8444-555555555555'];

describe('equality', () => {
  test('whatever the spelling of the service, the same row is equal', () => {
    fc.assert(
      fc.property(meaning, spellings, spellings, (of, a, b) => {
        assert.equal(canonicalAssignment(read(spelled(of, a))), canonicalAssignment(read(spelled(of, b))));
      }),
      { numRuns: 500 },
    );
  });

  test('two rows are equal exactly when they mean the same', () => {
    fc.assert(
      fc.property(meaning, meaning, (a, b) => {
        assert.equal(canonical(a) === canonical(b), meant(a) === meant(b));
      }),
      { numRuns: 2_000 },
    );
  });

  test('a change of any one thing makes another row', () => {
    const others: readonly (readonly [string, Wire])[] = [
      ['the group', { ...base, target: { ...include, groupId: one } }],
      ['the kind', { ...base, target: { ...include, '@odata.type': '#microsoft.graph.exclusionGroupAssignmentTarget' } }],
      ['all devices', { ...base, target: { '@odata.type': '#microsoft.graph.allDevicesAssignmentTarget' } }],
      ['a filter', filtered(one, 'include')],
      ['the id of a filter', filtered(two, 'include')],
      ['the mode of a filter', filtered(one, 'exclude')],
      ['a mode of a filter that is not known', filtered(one, 'only')],
      ['the id of a filter of such a mode', filtered(two, 'only')],
      ['an interval that is no number', { ...base, runSchedule: { ...daily, interval: '1' } }],
      ['a part of a second', { ...base, runSchedule: { ...daily, time: '09:00:00.5' } }],
      ['no schedule', { target: include }],
      [
        'the kind of schedule',
        { ...base, runSchedule: { '@odata.type': '#microsoft.graph.deviceHealthScriptHourlySchedule', interval: 1 } },
      ],
      ['a schedule of a newer kind', { ...base, runSchedule: { ...daily, '@odata.type': '#microsoft.graph.weeklySchedule' } }],
      ['the interval', { ...base, runSchedule: { ...daily, interval: 2 } }],
      ['the time', { ...base, runSchedule: { ...daily, time: '09:00:01' } }],
      ['utc', { ...base, runSchedule: { ...daily, useUtc: true } }],
      [
        'once',
        { ...base, runSchedule: { ...daily, '@odata.type': '#microsoft.graph.deviceHealthScriptRunOnceSchedule', date: '2026-01-01' } },
      ],
      [
        'the date',
        { ...base, runSchedule: { ...daily, '@odata.type': '#microsoft.graph.deviceHealthScriptRunOnceSchedule', date: '2026-01-02' } },
      ],
      ['a key of a newer target', { ...base, target: { ...include, ring: 3 } }],
      ['another value of it', { ...base, target: { ...include, ring: 4 } }],
      ['a key of a newer row', { ...base, intent: 'required' }],
      ['deep in a newer row', { ...base, settings: { a: [{ b: 1 }] } }],
      ['deeper in a newer row', { ...base, settings: { a: [{ b: 2 }] } }],
    ];
    const all = [['nothing', base] as const, ...others].map(([name, wire]) => ({ name, text: canonicalAssignment(read(wire)) }));
    for (const [index, { name, text }] of all.entries()) {
      assert.equal(
        all.findIndex(other => other.text === text),
        index,
        name,
      );
    }
  });

  test('a target of a kind that nobody knows yet is one with and without a hash before its type, however deep', () => {
    const target = (hash: string) =>
      read({ target: { '@odata.type': `${hash}microsoft.graph.new`, to: [{ '@odata.type': `${hash}microsoft.graph.part`, x: 1 }] } });
    assert.equal(canonicalAssignment(target('#')), canonicalAssignment(target('')));
  });

  test('a schedule of a kind that nobody knows yet is one with and without a fraction of its time', () => {
    const weekly = (time: string) =>
      read({ ...base, runSchedule: { '@odata.type': '#microsoft.graph.deviceHealthScriptWeeklySchedule', days: ['monday'], time } });
    assert.equal(canonicalAssignment(weekly('10:00:00.0000000')), canonicalAssignment(weekly('10:00:00')));
    assert.notEqual(canonicalAssignment(weekly('10:00:00.5000000')), canonicalAssignment(weekly('10:00:00')));
  });

  test('sets are equal in any order, and with rows twice', () => {
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 8 }).chain(rows => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }))),
        ([rows, shuffled]) => {
          assert.ok(sameAssignments(rows, shuffled));
          assert.ok(sameAssignments(rows, [...shuffled, ...rows]));
          assert.deepEqual(missingFrom(rows, shuffled), []);
        },
      ),
    );
  });

  test('a set without one of its rows is another one, and that row is missing', () => {
    fc.assert(
      fc.property(fc.uniqueArray(row, { minLength: 1, maxLength: 8, selector: canonicalAssignment }), rows => {
        const [first, ...rest] = rows;
        assert.ok(!sameAssignments(rows, rest));
        assert.deepEqual(missingFrom(rest, rows), [first]);
        assert.deepEqual(missingFrom(rows, rest), []);
      }),
    );
  });

  test('runRemediationScript says nothing', () => {
    const [on, off] = [true, false].map(runRemediationScript => [read({ ...base, runRemediationScript })]);
    assert.ok(on && off);
    assert.equal(sameAssignments(on, off), true);
    assert.equal(sameAssignments(on, [read(base)]), true);
  });

  test('ids and sources do not make another assignment, but a row of a policy set is none of the direct ones', () => {
    const direct = read({ ...base, id: 'x', source: 'direct', sourceId: one });
    const foreign = read({ ...base, id: 'y', source: 'policySets', sourceId: two });
    assert.equal(canonicalAssignment(direct), canonicalAssignment(foreign));
    assert.equal(sameAssignments([direct], [read(base)]), true);
    assert.equal(sameAssignments([direct, foreign], [direct]), false);
  });
});
