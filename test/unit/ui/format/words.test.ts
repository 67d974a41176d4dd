import assert from 'node:assert/strict';
import { test } from 'node:test';
import { families } from '../../../../src/intune/model/families.ts';
import type { Schedule } from '../../../../src/intune/model/schedule.ts';
import type { Warning } from '../../../../src/intune/plan/warnings.ts';
import { waitWords } from '../../../../src/ui/errorText.ts';
import { filterWords, scheduleWords } from '../../../../src/ui/format/assignment.ts';
import { familyDescription, familyName, scriptKindName } from '../../../../src/ui/format/family.ts';
import { warningWords, whenItRuns } from '../../../../src/ui/format/warning.ts';
import { assigned, groupId, include, now } from '../sampleInventory.ts';

test('schedules', () => {
  const said: readonly (readonly [Schedule, string])[] = [
    [{ kind: 'hourly', interval: 1 }, 'Every hour'],
    [{ kind: 'hourly', interval: 8 }, 'Every 8 hours'],
    [{ kind: 'daily', interval: 1, time: '09:00:00', utc: false }, 'Every day at 09:00, device time'],
    [{ kind: 'daily', interval: 3, time: '09:00:30', utc: true }, 'Every 3 days at 09:00:30 UTC'],
    [{ kind: 'once', date: '2026-12-31', time: '23:59:00', utc: true }, 'Once on 2026-12-31 at 23:59 UTC'],
    [{ kind: 'once', date: '2026-01-01', time: '23:59:00', utc: false }, 'Once on 2026-01-01 at 23:59, device time (passed)'],
  ];
  for (const [schedule, words] of said) assert.equal(scheduleWords(schedule, now), words);
});

test('every family has its words', () => {
  for (const words of [familyName, scriptKindName, familyDescription, whenItRuns]) {
    assert.equal(new Set(families.map(({ id }) => words(id))).size, families.length);
  }
  for (const { id } of families) assert.match(whenItRuns(id), /^[A-Z][^.]*\.$/, 'one sentence');
});

test('every warning has its words, without an id for a name', () => {
  const warnings: readonly Warning[] = [
    { kind: 'includedAndExcluded', groupId: groupId(1) },
    { kind: 'alreadyOnAllDevices' },
    { kind: 'alreadyOnAllUsers' },
    { kind: 'groupsBesideAllDevices' },
    { kind: 'groupsBesideAllUsers' },
    { kind: 'nothingLeft' },
    { kind: 'exclusionRemoved', groupId: groupId(1) },
    { kind: 'mixedExclusion', groupId: groupId(1), has: 'users', from: include(2) },
    { kind: 'mixedExclusion', groupId: groupId(1), has: 'devices', from: { kind: 'allUsers' } },
    { kind: 'userScriptOnDevices', groupId: groupId(1) },
    { kind: 'onlyExclusions' },
    {
      kind: 'allAtOnce',
      target: { kind: 'allDevices' },
      reach: { devices: undefined, users: undefined },
      at: { kind: 'daily', interval: 1, time: '09:00:00', utc: true },
    },
    { kind: 'deletedGroup', groupId: groupId(1) },
    { kind: 'passedRunOnce', assignment: assigned(include(1)) },
    { kind: 'policySet', count: 1 },
    { kind: 'unknownTarget', count: 2 },
  ];
  for (const warning of warnings) {
    const words = warningWords(warning, new Map());
    assert.match(words, /^[A-Z\d].*\.$/);
    assert.ok(!words.includes(groupId(1)));
  }
});

test('a wait is told in the unit that people would use, and never shorter than it is', () => {
  const said: readonly (readonly [number, string])[] = [
    [0, '1 second'],
    [1_000, '1 second'],
    [2_128, '3 seconds'],
    [60_000, '60 seconds'],
    [61_000, '2 minutes'],
    [3_600_000, '60 minutes'],
    [3_600_001, '2 hours'],
    [86_400_000, '24 hours'],
    [30 * 86_400_000, '30 days'],
  ];
  for (const [ms, words] of said) assert.equal(waitWords(ms), words);
});

test('filters are named where they were read, and never by an id', () => {
  const id = groupId(7);
  const filters = new Map([[id, { id, name: 'Virtual Machines', platform: 'windows10AndLater', rule: '' }]]);
  assert.equal(filterWords({ id, mode: 'include' }, filters), 'filter: only Virtual Machines');
  assert.equal(filterWords({ id, mode: 'exclude' }, filters), 'filter: all but Virtual Machines');
  assert.equal(filterWords({ id: groupId(8), mode: 'include' }, filters), 'with an unknown filter (include)');
  assert.equal(filterWords({ id, mode: 'exclude' }, undefined), 'with a filter (exclude)');
});

test('a burst says how many and when', () => {
  const at: Schedule = { kind: 'daily', interval: 1, time: '09:00:00', utc: false };
  const warning: Warning = { kind: 'allAtOnce', groupId: groupId(1), target: include(1), reach: { devices: 60_000, users: 0 }, at };
  assert.equal(warningWords(warning, new Map()), 'Up to 60,000 devices run it at once, at 09:00 device time.');
});
