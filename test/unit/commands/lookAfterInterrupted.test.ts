import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { type InterruptedParts, lookAfterInterrupted } from '../../../src/commands/lookAfterInterrupted.ts';
import { createJournalFile } from '../../../src/host/journalFile.ts';
import { newWindowName } from '../../../src/host/windowName.ts';
import { addGroups } from '../../../src/intune/addGroups.ts';
import { readHistory } from '../../../src/intune/history/readHistory.ts';
import type { JournalRecord } from '../../../src/intune/journal.ts';
import type { SampleScript } from '../../../src/sample/index.ts';
import { change } from '../intune/history/support.ts';
import { createWorld, groupNamed, type World } from '../intune/support.ts';

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
  await createJournalFile(folder, await deadWindow()).append(world.records.filter(kept));
}

function window(world: World, answer?: string) {
  const journal = createJournalFile(folder, newWindowName());
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
    update: async open => void (open && done.push('open')),
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

  test('are settled by reading, and said once with what can be done', async () => {
    const one = window(await newBulk(), 'Resume…');
    assert.equal(await one.look(), undefined);
    assert.deepEqual(await one.outcomes(), ['written', 'written', 'notStarted']);
    assert.deepEqual(one.said, [
      '“Assign to Training Room A” in Contoso was interrupted: 2 of 3 scripts are changed. | Resume… | Show Report',
    ]);
    assert.match(one.done.join(), /^resume /);
    await one.look();
    assert.equal(one.said.length, 1);
  });

  test('are looked after by one window only', async () => {
    const world = await newBulk();
    const windows = [window(world), window(world), window(world)];
    const waits = await Promise.all(windows.map(({ look }) => look()));
    assert.equal(waits.filter(wait => wait === undefined).length, 1);
    assert.equal(windows.flatMap(({ said }) => said).length, 1);
    const again = await Promise.all(windows.map(({ look }) => look()));
    assert.equal(again.includes(undefined), true);
    assert.equal(windows.flatMap(({ said }) => said).length, 1);
  });

  test('are looked for only where something was written since nothing was open', async () => {
    const world = await newBulk();
    const one = window(world);
    await one.look();
    const requests = world.requests.length;
    const reads = one.reads();
    assert.equal(await one.look(), undefined);
    assert.equal(one.reads(), reads);
    await died(world, world.tenant.state.scripts.list('deviceManagementScripts').slice(3, 6));
    await one.look();
    assert.ok(one.reads() > reads);
    assert.ok(world.requests.length > requests);
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
    assert.equal(await one.look(), undefined);
    assert.deepEqual(one.said.slice(1), [
      '“Assign to Training Room A” in Contoso was interrupted: 2 of 3 scripts are changed. | Resume… | Show Report',
    ]);
  });
});
