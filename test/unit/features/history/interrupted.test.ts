import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { type InterruptedParts, lookAfterInterrupted } from '../../../../src/features/history/interrupted.ts';
import { newWindowName } from '../../../../src/host/windowName.ts';
import { readHistory } from '../../../../src/intune/history/recovery.ts';
import type { JournalRecord } from '../../../../src/intune/journal/journal.ts';
import { addGroups } from '../../../../src/intune/plan/addTargets.ts';
import { type SampleScript, scriptName } from '../../../../src/sample/index.ts';
import { openJournal } from '../../../killed/openJournal.ts';
import { change } from '../../intune/history/support.ts';
import { createWorld, groupNamed, type World } from '../../intune/support.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The name of a window whose process has ended. */
async function deadWindow(): Promise<string> {
  const child = spawn(process.execPath, ['--eval', ''], { stdio: 'ignore' });
  await once(child, 'exit');
  return newWindowName().replace(`-${process.pid}-`, `-${child.pid}-`);
}

/** A bulk whose window died: of the first two scripts the answers did not come any more, of the third nothing was sent. */
async function died(world: World, scripts: readonly SampleScript[]): Promise<void> {
  const group = groupNamed(world, 'Training Room A');
  await change(world, scripts, script => addGroups(script, [group]), { groupNames: { [group.toLowerCase()]: 'Training Room A' } });
  const [first, second, third] = world.records.filter(({ type }) => type === 'start');
  const kept = (record: JournalRecord): boolean => record.type !== 'end' && record.id !== third?.id;
  assert.ok(first && second && third);
  await openJournal(folder, await deadWindow()).append(world.records.filter(kept));
}

function window(world: World, answer?: string, updated = async (): Promise<void> => undefined) {
  const journal = openJournal(folder);
  const said: string[] = [];
  const done: string[] = [];
  const say: InterruptedParts['say'] = async (text, ...buttons) => {
    said.push([text, ...buttons].join(' | '));
    return answer;
  };
  let reads = 0;
  const counted = {
    ...journal,
    read: () => {
      reads += 1;
      return journal.read();
    },
  };
  const parts: InterruptedParts = {
    journal: () => counted,
    clock: world.clock,
    log: { info: () => undefined, error: assert.fail },
    settings: () => ({
      readOnly: false,
      confirmAbove: 500,
      protectedGroups: [],
      protectedGroupsUnclear: false,
      writeMethod: 'auto',
      alwaysShowPlan: false,
    }),
    say,
    warn: say,
    resume: async ({ change: { id } }) => void done.push(`resume ${id}`),
    showReport: async ({ change: { id } }) => void done.push(`report ${id}`),
    focusChanges: async () => void done.push('focus'),
    seen: new Map(),
    update: async open => {
      if (open) done.push('open');
      await updated();
    },
  };
  const outcomes = async () => (await readHistory(journal)).flatMap(({ writes }) => writes.map(({ outcome }) => outcome));
  return { look: () => lookAfterInterrupted(parts, world.connection), said, done, outcomes, reads: () => reads };
}

describe('changes that were interrupted', () => {
  const newBulk = async () => {
    const world = createWorld({ parts: { writeMethod: 'assign' } });
    await died(world, world.tenant.state.scripts.list('deviceManagementScripts').slice(0, 3));
    return world;
  };

  /** Looks, and again whenever that can tell more. */
  const lookUntilDone = async (world: World, { look }: ReturnType<typeof window>): Promise<void> => {
    for (let wait = await look(); wait !== undefined; wait = await look()) await world.clock.sleep(wait);
  };

  test('are resolved by reading, and said once with what can be done', async () => {
    const world = await newBulk();
    const one = window(world, 'Resume…');
    assert.equal(await one.look(), 30_000);
    assert.deepEqual(one.said, [], 'it is known for certain in a moment');
    await world.clock.sleep(30_000);
    await lookUntilDone(world, one);
    assert.deepEqual(await one.outcomes(), ['written', 'written', 'notStarted']);
    assert.deepEqual(one.said, [
      '“Assign to Training Room A” in Contoso was interrupted: 2 of 3 scripts are changed. | Resume… | Show Report',
    ]);
    assert.match(one.done.join(), /resume /);
    await one.look();
    assert.equal(one.said.length, 1);
  });

  test('are looked after by one window only', async () => {
    const world = await newBulk();
    const windows = [window(world), window(world), window(world)];
    const waits = await Promise.all(windows.map(({ look }) => look()));
    assert.equal(waits.filter(wait => wait === 60_000).length, 2);
    await world.clock.sleep(30_000);
    for (const { look } of windows) await look();
    for (const one of windows) await lookUntilDone(world, one);
    assert.equal(windows.flatMap(({ said }) => said).length, 1);
  });

  test('are looked for only where something was written since nothing was open', async () => {
    const world = await newBulk();
    const one = window(world);
    await lookUntilDone(world, one);
    const requests = world.requests.length;
    const reads = one.reads();
    assert.equal(await one.look(), undefined);
    assert.equal(one.reads(), reads);
    await died(world, world.tenant.state.scripts.list('deviceManagementScripts').slice(3, 6));
    await one.look();
    assert.ok(one.reads() > reads);
    assert.ok(world.requests.length > requests);
  });

  test('are looked for again where another window has begun one during a look, and died', async () => {
    const world = createWorld({ parts: { writeMethod: 'assign' } });
    const scripts = world.tenant.state.scripts.list('deviceManagementScripts').slice(0, 3);
    await change(world, scripts, script => addGroups(script, [groupNamed(world, 'Training Room A')]));
    const dead = await deadWindow();
    const begun = world.records.filter(({ type }) => type !== 'end');
    const one = window(world, undefined, async () => {
      if (begun.length > 0) await openJournal(folder, dead).append(begun.splice(0));
    });
    await lookUntilDone(world, one);
    assert.deepEqual(await one.outcomes(), ['written', 'written', 'written']);
  });

  test('keep calling while they cannot be read', async () => {
    const world = await newBulk();
    world.tenant.behavior.forbiddenFamilies = new Set(['deviceManagementScripts']);
    const one = window(world);
    assert.ok(((await one.look()) ?? 0) > 0);
    assert.deepEqual(one.done, ['open']);
    assert.deepEqual(one.said, [
      '“Assign to Training Room A” in Contoso was interrupted: 0 of 3 scripts are changed. Of 2 scripts it is not known whether they are changed. | Resume… | Show Report',
    ]);
    world.tenant.behavior.forbiddenFamilies = new Set();
    await lookUntilDone(world, one);
    assert.deepEqual(one.said.slice(1), [
      '“Assign to Training Room A” in Contoso was interrupted: 2 of 3 scripts are changed. | Resume… | Show Report',
    ]);
  });

  test('that the service accepted and dropped are told once it is known, with what they were', async () => {
    const world = createWorld({ parts: { writeMethod: 'assign' }, behavior: { assignmentLagMs: 3_600_000 } });
    const [script = assert.fail()] = world.tenant.state.scripts.list('deviceManagementScripts');
    const group = groupNamed(world, 'Training Room A');
    await change(world, [script], ref => addGroups(ref, [group]), { groupNames: { [group.toLowerCase()]: 'Training Room A' } });
    await openJournal(folder).append(world.records);
    const one = window(world);
    await lookUntilDone(world, one);
    assert.deepEqual(await one.outcomes(), ['notShown']);
    assert.deepEqual(one.said, [
      `Intune accepted “Assign to Training Room A” in Contoso, and does not show it as it was written: look at the assignments of ${scriptName(script)}. | Resume… | Show Report`,
    ]);
  });

  test('are not forgotten because the clock was wrong for one look', async () => {
    const world = createWorld({ parts: { writeMethod: 'assign' } });
    await change(world, world.tenant.state.scripts.list('deviceManagementScripts').slice(0, 1), ref =>
      addGroups(ref, [groupNamed(world, 'Training Room A')]),
    );
    await openJournal(folder, await deadWindow()).append(world.records);
    const day = 24 * 3_600_000;
    const one = window(world);
    await one.look();
    world.clock.step(365 * day);
    await one.look();
    world.clock.step(-365 * day);
    await one.look();
    assert.deepEqual(await one.outcomes(), ['written']);
    world.clock.step(200 * day);
    for (let n = 0; n < 3; n += 1) {
      await one.look();
      world.clock.step(day);
    }
    assert.deepEqual(await one.outcomes(), []);
  });
});
