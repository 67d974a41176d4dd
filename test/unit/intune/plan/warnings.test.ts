import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Assignment, assignmentFromWire, newAssignment, targetKey } from '../../../../src/intune/model/assignment.ts';
import type { Change } from '../../../../src/intune/model/change.ts';
import type { FamilyId } from '../../../../src/intune/model/families.ts';
import type { KnownGroup } from '../../../../src/intune/model/group.ts';
import { type Schedule, scheduleToWire } from '../../../../src/intune/model/schedule.ts';
import type { Script } from '../../../../src/intune/model/script.ts';
import type { Target } from '../../../../src/intune/model/target.ts';
import { addTargets } from '../../../../src/intune/plan/addTargets.ts';
import { planChanges } from '../../../../src/intune/plan/plan.ts';
import { type Warning, warningsOf } from '../../../../src/intune/plan/warnings.ts';
import type { Reach } from '../../../../src/intune/read/memberCount.ts';

const now = Date.parse('2026-06-01T12:00:00Z');
const id = (name: string): string => `${name.padEnd(8, '0')}-0000-4000-8000-000000000000`;
const include = (name: string): Target => ({ kind: 'group', groupId: id(name) });
const exclude = (name: string): Target => ({ kind: 'exclusionGroup', groupId: id(name) });
const allDevices: Target = { kind: 'allDevices' };
const allUsers: Target = { kind: 'allUsers' };

/** Groups with only devices, only users, both, none, and one that may not be counted. */
const reach = new Map<string, Reach>([
  [id('d1'), { devices: 12, users: 0 }],
  [id('d2'), { devices: 7, users: 0 }],
  [id('e1'), { devices: 0, users: 9 }],
  [id('b1'), { devices: 4, users: 4 }],
  [id('a0'), { devices: 0, users: 0 }],
  [id('f1'), { devices: undefined, users: undefined }],
  [id('c1'), { devices: 60_000, users: 0 }],
]);

interface Case {
  readonly family?: FamilyId;
  readonly runAsAccount?: string;
  readonly base?: readonly (Target | Assignment)[];
  readonly add?: readonly Target[];
  readonly remove?: readonly Target[];
  readonly groups?: readonly KnownGroup[];
  readonly pending?: ReadonlySet<string>;
}

const isAssignment = (row: Target | Assignment): row is Assignment => 'target' in row;

function warnings({
  family = 'deviceManagementScripts',
  runAsAccount,
  base = [],
  add = [],
  remove = [],
  groups = [],
  pending = new Set(),
}: Case) {
  const script: Script = { family, id: 'a', name: 'A', isGlobal: false, assignments: [], ...(runAsAccount && { runAsAccount }) };
  const removed = remove.map((target): Change => ({ kind: 'remove', targetKey: targetKey(target) }));
  const rows = base.map(row => (isAssignment(row) ? row : newAssignment(row)));
  const plan = planChanges(script, rows, [...removed, ...addTargets(script, add)]);
  const connection = { inventory: { scripts: () => [script] } };
  const facts = { groups: new Map(groups.map(group => [group.id, group])), reach, pending, connection };
  return warningsOf(plan, facts, now);
}

const kinds = (of: Case): readonly Warning['kind'][] => warnings(of).map(({ kind }) => kind);

test('another change that waits for approval is told before all else', () => {
  const both = { base: [include('d1'), exclude('d1')], add: [include('d2')] };
  assert.deepEqual(kinds({ ...both, pending: new Set(['deviceManagementScripts/a']) }), ['pending', 'includedAndExcluded']);
  assert.deepEqual(kinds({ ...both, pending: new Set(['deviceManagementScripts/b']) }), ['includedAndExcluded']);
});

describe('warnings of exclusions', () => {
  test('the same group included and excluded, where a read shows both', () => {
    const base = [include('d1'), exclude('d1')];
    for (const both of [base, base.toReversed()])
      assert.deepEqual(warnings({ base: both, add: [include('d2')] }), [{ kind: 'includedAndExcluded', groupId: id('d1') }]);
    assert.deepEqual(kinds({ base: [include('d1')], add: [exclude('d2')] }), []);
  });

  test('an exclusion alone reaches nobody', () => {
    assert.deepEqual(kinds({ add: [exclude('d1')] }), ['onlyExclusions']);
    assert.deepEqual(kinds({ base: [include('d1'), exclude('d2')], remove: [include('d1')] }), ['onlyExclusions']);
    assert.deepEqual(kinds({ base: [allDevices], add: [exclude('d1')] }), []);
  });

  test('removing an exclusion widens, unless nobody is reached', () => {
    assert.deepEqual(warnings({ base: [include('d1'), exclude('d2')], remove: [exclude('d2')] }), [
      { kind: 'exclusionRemoved', groupId: id('d2') },
    ]);
    assert.deepEqual(kinds({ base: [exclude('d1'), exclude('d2')], remove: [exclude('d2')] }), ['onlyExclusions']);
  });

  test('removing everything', () => {
    assert.deepEqual(kinds({ base: [include('d1'), exclude('d2')], remove: [include('d1'), exclude('d2')] }), ['nothingLeft']);
    assert.deepEqual(kinds({ base: [include('d1'), include('d2')], remove: [include('d1')] }), []);
  });
});

describe('warnings of everyone', () => {
  test('all devices plus an included group adds nothing, whichever came first', () => {
    assert.deepEqual(kinds({ base: [allDevices], add: [include('d1')] }), ['alreadyOnAllDevices']);
    assert.deepEqual(kinds({ base: [include('d1')], add: [allDevices] }), ['groupsBesideAllDevices']);
    assert.deepEqual(kinds({ add: [include('d1'), allDevices] }), ['groupsBesideAllDevices']);
    assert.deepEqual(kinds({ base: [allUsers], add: [include('e1')] }), ['alreadyOnAllUsers']);
    assert.deepEqual(kinds({ base: [include('e1')], add: [allUsers] }), ['groupsBesideAllUsers']);
  });

  test('nothing is said of a group that has none of those that are reached already', () => {
    assert.deepEqual(kinds({ base: [allUsers], add: [include('d1')] }), []);
    assert.deepEqual(kinds({ base: [include('e1')], add: [allDevices] }), []);
    assert.deepEqual(kinds({ base: [allUsers], add: [include('d1'), include('b1')] }), ['alreadyOnAllUsers']);
    assert.deepEqual(kinds({ base: [allDevices], add: [include('f1')] }), ['alreadyOnAllDevices']);
  });

  test('all devices with a filter is not everyone', () => {
    const some: Target = { kind: 'allDevices', filter: { id: id('f0'), mode: 'include' } };
    assert.deepEqual(kinds({ family: 'deviceHealthScripts', base: [some], add: [include('d1')] }), []);
  });

  test('nothing is said of a group that is excluded from all devices', () => {
    assert.deepEqual(kinds({ base: [allDevices, exclude('d1')], add: [exclude('d2')] }), []);
  });
});

describe('warnings of users and devices', () => {
  const mixed = (name: string, has: 'users' | 'devices', from: Target): Warning => ({
    kind: 'mixedExclusion',
    groupId: id(name),
    has,
    from,
  });

  test('mixed across include and exclude', () => {
    assert.deepEqual(warnings({ base: [include('d1')], add: [exclude('e1')] }), [mixed('e1', 'users', include('d1'))]);
    assert.deepEqual(warnings({ base: [include('e1')], add: [exclude('d1')] }), [mixed('d1', 'devices', include('e1'))]);
    assert.deepEqual(warnings({ base: [exclude('d1')], add: [include('e1')] }), [mixed('d1', 'devices', include('e1'))]);
    assert.deepEqual(warnings({ add: [allDevices, exclude('e1')] }), [mixed('e1', 'users', allDevices)]);
    assert.deepEqual(warnings({ base: [allUsers], add: [exclude('d1')] }), [mixed('d1', 'devices', allUsers)]);
  });

  test('not where the groups have both, none, or nobody knows, and not for what was there before', () => {
    for (const group of ['b1', 'a0', 'f1', 'c9']) assert.deepEqual(kinds({ base: [include('d1')], add: [exclude(group)] }), [], group);
    assert.deepEqual(kinds({ base: [include('d1'), exclude('e1')], add: [include('b1')] }), []);
  });

  test('a Windows script that runs as the user, on a group of devices only', () => {
    const user = { runAsAccount: 'user' };
    assert.deepEqual(warnings({ ...user, add: [include('d1')] }), [{ kind: 'userScriptOnDevices', groupId: id('d1') }]);
    for (const group of ['e1', 'b1', 'f1']) assert.deepEqual(kinds({ ...user, add: [include(group)] }), [], group);
    assert.deepEqual(kinds({ runAsAccount: 'system', add: [include('d1')] }), []);
    assert.deepEqual(kinds({ ...user, family: 'deviceShellScripts', add: [include('d1')] }), []);
    assert.deepEqual(kinds({ ...user, base: [include('d1')], add: [include('b1')] }), [], 'not for what was there before');
  });
});

test('warnings of what stands: deleted groups, policy sets, unknown targets', () => {
  const policySet = assignmentFromWire({ ...newAssignment(include('d2')).wire, source: 'policySets' });
  const unknown = assignmentFromWire({ target: { '@odata.type': '#microsoft.graph.ringTarget' } });
  const base = [include('c9'), policySet, unknown];
  const groups = [{ id: id('c9'), status: 'deleted' } as const];
  assert.deepEqual(warnings({ family: 'configurationPolicies', base, add: [include('d1')], groups }), [
    { kind: 'deletedGroup', groupId: id('c9') },
    { kind: 'policySet', count: 1 },
    { kind: 'unknownTarget', count: 1 },
  ]);
});

describe('many devices at the same moment', () => {
  const scheduled = (schedule: Schedule, target: Target) =>
    warningsOf(
      planChanges(remediation, [], addTargets(remediation, [target], { schedule })),
      { groups: new Map(), reach, pending: new Set(), connection: { inventory: { scripts: () => [] } } },
      now,
    ).map(({ kind }) => kind);
  const remediation = { family: 'deviceHealthScripts', id: 'a', name: 'A' } as const;
  const daily: Schedule = { kind: 'daily', interval: 1, time: '09:00:00', utc: false };

  test('is told of groups that are large, and of everybody', () => {
    assert.deepEqual(scheduled(daily, include('c1')), ['allAtOnce']);
    assert.deepEqual(scheduled({ kind: 'once', date: '2026-12-31', time: '09:00:00', utc: true }, allDevices), ['allAtOnce']);
  });

  test('is told before, where the clock here is past it already', () => {
    const here = new Date(now - 60_000);
    const two = (part: number): string => String(part).padStart(2, '0');
    const date = `${here.getFullYear()}-${two(here.getMonth() + 1)}-${two(here.getDate())}`;
    const time = `${two(here.getHours())}:${two(here.getMinutes())}:00`;
    const once: Schedule = { kind: 'once', date, time, utc: false };
    assert.deepEqual(scheduled(once, include('d1')), ['passedHere']);
    assert.deepEqual(scheduled(once, allDevices), ['passedHere', 'allAtOnce']);
    assert.deepEqual(scheduled(once, exclude('d1')), ['onlyExclusions']);
  });

  test('is not told of small groups, of those that cannot be counted, of exclusions, and of hourly runs', () => {
    for (const target of [include('d1'), include('f1'), exclude('c1')]) assert.ok(!scheduled(daily, target).includes('allAtOnce'));
    assert.deepEqual(scheduled({ kind: 'hourly', interval: 1 }, include('c1')), []);
  });

  test('is told of what changes alone', () => {
    const row = newAssignment(include('c1'), { runSchedule: scheduleToWire(daily) });
    assert.deepEqual(kinds({ family: 'deviceHealthScripts', base: [row], add: [include('d1')] }), []);
  });
});
