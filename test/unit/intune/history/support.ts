import assert from 'node:assert/strict';
import type { PastChange } from '../../../../src/intune/history/pastChange.ts';
import { pastChanges } from '../../../../src/intune/history/pastChanges.ts';
import { type Undoing, type UndoOptions, undo } from '../../../../src/intune/history/undo.ts';
import { assignmentFromWire, newAssignment } from '../../../../src/intune/model/assignment.ts';
import type { Change } from '../../../../src/intune/model/change.ts';
import { type Schedule, scheduleToWire } from '../../../../src/intune/model/schedule.ts';
import { type Target, targetFromWire } from '../../../../src/intune/model/target.ts';
import { readAssignments } from '../../../../src/intune/read/assignments.ts';
import type { ChangeNote } from '../../../../src/intune/write/write.ts';
import { writePlans } from '../../../../src/intune/write/write.ts';
import { rowsOf, type SampleScript } from '../../../../src/sample/index.ts';
import type { JsonObject } from '../../../../src/sample/wire/json.ts';
import { type ChangesFor, createWorld, proposeFor, refOf, sampleScript, type World } from '../support.ts';

/** Makes changes as one command does, and lets the service show them. */
export async function change(world: World, scripts: readonly SampleScript[], changesFor: ChangesFor, note: ChangeNote = {}) {
  const { plans, unreadable } = await proposeFor(world, scripts, changesFor);
  assert.deepEqual(unreadable, []);
  const outcomes = await writePlans(plans, world.parts, { change: note });
  await world.clock.sleep(60_000);
  return outcomes;
}

/** The newest change. */
export const lastChange = (world: World): PastChange => pastChanges(world.records)[0] ?? assert.fail('no change');

/** What takes the last change of a script back now. */
export async function undoOf(world: World, script: SampleScript, past: PastChange, options: Partial<UndoOptions> = {}): Promise<Undoing> {
  const write = past.writes.find(one => one.script.id === script.id) ?? assert.fail('the change is not of this script');
  const rows = await readAssignments(world.client, refOf(script), []);
  return undo(write, rows, { anyway: false, now: world.clock.now(), ...options });
}

export const include = (groupId: string, wire: object = {}) =>
  assignmentFromWire({ ...wire, target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId } });

/** A tenant in which whole sets are written. */
export const newWorld = (): World => createWorld({ parts: { writeMethod: 'assign' } });
/** A remediation with several rows. */
export const spooler = (world: World) => sampleScript(world, 'deviceHealthScripts', 'Restart Stopped Print Spooler');

/** A group as a target. */
export const toGroup = (groupId: string): Target => ({ kind: 'group', groupId: groupId.toLowerCase() });
/** Every day at a time of UTC. */
export const daily = (time: string): Schedule => ({ kind: 'daily', interval: 1, time, utc: true });
/** The same, as Intune has it. */
export const at = (time: string): JsonObject => ({
  '@odata.type': '#microsoft.graph.deviceHealthScriptDailySchedule',
  interval: 1,
  time,
  useUtc: true,
});
/** Sets the row of a group. */
export const set = (groupId: string, schedule: Schedule): Change => ({
  kind: 'set',
  assignment: newAssignment(toGroup(groupId), { runSchedule: scheduleToWire(schedule) }),
});

/** Whom the last row of a script reaches. */
export const lastTarget = (script: SampleScript): Target => targetFromWire(rowsOf(script).at(-1)?.target ?? assert.fail('no row'));

/** Writes what takes the last change back. */
export async function undoLast(world: World, script: SampleScript, undoes = lastChange(world)) {
  const undoing = await undoOf(world, script, undoes);
  await change(world, [script], () => undoing.changes, { undoes: undoes.id });
  return undoing;
}
