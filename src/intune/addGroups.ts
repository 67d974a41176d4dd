import { newAssignment } from './assignment.ts';
import { familyOf } from './families.ts';
import type { Change } from './plan.ts';
import { defaultSchedule, scheduleToWire } from './schedule.ts';
import type { ScriptRef } from './script.ts';

/** The changes that include groups in a script. Remediations are always written with a schedule: without one, the service was seen to drop it. */
export function addGroups(script: ScriptRef, groupIds: readonly string[]): readonly Change[] {
  const scheduled = familyOf(script.family).supports.schedule;
  const wire = scheduled ? { runSchedule: scheduleToWire(defaultSchedule) } : {};
  return groupIds.map(groupId => ({ kind: 'add', assignment: newAssignment({ kind: 'group', groupId }, wire) }));
}
