import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeLines, reviewText, warningLines } from '../../../../src/features/change/review.ts';
import { assignmentFromWire, newAssignment, targetKey } from '../../../../src/intune/model/assignment.ts';
import { scriptKey } from '../../../../src/intune/model/script.ts';
import type { Target } from '../../../../src/intune/model/target.ts';
import { planChanges } from '../../../../src/intune/plan/plan.ts';
import { createWorld, proposeFor } from '../../intune/support.ts';

const group = (groupId: string): Target => ({ kind: 'group', groupId });

test('a review counts together what several plans have of the same, and tells each of them once', async () => {
  const proposal = await proposeFor(createWorld(), [], () => []);
  const policySet = (id: string) => assignmentFromWire({ ...newAssignment(group(id)).wire, source: 'policySets' });
  const changes = [{ kind: 'add', assignment: newAssignment(group('new')) }] as const;
  const planOf = (id: string, ...base: readonly string[]) =>
    planChanges(
      { family: 'configurationPolicies', id, name: id },
      [newAssignment({ kind: 'allDevices' }), ...base.map(policySet)],
      changes,
    );
  assert.deepEqual(warningLines({ ...proposal, plans: [planOf('a', 'x', 'y'), planOf('b', 'x')] }, 0), [
    'It is assigned to all devices already, so a group adds no device.',
    '3 assignments come from policy sets. They stay as they are.',
  ]);
});

test('a warning that is not about all of several scripts names those that it is about', async () => {
  const proposal = await proposeFor(createWorld(), [], () => []);
  const changes = [{ kind: 'add', assignment: newAssignment(group('new')) }] as const;
  const planOf = (name: string, everywhere: boolean) =>
    planChanges(
      { family: 'deviceShellScripts', id: `id of ${name}`, name },
      everywhere ? [newAssignment({ kind: 'allDevices' })] : [],
      changes,
    );
  const linesOf = (...plans: readonly ReturnType<typeof planOf>[]) => warningLines({ ...proposal, plans }, 0);
  const words = 'It is assigned to all devices already, so a group adds no device.';
  assert.deepEqual(linesOf(planOf('Set Time Zone', true), planOf('Other', false)), [`Set Time Zone: ${words}`]);
  assert.deepEqual(linesOf(planOf('a', true), planOf('b', true), planOf('c', false)), [`2 scripts: ${words}`]);
  assert.deepEqual(linesOf(planOf('a', true), planOf('b', true)), [words]);
});

test('a review has whom it reaches before what it takes away, for a long list is cut', async () => {
  const proposal = await proposeFor(createWorld(), [], () => []);
  const ids = Array.from({ length: 8 }, (_, index) => `old ${index}`);
  const rows = [...ids.map(group), { kind: 'exclusionGroup', groupId: 'held back' } as const].map(target => newAssignment(target));
  const removals = rows.map(({ target }) => ({ kind: 'remove', targetKey: targetKey(target) }) as const);
  const plan = planChanges({ family: 'deviceShellScripts', id: 'a', name: 'a' }, rows, [
    ...removals,
    { kind: 'add', assignment: newAssignment({ kind: 'exclusionGroup', groupId: 'new' }) },
    { kind: 'add', assignment: newAssignment({ kind: 'allUsers' }) },
  ]);
  const lines = changeLines({ ...proposal, plans: [plan] }, 0);
  assert.match(lines[0] ?? '', /^No longer excludes/);
  assert.equal(lines[1], 'All users');
  assert.match(lines[2] ?? '', /^Removes/);
});

test('a review says once in a tenant what was observed of remediations, however many scripts stay as they are', async () => {
  const proposal = await proposeFor(createWorld(), [], () => []);
  const of = (id: string) => ({ family: 'deviceHealthScripts', id, name: id }) as const;
  const plan = planChanges(of('a'), [], [{ kind: 'add', assignment: newAssignment(group('g')) }]);
  const unchanged = ['b', 'c', 'd'].map(id => planChanges(of(id), [], []));
  const shortfalls = new Map(unchanged.map(({ script }) => [scriptKey(script), [{ kind: 'staysAsItIs', target: group('g') } as const]]));
  const lines = (tellsOfRemediation: boolean): readonly string[] =>
    reviewText({ ...proposal, plans: [plan], unchanged, shortfalls, tellsOfRemediation }, 0).detail.split('\n');
  const told = lines(true);
  assert.deepEqual(
    told.filter(line => !lines(false).includes(line)),
    told.filter(line => line.startsWith('If the package has a remediation script, devices run it')),
  );
  assert.equal(told.length, lines(false).length + 1);
});

test('a review names what stays as it is, and says of each script what is left out of it', async () => {
  const proposal = await proposeFor(createWorld(), [], () => []);
  const of = (id: string) => ({ family: 'deviceManagementScripts', id: `id of ${id}`, name: id }) as const;
  const opposite = { kind: 'opposite', target: { kind: 'group', groupId: 'g' } } as const;
  const plans = ['a', 'b'].map(id => planChanges(of(id), [], [{ kind: 'add', assignment: newAssignment(group('h')) }]));
  const warnings = (ids: readonly string[], short: readonly string[]): readonly string[] =>
    warningLines(
      {
        ...proposal,
        plans,
        unchanged: ids.map(id => planChanges(of(id), [], [])),
        shortfalls: new Map(short.map(id => [scriptKey(of(id)), [opposite]])),
        groups: new Map([['g', { id: 'g', status: 'named', name: 'HR Devices' }]]),
      },
      0,
    );
  const why = 'HR Devices is excluded there, so it isn’t assigned.';
  assert.ok(warnings([], ['a']).includes(`a: ${why}`));
  assert.ok(warnings([], ['a', 'b']).includes(why));
  assert.ok(warnings(['c', 'd'], ['c', 'd']).includes(`2 scripts are not changed: c, d. ${why}`));
  assert.ok(warnings(['c', 'd', 'e', 'f'], ['c', 'd', 'e', 'f']).includes(`4 scripts are not changed: c, d, 2 more. ${why}`));
});
