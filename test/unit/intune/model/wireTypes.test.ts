// The published types check these values when the tests are compiled; the code has to understand them, and to write them back the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  DeviceHealthScriptAssignment,
  DeviceHealthScriptDailySchedule,
  DeviceHealthScriptHourlySchedule,
  DeviceHealthScriptRunOnceSchedule,
  DeviceManagementScriptAssignment,
  ExclusionGroupAssignmentTarget,
  GroupAssignmentTarget,
} from '@microsoft/microsoft-graph-types-beta';
import { assignmentFromWire, wireToWrite } from '../../../../src/intune/model/assignment.ts';
import { scheduleFromWire, scheduleToWire } from '../../../../src/intune/model/schedule.ts';
import { targetFromWire, targetToWire } from '../../../../src/intune/model/target.ts';

const groupId = '11111111-2222-4333-8444-555555555555';
const filterId = '66666666-7777-4888-8999-aaaaaaaaaaaa';
type Typed<Entity> = Entity & { '@odata.type': string };

const include: Typed<GroupAssignmentTarget> = {
  '@odata.type': '#microsoft.graph.groupAssignmentTarget',
  groupId,
  deviceAndAppManagementAssignmentFilterId: filterId,
  deviceAndAppManagementAssignmentFilterType: 'include',
};
const exclude: Typed<ExclusionGroupAssignmentTarget> = { '@odata.type': '#microsoft.graph.exclusionGroupAssignmentTarget', groupId };
const hourly: Typed<DeviceHealthScriptHourlySchedule> = { '@odata.type': '#microsoft.graph.deviceHealthScriptHourlySchedule', interval: 8 };
const daily: Typed<DeviceHealthScriptDailySchedule> = {
  '@odata.type': '#microsoft.graph.deviceHealthScriptDailySchedule',
  interval: 1,
  time: '09:00:00',
  useUtc: false,
};
const once: Typed<DeviceHealthScriptRunOnceSchedule> = {
  '@odata.type': '#microsoft.graph.deviceHealthScriptRunOnceSchedule',
  interval: 1,
  date: '2026-12-31',
  time: '23:59:00',
  useUtc: true,
};

test('targets of the published types are understood and written back the same', () => {
  for (const target of [include, exclude]) assert.deepEqual(targetToWire(targetFromWire({ ...target })), target);
});

test('schedules of the published types are understood and written back the same', () => {
  for (const schedule of [hourly, daily, once]) {
    const understood = scheduleFromWire(schedule);
    assert.ok(understood);
    assert.deepEqual(scheduleToWire(understood), schedule);
  }
});

test('assignments of the published types are written back whole, but for their ids', () => {
  const script: DeviceManagementScriptAssignment = { id: `x:${groupId}`, target: include };
  const remediation: DeviceHealthScriptAssignment = { id: `x:${groupId}`, target: exclude, runRemediationScript: true, runSchedule: daily };
  assert.deepEqual(wireToWrite(assignmentFromWire(script)), { target: include });
  assert.deepEqual(wireToWrite(assignmentFromWire(remediation)), { target: exclude, runRemediationScript: true, runSchedule: daily });
});
