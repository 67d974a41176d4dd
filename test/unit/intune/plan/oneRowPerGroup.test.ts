// The service keeps one row for a group: of an include and an exclude the include (observed). So no plan brings the two together.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { differencesOf } from '../../../../src/intune/history/pastChange.ts';
import { undo } from '../../../../src/intune/history/undo.ts';
import { type Assignment, newAssignment, targetKey } from '../../../../src/intune/model/assignment.ts';
import type { Change } from '../../../../src/intune/model/change.ts';
import { scriptKey } from '../../../../src/intune/model/script.ts';
import type { Target } from '../../../../src/intune/model/target.ts';
import { addGroups, addTargets, oppositeOf } from '../../../../src/intune/plan/addTargets.ts';
import { copyAssignments, copyInTurn } from '../../../../src/intune/plan/copyAssignments.ts';
import { turnAssignment } from '../../../../src/intune/plan/editAssignment.ts';
import { expectedAssignments, isTurned, type Plan, planChanges, toldRows } from '../../../../src/intune/plan/plan.ts';
import { reachedBy } from '../../../../src/intune/plan/proposal.ts';
import { propose, type Wanted } from '../../../../src/intune/plan/propose.ts';
import { replaceGroup } from '../../../../src/intune/plan/replaceGroup.ts';
import { foreignRow, hasOpposite, row, withoutOpposites } from '../arbitraries.ts';
import { createWorld, groupNamed, hasGroup, planToAdd, proposeFor, refOf, sampleScript, told, truth, writeOne } from '../support.ts';

const script = { family: 'deviceHealthScripts', id: 's', name: 'S' } as const;
const [g, h] = ['a', 'b'].map(letter => `${letter.repeat(8)}-1a2b-4c3d-8e4f-000000000000`) as [string, string];
const include = (groupId = g, filter?: string): Target => ({
  kind: 'group',
  groupId,
  ...(filter && { filter: { id: filter, mode: 'include' as const } }),
});
const exclude = (groupId = g): Target => ({ kind: 'exclusionGroup', groupId });
const set = (...targets: readonly Target[]): readonly Assignment[] => targets.map(target => newAssignment(target));
const keysAfter = (plan: Plan): readonly string[] => expectedAssignments(plan).map(({ target }) => targetKey(target));
const keys = (...targets: readonly Target[]): readonly string[] => targets.map(targetKey);
const opposite = (target: Target) => [{ kind: 'opposite', target }];

describe('Assign and Exclude on one script', () => {
  const alone = (base: readonly Target[], target: Target): Plan =>
    planChanges(script, set(...base), addTargets(script, [target], oppositeOf([script])));

  test('put the one in the place of the other, and leave the rest', () => {
    assert.deepEqual(keysAfter(alone([include(), include(h)], exclude())), keys(include(h), exclude()));
    assert.deepEqual(keysAfter(alone([exclude(), include(h)], include())), keys(include(h), include()));
  });

  test('tell that as one thing: what was excluded is included instead, which widens', () => {
    const plan = alone([exclude(), include(h)], include());
    const [only = assert.fail(), ...more] = toldRows(plan);
    assert.deepEqual([more, only.action, isTurned(plan, only)], [[], 'add', true]);
    assert.ok(reachedBy(plan).some(({ kind, groupId }) => kind === 'group' && groupId === g));
    assert.deepEqual(reachedBy(alone([include()], exclude())), []);
  });

  test('take all rows of the group out, whatever their filters', () => {
    assert.deepEqual(keysAfter(alone([include(g, 'f1'), include(g, 'f2')], exclude())), keys(exclude()));
  });

  test('take the other one out where a read shows both', () => {
    assert.deepEqual(keysAfter(alone([include(), exclude()], exclude())), keys(exclude()));
    assert.deepEqual(keysAfter(alone([include(), exclude()], include())), keys(include()));
  });

  test('leave what a policy set brought, and say so', () => {
    const [brought = assert.fail()] = set(include());
    const plan = planChanges(script, [{ ...brought, direct: false }], addTargets(script, [exclude()], oppositeOf([script])));
    assert.deepEqual([keysAfter(plan), plan.leftOut], [keys(include()), opposite(exclude())]);
  });
});

describe('what leaves an opposite row as it is, and reports it', () => {
  const cases: readonly (readonly [string, readonly Target[], readonly Change[], Target])[] = [
    ['assigning several scripts', [exclude()], addTargets(script, [include()], oppositeOf([script, script])), include()],
    ['excluding from several scripts', [include()], addTargets(script, [exclude()], oppositeOf([script, script])), exclude()],
    ['a group that is dragged', [exclude()], addGroups(script, [g]), include()],
    ['a copy', [exclude()], copyAssignments({ family: script.family, rows: set(include()) }, script, set(exclude()), 'add', 0), include()],
    [
      'a copy that replaces',
      [exclude()],
      copyAssignments({ family: script.family, rows: set(include()) }, script, set(exclude()), 'replace', 0),
      include(),
    ],
    [
      'a copy from another family that replaces',
      [include()],
      copyAssignments({ family: 'deviceShellScripts', rows: set(exclude()) }, script, set(include()), 'replace', 0),
      exclude(),
    ],
    ['a row that comes back', [exclude()], [{ kind: 'set', assignment: newAssignment(include()), beside: true }], include()],
  ];
  for (const [name, base, changes, wanted] of cases) {
    test(name, () => {
      const plan = planChanges(script, set(...base), changes);
      assert.deepEqual([keysAfter(plan), plan.leftOut], [keys(...base), opposite(wanted)]);
    });
  }

  test('the second of two that are copied from different scripts', () => {
    const sources = [include(), exclude()].map(target => ({ family: script.family, rows: set(target) }));
    const plan = planChanges(script, [], copyInTurn(sources, script, [], 'add', 0).changes);
    assert.deepEqual([keysAfter(plan), plan.leftOut], [keys(include()), opposite(exclude())]);
  });

  test('an undo, where somebody excludes now what it would bring back', () => {
    const [before, written] = [set(include(), include(h)), set(include(h))];
    const now = set(include(h), exclude());
    const { changes } = undo({ differences: differencesOf(before, written), after: written }, now, { anyway: false, now: 0 });
    const plan = planChanges(script, now, changes);
    assert.deepEqual([keysAfter(plan), plan.leftOut], [keys(include(h), exclude()), opposite(include())]);
  });

  test('a group that is replaced stays in, where the other one is excluded', async () => {
    const world = createWorld();
    const one = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
    const [from, to] = [groupNamed(world, 'HR Devices'), groupNamed(world, 'Cloud PCs')].map(id => id.toLowerCase()) as [string, string];
    const target = (groupId: string, kind: string) => ({ target: { '@odata.type': `#microsoft.graph.${kind}AssignmentTarget`, groupId } });
    world.tenant.admin.assign(one.family, one.id, [target(from, 'group'), target(to, 'exclusionGroup')]);
    const wanted: Wanted = {
      scripts: [refOf(one)],
      groups: [],
      allOrNone: true,
      changesFor: (_, base) => replaceGroup(base, { from, to, mode: 'replace' }),
    };
    const { plans, shortfalls } = await propose(world.connection, wanted, [], world.clock);
    assert.deepEqual([plans, shortfalls.get(scriptKey(one))], [[], opposite({ kind: 'group', groupId: to })]);
  });
});

test('an undo of what was turned turns it back', () => {
  const before = set(include(), include(h));
  const plan = planChanges(script, before, addTargets(script, [exclude()], oppositeOf([script])));
  const written = expectedAssignments(plan);
  const { changes } = undo({ differences: differencesOf(before, written), after: written }, written, { anyway: false, now: 0 });
  assert.deepEqual(keysAfter(planChanges(script, written, changes)).toSorted(), keys(include(), include(h)).toSorted());
});

test('Edit turns the one row of a group alone, and nothing where it is gone', () => {
  const base = set(include(), include(h));
  const changes = turnAssignment(script, { assignment: base[0] ?? assert.fail(), all: base }, {});
  assert.deepEqual(keysAfter(planChanges(script, base, changes)), keys(include(h), exclude()));
  const { leftOut } = planChanges(script, set(include(h)), changes);
  assert.deepEqual(leftOut, [{ kind: 'gone', target: include() }]);
});

test('of any set and any changes, no plan has both of a group, unless both were read', () => {
  const base = fc.array(fc.oneof({ weight: 4, arbitrary: row }, foreignRow), { maxLength: 8 });
  const change = fc.oneof(
    fc.record({
      kind: fc.constantFrom('add' as const, 'set' as const),
      assignment: row,
      beside: fc.constantFrom(undefined, true as const),
    }),
    fc.record({ kind: fc.constant('add' as const), assignment: row, opposite: fc.constant('replace' as const) }),
    row.map((assignment): Change => ({ kind: 'turn', assignment, targetKey: targetKey(assignment.target), alone: true })),
    row.map(({ target }): Change => ({ kind: 'remove', targetKey: targetKey(target) })),
  );
  fc.assert(
    fc.property(base, fc.array(change, { maxLength: 4 }), (read, changes) => {
      const rows = withoutOpposites(read);
      const expected = expectedAssignments(planChanges(script, rows, changes));
      assert.ok(!expected.some(({ target }) => hasOpposite(expected, target)));
    }),
    { numRuns: 1_000 },
  );
});

test('in the tenant, excluding an included group is written as that, and shown', async () => {
  const world = createWorld({ parts: { writeMethod: 'assign' } });
  const one = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
  const groupId = groupNamed(world, 'HR Devices');
  assert.equal(told(await writeOne(world, await planToAdd(world, one, groupId))), 'written, visible');
  await world.clock.sleep(600_000);
  const [plan = assert.fail()] = (
    await proposeFor(world, [one], ref => addTargets(ref, [{ kind: 'exclusionGroup', groupId }], oppositeOf([ref])))
  ).plans;
  assert.equal(told(await writeOne(world, plan)), 'written, visible');
  assert.ok(hasGroup(one, groupId));
  assert.deepEqual(
    truth(one).flatMap(text => (text.includes(groupId.toLowerCase()) ? [text.split('|')[0]] : [])),
    ['exclusionGroup'],
  );
});
