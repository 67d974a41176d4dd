import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assignmentFromWire, newAssignment, type Wire } from '../../../../src/intune/model/assignment.ts';
import { families } from '../../../../src/intune/model/families.ts';
import { type ScriptRef, scriptKey } from '../../../../src/intune/model/script.ts';
import type { Target } from '../../../../src/intune/model/target.ts';
import { type AssignmentOptions, addTargets, supportsTarget } from '../../../../src/intune/plan/addTargets.ts';
import { standing } from '../../../../src/intune/plan/limitations.ts';
import { assignBody, changesNothing, planChanges } from '../../../../src/intune/plan/plan.ts';
import { removalShortfalls, removals } from '../../../../src/intune/plan/removals.ts';

const script: ScriptRef = { family: 'deviceShellScripts', id: 'a', name: 'A' };
const other: ScriptRef = { family: 'deviceManagementScripts', id: 'b', name: 'B' };
const remediation: ScriptRef = { family: 'deviceHealthScripts', id: 'c', name: 'C' };
const groupId = '11111111-2222-4333-8444-555555555555';
const group: Target = { kind: 'group', groupId };
const exclusion: Target = { kind: 'exclusionGroup', groupId };

const written = (of: ScriptRef, base: readonly Target[], add: readonly Target[]): readonly Wire[] => {
  const [rows] = Object.values(
    assignBody(
      planChanges(
        of,
        base.map(target => newAssignment(target)),
        addTargets(of, add),
      ),
    ),
  );
  assert.ok(Array.isArray(rows));
  return rows;
};

const typed = (name: string, rest: Wire = {}): Wire => ({ '@odata.type': `#microsoft.graph.${name}`, ...rest });

describe('targets', () => {
  test('are supported by every family that is assigned by itself, and by no other', () => {
    for (const { id, assignKey } of families) {
      for (const kind of ['group', 'exclusionGroup', 'allDevices', 'allUsers'] as const)
        assert.equal(supportsTarget({ family: id }, kind), assignKey !== undefined, `${id} ${kind}`);
    }
  });

  test('are written as the service knows them', () => {
    assert.deepEqual(
      written(script, [], [{ kind: 'allDevices' }, { kind: 'allUsers' }, exclusion]).map(({ target }) => target),
      [
        typed('allDevicesAssignmentTarget'),
        typed('allLicensedUsersAssignmentTarget'),
        typed('exclusionGroupAssignmentTarget', { groupId }),
      ],
    );
  });

  test('of a remediation have a schedule, but for exclusions', () => {
    const [everyone, excluded] = written(remediation, [], [{ kind: 'allDevices' }, exclusion]);
    assert.ok(everyone?.['runSchedule']);
    assert.equal(everyone['runRemediationScript'], true);
    assert.equal(excluded?.['runSchedule'], undefined);
  });
});

describe('what additions leave as it is', () => {
  const filter = { id: 'a1b1c1d1-aaaa-4bbb-8ccc-000000000001', mode: 'include' } as const;
  const there = (of: ScriptRef, base: readonly Target[], options?: AssignmentOptions) =>
    standing(
      addTargets(of, [group], options),
      addTargets(of, base).flatMap(change => ('assignment' in change ? [change.assignment] : [])),
    ).map(({ kind }) => kind);

  test('is told where it has another schedule or filter than is wanted', () => {
    assert.deepEqual(there(remediation, [group], { schedule: { kind: 'hourly', interval: 3 } }), ['staysAsItIs']);
    assert.deepEqual(there(remediation, [group], { filter }), ['staysAsItIs']);
    for (const base of [[], [group], [exclusion]]) assert.deepEqual(there(remediation, base), []);
    assert.deepEqual(there(script, [group], { filter, schedule: { kind: 'hourly', interval: 3 } }), [], 'it has neither');
  });
});

describe('removals', () => {
  const filtered: Target = { kind: 'group', groupId, filter: { id: 'a1b1c1d1-aaaa-4bbb-8ccc-000000000001', mode: 'include' } };
  const row = (of: ScriptRef, target: Target) => ({ script: of, assignment: newAssignment(target) });

  test('are by script, each row once', () => {
    const changes = removals([row(script, group), row(other, { kind: 'allDevices' }), row(script, group), row(script, exclusion)]);
    assert.deepEqual([...changes.keys()], ['deviceShellScripts/a', 'deviceManagementScripts/b']);
    assert.deepEqual(
      [...changes.values()].map(list => list.length),
      [2, 1],
    );
  });

  test('take the row as it is read, and leave the others of the same group', () => {
    const base = [group, exclusion].map(target => newAssignment(target));
    const [changes = []] = removals([row(script, exclusion)]).values();
    const [rows] = Object.values(assignBody(planChanges(script, base, changes)));
    assert.deepEqual(rows, [{ target: typed('groupAssignmentTarget', { groupId }) }]);
  });

  test('of a row that is gone, or has another filter by now, change nothing', () => {
    const [changes = []] = removals([row(script, group)]).values();
    for (const base of [[], [newAssignment(filtered)], [newAssignment(exclusion)]])
      assert.ok(changesNothing(planChanges(script, base, changes)));
  });

  test('take no row of a policy set', () => {
    const foreign = assignmentFromWire({ ...newAssignment(group).wire, source: 'policySets' });
    assert.equal(removals([{ script, assignment: foreign }]).size, 0);
    assert.equal(removals([row({ ...script, family: 'deviceComplianceScripts' }, group)]).size, 0, 'assigned through its policy');
    const [changes = []] = removals([row(script, group)]).values();
    const direct = newAssignment(group);
    const plan = planChanges(script, [foreign, direct], changes);
    assert.deepEqual(
      plan.rows.map(({ action }) => action),
      ['policySet', 'remove'],
    );
  });

  test('take collections and unknown targets, one by one', () => {
    const collection = assignmentFromWire({ target: typed('configurationManagerCollectionAssignmentTarget', { collectionId: 'SMS1' }) });
    const unknown = assignmentFromWire({ target: typed('ringTarget', { ring: 1 }) });
    const another = assignmentFromWire({ target: typed('ringTarget', { ring: 2 }) });
    const [changes = []] = removals([
      { script, assignment: collection },
      { script, assignment: unknown },
    ]).values();
    const [rows] = Object.values(assignBody(planChanges(script, [collection, unknown, another], changes)));
    assert.deepEqual(rows, [{ target: another.wire['target'] }]);
  });

  test('leave a row that has another filter by now, and say so; a row that is gone needs no word', () => {
    const ref: ScriptRef = { family: 'deviceHealthScripts', id: 'r', name: 'R' };
    const [shown, other] = [newAssignment({ kind: 'group', groupId }), newAssignment({ kind: 'allDevices' })];
    const changes = removals([shown, other].map(assignment => ({ script: ref, assignment }))).get(scriptKey(ref)) ?? [];
    const left = (...base: readonly Target[]) =>
      removalShortfalls(
        changes,
        [shown, other],
        base.map(target => newAssignment(target)),
      );
    assert.deepEqual(left(filtered, { kind: 'allDevices' }), [{ kind: 'changedSince', count: 1 }]);
    assert.deepEqual(left({ kind: 'allDevices' }), []);
    assert.deepEqual(left({ kind: 'group', groupId }, filtered), []);
    const fromPolicySet = assignmentFromWire({ ...shown.wire, source: 'policySets' });
    const base = [newAssignment(filtered), fromPolicySet];
    assert.deepEqual(removalShortfalls(changes, [shown, other, fromPolicySet], base), [{ kind: 'changedSince', count: 1 }]);
  });
});
