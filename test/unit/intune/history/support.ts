import assert from 'node:assert/strict';
import { assignmentFromWire } from '../../../../src/intune/assignment.ts';
import type { PastChange } from '../../../../src/intune/history/pastChange.ts';
import { pastChanges } from '../../../../src/intune/history/pastChanges.ts';
import { type Undoing, type UndoOptions, undo } from '../../../../src/intune/history/undo.ts';
import { readAssignments } from '../../../../src/intune/readAssignments.ts';
import type { ChangeNote } from '../../../../src/intune/write/writePlans.ts';
import { writePlans } from '../../../../src/intune/write/writePlans.ts';
import type { SampleScript } from '../../../../src/sample/index.ts';
import { type ChangesFor, proposeFor, refOf, type World } from '../support.ts';

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
