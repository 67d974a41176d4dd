import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { writeWithProgress } from '../../../../src/features/change/writeProgress.ts';
import type { Fault } from '../../../../src/sample/index.ts';
import { type ShownNotification, showNotifications } from '../../fakes/notifications.ts';
import { createWorld, groupNamed, hasGroup, isAssign, plansToAdd, told } from '../../intune/support.ts';

const options = { signal: new AbortController().signal, lookAgain: async () => () => undefined };

/** A bulk of platform scripts, and what its notification said. */
async function bulk(count: number, heard: (notification: ShownNotification) => void = () => undefined, faults: readonly Fault[] = []) {
  const world = createWorld({ size: 'large', parts: { writeMethod: 'assign' } });
  const group = groupNamed(world, 'HR Devices');
  const scripts = world.tenant.state.scripts.list('deviceManagementScripts').filter(script => !hasGroup(script, group));
  const plans = await plansToAdd(world, scripts.slice(0, count), group);
  world.tenant.behavior.faults.push(...faults);
  const start = world.clock.now();
  let lastWords = 0;
  const shown = showNotifications(notification => {
    lastWords = world.clock.now() - start;
    heard(notification);
  });
  const outcomes = await writeWithProgress(plans, world.parts, 'Contoso', options);
  assert.ok(!('refused' in outcomes));
  return { said: shown[0]?.messages ?? [], lastWords, kinds: outcomes.map(told), took: world.clock.now() - start };
}

describe('the notification of a bulk', () => {
  test('counts scripts as they are sent, and then says that it looks what became of them', async () => {
    const { said, lastWords, took } = await bulk(25);
    assert.equal(said.length, 26);
    assert.equal(said[0], '0 of 25');
    assert.match(said[24] ?? '', /^24 of 25: ./);
    assert.equal(said[25], '25 of 25: Checking…');
    assert.equal(lastWords, 0);
    assert.ok(took >= 3_000, 'reads show a write after three seconds');
  });

  test('says how long it waits where Microsoft Graph gets too many requests', async () => {
    const { said, kinds } = await bulk(1, undefined, [{ kind: 'throttle', retryAfter: '45', match: isAssign }]);
    assert.deepEqual(said, ['0 of 1', '0 of 1: Waiting 45 seconds, as Microsoft Graph asks', '1 of 1: Checking…']);
    assert.deepEqual(kinds, ['written, visible']);
  });

  test('has a Cancel that ends the looking: what was sent is told as written', async () => {
    const { kinds, took } = await bulk(2, one => {
      if (one.messages.at(-1)?.includes('Checking')) one.cancel();
    });
    assert.deepEqual(kinds, ['written, not visible', 'written, not visible']);
    assert.equal(took, 0);
  });
});
