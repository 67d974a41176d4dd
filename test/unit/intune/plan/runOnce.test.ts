import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newAssignment, type Wire } from '../../../../src/intune/model/assignment.ts';
import type { Change } from '../../../../src/intune/model/change.ts';
import { type Schedule, scheduleToWire } from '../../../../src/intune/model/schedule.ts';
import { editAssignment } from '../../../../src/intune/plan/editAssignment.ts';
import { planChanges } from '../../../../src/intune/plan/plan.ts';
import type { Wanted } from '../../../../src/intune/plan/propose.ts';
import { passedAnew, withFreshSchedule } from '../../../../src/intune/plan/runOnce.ts';
import { shownAlone } from '../support.ts';

const now = Date.parse('2026-06-01T12:00:00Z');
const script = { family: 'deviceHealthScripts', id: 's', name: 'S' } as const;
const past: Schedule = { kind: 'once', date: '2025-06-30', time: '22:00:00', utc: false };
const later: Schedule = { kind: 'once', date: '2026-06-30', time: '22:00:00', utc: false };
const row = (groupId: string, schedule: Schedule) =>
  newAssignment({ kind: 'group', groupId }, { runSchedule: scheduleToWire(schedule), more: 'kept' });

const stale = (base: Parameters<typeof planChanges>[1], changes: readonly Change[]) =>
  passedAnew([planChanges(script, base, changes)], now);

test('a run-once in the past is found where somebody gets it, and left where it stands', () => {
  assert.deepEqual(stale([], [{ kind: 'add', assignment: row('a', past) }]), past);
  assert.deepEqual(stale([row('a', later)], [{ kind: 'set', assignment: row('a', past) }]), past);
  assert.equal(stale([], [{ kind: 'add', assignment: row('a', later) }]), undefined);
  const kept = [row('a', past)];
  assert.equal(stale(kept, [{ kind: 'add', assignment: row('b', later) }]), undefined);
  const filtered = editAssignment(shownAlone(row('a', past)), { filter: { id: 'f', mode: 'include' } });
  assert.equal(stale(kept, filtered), undefined, 'another filter leaves the schedule as it is');
});

test('a new schedule takes the place of those alone', () => {
  const changes: readonly Change[] = [
    { kind: 'set', assignment: row('a', past) },
    { kind: 'add', assignment: row('b', past) },
    { kind: 'add', assignment: row('c', later) },
    { kind: 'remove', targetKey: 'group|d|' },
  ];
  const wanted = withFreshSchedule({ scripts: [script], groups: [], changesFor: () => changes }, later, now);
  assert.deepEqual(wanted.changesFor(script, [row('a', past)]), [
    changes[0],
    { kind: 'add', assignment: row('b', later) },
    changes[2],
    changes[3],
  ]);
});

test('a schedule that is chosen for a row that comes back beside two others is taken, whatever those have', () => {
  const of = (id: string, wire: Wire) => newAssignment({ kind: 'group', groupId: 'g', filter: { id, mode: 'include' } }, wire);
  const date = {
    '@odata.type': '#microsoft.graph.deviceHealthScriptRunOnceSchedule',
    interval: 1,
    date: '2020-01-01',
    time: '09:00:00',
    useUtc: true,
  };
  const base = [of('f1', { runSchedule: date }), of('f2', {})];
  const set: Change = { kind: 'set', assignment: of('f3', { runSchedule: date }) };
  const wanted: Wanted = { scripts: [script], groups: [], changesFor: () => [set] };
  const fresh = withFreshSchedule(wanted, { kind: 'hourly', interval: 1 }, Date.UTC(2026, 0, 1));
  const changes = fresh.changesFor(script, base);
  assert.equal(passedAnew([planChanges(script, base, changes)], Date.UTC(2026, 0, 1)), undefined);
  const exclusion = newAssignment({ kind: 'exclusionGroup', groupId: 'g' }, { runSchedule: date });
  assert.equal(passedAnew([planChanges(script, [], [{ kind: 'add', assignment: exclusion }])], Date.UTC(2026, 0, 1)), undefined);
});
