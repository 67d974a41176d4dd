import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '../../../src/host/clock.ts';

test('the real clock tells the time in milliseconds', t => {
  t.mock.timers.enable({ apis: ['Date'], now: 5 });
  assert.equal(systemClock.now(), 5);
});

test('a sleep ends after its time', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const slept = systemClock.sleep(1_000, new AbortController().signal);
  t.mock.timers.tick(1_000);
  await slept;
});

test('a sleep ends with the reason of its signal, before and meanwhile', async () => {
  await assert.rejects(systemClock.sleep(1, AbortSignal.abort(new Error('before'))), /before/);
  const controller = new AbortController();
  const slept = systemClock.sleep(3_600_000, controller.signal);
  controller.abort(new Error('meanwhile'));
  await assert.rejects(slept, /meanwhile/);
});
