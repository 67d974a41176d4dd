import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resumeChange } from '../../../src/commands/resumeChange.ts';
import type { Assignment } from '../../../src/intune/assignment.ts';
import { readHistory } from '../../../src/intune/history/readHistory.ts';
import { propose } from '../../../src/intune/propose.ts';
import { replaceGroup } from '../../../src/intune/replaceGroup.ts';
import { writePlans } from '../../../src/intune/write/writePlans.ts';
import { groupNamed, hasGroup, refOf, sampleScript } from '../intune/support.ts';
import { createCommandWindow } from './commandWindow.ts';

const family = 'deviceManagementScripts';

/** A Replace Group that was cancelled before its write, and what a window is shown that resumes it. */
async function resumed(deleted: boolean) {
  const settings = { alwaysShowPlan: true, confirmAbove: 100_000 };
  const one = await createCommandWindow({ parts: { writeMethod: 'assign' }, settings, permitted: true });
  const { world } = one;
  const [old, other] = [groupNamed(world, 'Developer Workstations'), groupNamed(world, 'Cloud PCs')];
  const script = sampleScript(world, family, 'Configure Developer Workstation');
  const changesFor = (_: unknown, base: readonly Assignment[]) =>
    replaceGroup(base, { from: old, to: other, mode: 'replace' }, () => undefined);
  const wanted = { scripts: [refOf(script)], groups: [{ id: other, name: 'Cloud PCs' }], changesFor };
  const { plans } = await propose(world.connection, wanted, [], world.clock.now());
  const cancel = new AbortController();
  world.tenant.behavior.beforeRead = () => cancel.abort();
  const [outcome] = await writePlans(plans, world.parts, { change: { id: 'c', allOrNone: true }, signal: cancel.signal });
  assert.equal(outcome?.kind, 'cancelled');
  world.tenant.behavior.beforeRead = undefined;
  if (deleted) world.tenant.admin.deleteGroup(other);
  const [change = assert.fail()] = await readHistory(one.journal);
  await resumeChange(one.parts)({ kind: 'change', connection: world.connection.key, change });
  const plan = one.documents.shownPlan()?.plans[0];
  return { rows: plan?.rows.map(({ action }) => action).toSorted(), stays: hasGroup(script, old) };
}

test('a resumed replacement takes the old group out, and puts the new one in', async () => {
  assert.deepEqual(await resumed(false), { rows: ['add', 'keep', 'remove'], stays: true });
});

test('a resumed replacement takes nothing out where the new group was deleted meanwhile', async () => {
  assert.deepEqual(await resumed(true), { rows: undefined, stays: true });
});
