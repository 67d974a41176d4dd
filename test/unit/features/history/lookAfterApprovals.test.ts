import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createJournals } from '../../../../src/connections/journals.ts';
import { lookAfterApprovals } from '../../../../src/features/history/approvals.ts';
import { systemClock } from '../../../../src/host/clock.ts';
import { cancelApprovalRequest } from '../../../../src/intune/history/approvals.ts';
import { createWorld, groupNamed, planToAdd, sampleScript, told, type World, writeOne } from '../../intune/support.ts';

const family = 'deviceHealthScripts';
const names = ['Clear Teams Cache', 'Restart Stopped Print Spooler', 'Größe der Auslagerungsdatei prüfen'] as const;
const day = 24 * 3_600_000;

/** A tenant in which requests to change these scripts wait, with a window that looks after them. */
async function waiting(...scripts: readonly string[]) {
  const journal = createJournals('/nowhere', 'window', systemClock)({ key: 'in memory', sample: true });
  const world = createWorld({ behavior: { approvalFamilies: new Set([family]) }, parts: { writeMethod: 'assign', journal } });
  for (const name of scripts) {
    const plan = await planToAdd(world, sampleScript(world, family, name), groupNamed(world, 'Training Room A'));
    assert.equal(told(await writeOne(world, plan, { justification: 'Rollout' })), 'pending');
  }
  const warned: string[] = [];
  const logged: string[] = [];
  const log = { info: (line: string) => void logged.push(line), error: (error: unknown) => assert.fail(String(error)) };
  /** What is said by another look, which the log has too. */
  const look = async (): Promise<readonly string[]> => {
    const parts = { journal: () => journal, clock: world.clock, log, warn: async (text: string) => void warned.push(text) };
    await lookAfterApprovals(parts, world.connection);
    const said = warned.splice(0);
    assert.deepEqual(logged.splice(0), said);
    return said;
  };
  return { world, look };
}

const codeOf = ({ tenant }: World, index: number): string => tenant.admin.approvals()[index]?.id ?? assert.fail('no such request');

const ends: readonly { readonly how: string; readonly end: (world: World, code: string) => Promise<void>; readonly words: string }[] = [
  {
    how: 'rejected',
    end: async ({ tenant }, code) => tenant.admin.reject(code),
    words: 'The request to change Clear Teams Cache was rejected. Nothing was changed.',
  },
  {
    how: 'expired',
    end: async ({ tenant }, code) => tenant.admin.expire(code),
    words: 'The request to change Clear Teams Cache has expired. Nothing was changed.',
  },
  {
    how: 'cancelled',
    end: ({ client }, code) => cancelApprovalRequest(client, code),
    words: 'The request to change Clear Teams Cache was canceled. Nothing was changed.',
  },
];

describe('requests for approval that are looked after', () => {
  for (const { how, end, words } of ends) {
    test(`one that was ${how} is told once, by the name of its script, and that nothing was changed`, async () => {
      const { world, look } = await waiting(names[0]);
      assert.deepEqual(await look(), []);
      await end(world, codeOf(world, 0));
      assert.deepEqual(await look(), [words]);
      assert.deepEqual(await look(), []);
    });

    test(`several that were ${how} are told in one sentence, with their number and the tenant`, async () => {
      const { world, look } = await waiting(...names);
      for (const index of [0, 1]) await end(world, codeOf(world, index));
      assert.deepEqual(await look(), [`The requests to change 2 scripts in ${world.tenant.tenantName} ended. Nothing was changed.`]);
      assert.deepEqual(await look(), [], 'the third one waits still');
    });
  }

  test('those that ended in different ways are told together', async () => {
    const { world, look } = await waiting(...names);
    for (const [index, { end }] of ends.entries()) await end(world, codeOf(world, index));
    assert.deepEqual(await look(), [`The requests to change 3 scripts in ${world.tenant.tenantName} ended. Nothing was changed.`]);
  });

  test('one that nobody answered is told to have expired once its days are over', async () => {
    const { world, look } = await waiting(names[0]);
    await world.clock.sleep(2 * day);
    assert.deepEqual(await look(), []);
    await world.clock.sleep(2 * day);
    assert.deepEqual(await look(), ['The request to change Clear Teams Cache has expired. Nothing was changed.']);
  });

  test('one that was approved ends only when it is finished, so that nothing is said', async () => {
    const { world, look } = await waiting(names[0]);
    world.tenant.admin.approve(codeOf(world, 0));
    assert.deepEqual(await look(), []);
  });
});
