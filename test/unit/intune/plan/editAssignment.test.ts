import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Assignment, type AssignmentEdit, assignmentFromWire, newAssignment } from '../../../../src/intune/model/assignment.ts';
import type { Change } from '../../../../src/intune/model/change.ts';
import { editAssignment, isEditable, type ShownRow, turnAssignment } from '../../../../src/intune/plan/editAssignment.ts';
import { assignBody, type Plan, planChanges } from '../../../../src/intune/plan/plan.ts';
import { rowsOf } from '../../../../src/sample/index.ts';
import { createWorld, proposeFor, rowText, sampleScript, shownAlone, truth, writeOne } from '../support.ts';

const script = { family: 'deviceHealthScripts', id: 's', name: 'S' } as const;
const daily = {
  '@odata.type': '#microsoft.graph.deviceHealthScriptDailySchedule',
  interval: 1,
  time: '09:00:00.0000000',
  useUtc: false,
  somethingNew: 'in the schedule',
};
/** As the service answers it, with keys that nobody knows. */
const read = (more: object = {}, target: object = {}): Assignment =>
  assignmentFromWire({
    id: 's:g',
    runRemediationScript: false,
    runSchedule: daily,
    somethingNew: { deep: [1] },
    target: {
      '@odata.type': '#microsoft.graph.groupAssignmentTarget',
      groupId: 'g',
      deviceAndAppManagementAssignmentFilterId: 'F1',
      deviceAndAppManagementAssignmentFilterType: 'include',
      targetNews: true,
      ...target,
    },
    ...more,
  });
const other = newAssignment({ kind: 'allUsers' }, { runSchedule: daily });

const bodyAfter = (base: readonly Assignment[], shown: Assignment, edit: AssignmentEdit): unknown =>
  assignBody(planChanges(script, base, editAssignment(shownAlone(shown), edit)))['deviceHealthScriptAssignments'];

const changesOf = (shown: ShownRow): readonly (readonly Change[])[] => [
  editAssignment(shown, { schedule: { kind: 'hourly', interval: 4 } }),
  turnAssignment(script, shown, {}),
];

/** Nothing is changed, and that the row is gone is said. */
function assertGone({ rows, leftOut }: Plan): void {
  assert.ok(rows.every(({ action }) => action === 'keep'));
  assert.deepEqual(
    leftOut.map(({ kind, target }) => [kind, target.groupId]),
    [['gone', 'g']],
  );
}

describe('an edited assignment', () => {
  const target = {
    '@odata.type': '#microsoft.graph.groupAssignmentTarget',
    groupId: 'g',
    deviceAndAppManagementAssignmentFilterId: 'F1',
    deviceAndAppManagementAssignmentFilterType: 'include',
    targetNews: true,
  };
  const untouched = { ...other.wire, runRemediationScript: true };

  test('has another schedule, and is else written as it was read', () => {
    assert.deepEqual(bodyAfter([other, read()], read(), { schedule: { kind: 'hourly', interval: 4 } }), [
      untouched,
      {
        runRemediationScript: true,
        runSchedule: { '@odata.type': '#microsoft.graph.deviceHealthScriptHourlySchedule', interval: 4 },
        somethingNew: { deep: [1] },
        target,
      },
    ]);
  });

  test('keeps what nobody knows of its schedule, where that stays one of the kind', () => {
    const [, edited] = bodyAfter([other, read()], read(), {
      schedule: { kind: 'daily', interval: 2, time: '10:00:00', utc: true },
    }) as readonly unknown[];
    assert.deepEqual(edited, {
      runRemediationScript: true,
      runSchedule: { ...daily, interval: 2, time: '10:00:00', useUtc: true },
      somethingNew: { deep: [1] },
      target,
    });
  });

  test('has another filter, or none, and keeps its schedule', () => {
    const rest = { runRemediationScript: true, runSchedule: daily, somethingNew: { deep: [1] } };
    const { deviceAndAppManagementAssignmentFilterId: _id, deviceAndAppManagementAssignmentFilterType: _type, ...bare } = target;
    assert.deepEqual(bodyAfter([read()], read(), { filter: { id: 'f2', mode: 'exclude' } }), [
      {
        ...rest,
        target: { ...bare, deviceAndAppManagementAssignmentFilterId: 'f2', deviceAndAppManagementAssignmentFilterType: 'exclude' },
      },
    ]);
    assert.deepEqual(bodyAfter([read()], read(), { filter: null }), [{ ...rest, target: bare }]);
  });

  test('is not another one of the rows that were shown, once it is gone', () => {
    const [one, beside] = [read(), read({}, { deviceAndAppManagementAssignmentFilterId: 'beside' })];
    const shown: ShownRow = { assignment: one, all: [one, beside] };
    const either = read({}, { deviceAndAppManagementAssignmentFilterId: 'new' });
    for (const base of [[beside], [either]]) for (const changes of changesOf(shown)) assertGone(planChanges(script, base, changes));
  });

  test('is edited as it is now, though another filter was shown; and is not brought back', () => {
    const now = read({}, { deviceAndAppManagementAssignmentFilterType: 'exclude' });
    const [edited] = planChanges(script, [now], editAssignment(shownAlone(read()), { schedule: { kind: 'hourly', interval: 4 } })).rows;
    assert.equal(edited?.action === 'change' && edited.assignment.target.filter?.mode, 'exclude');
    for (const changes of changesOf(shownAlone(read()))) assertGone(planChanges(script, [other], changes));
  });

  test('is the one that was shown, where its group has several, whatever is changed of it', () => {
    const filtered = (id: string): Assignment => read({}, { deviceAndAppManagementAssignmentFilterId: id });
    const [one, two] = [filtered('f1'), filtered('f2')];
    const base = [one, two];
    for (const [shown, stays] of [
      [one, two],
      [two, one],
    ] as const) {
      for (const edit of [{ schedule: { kind: 'hourly', interval: 4 } }, { filter: { id: 'f3', mode: 'include' } }] as const) {
        const plan = planChanges(script, base, editAssignment({ assignment: shown, all: base }, edit));
        const changed = plan.rows.flatMap(row => (row.action === 'change' ? [row.before.target.filter?.id] : []));
        const kept = plan.rows.flatMap(row => (row.action === 'keep' ? [row.assignment.target.filter?.id] : []));
        assert.deepEqual([changed, kept], [[shown.target.filter?.id], [stays.target.filter?.id]]);
      }
    }
  });

  test('can exclude what it included, with nothing of how it ran, and the other way round', () => {
    const body = (base: readonly Assignment[], shown: Assignment): unknown =>
      assignBody(planChanges(script, base, turnAssignment(script, shownAlone(shown), {})))['deviceHealthScriptAssignments'];
    const exclusion = { '@odata.type': '#microsoft.graph.exclusionGroupAssignmentTarget', groupId: 'g' };
    assert.deepEqual(body([read(), other], read()), [untouched, { runRemediationScript: true, target: exclusion }]);
    const excluded = newAssignment({ kind: 'exclusionGroup', groupId: 'g' });
    assert.deepEqual(body([excluded], excluded), [
      {
        runRemediationScript: true,
        runSchedule: { '@odata.type': '#microsoft.graph.deviceHealthScriptDailySchedule', interval: 1, time: '09:00:00', useUtc: false },
        target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: 'g' },
      },
    ]);
  });

  test('is one that has something to edit', () => {
    assert.ok(isEditable(script, read()));
    assert.ok(!isEditable({ family: 'deviceManagementScripts' }, read()));
    assert.ok(!isEditable(script, { ...read(), direct: false }));
    assert.ok(!isEditable(script, newUnknown()));
  });
});

const newUnknown = (): Assignment => assignmentFromWire({ target: { '@odata.type': '#microsoft.graph.scopeTagGroupAssignmentTarget' } });

test('in the tenant, an edit changes its row alone', async () => {
  const world = createWorld();
  const remediation = sampleScript(world, 'deviceHealthScripts', 'Restart Stopped Print Spooler');
  const [first, ...others] = rowsOf(remediation);
  assert.ok(first);
  const { plans } = await proposeFor(world, [remediation], (_, base = []) => {
    const shown = base.find(({ target }) => target.groupId === String(first.target['groupId']).toLowerCase());
    return shown ? editAssignment({ assignment: shown, all: base }, { schedule: { kind: 'hourly', interval: 7 } }) : [];
  });
  assert.ok(plans[0]);
  const outcome = await writeOne(world, plans[0]);
  assert.equal(outcome.kind, 'written');
  assert.equal(truth(remediation).length, others.length + 1);
  // All rows are written to remediate, whatever they were.
  const plain = (text: string): string => text.replace(/\|(true|false)\|/, '|');
  for (const row of others)
    assert.ok(
      truth(remediation)
        .map(plain)
        .includes(plain(rowText(row))),
      rowText(row),
    );
  assert.ok(truth(remediation).some(text => text.includes('interval=7')));
});
