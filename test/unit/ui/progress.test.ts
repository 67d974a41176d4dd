import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withCancellableProgress } from '../../../src/ui/progress.ts';
import { type ShownNotification, showNotifications } from '../fakes/notifications.ts';
import { createFakeClock } from '../graph/fakeClock.ts';

const title = 'Reading assignments in Contoso';

/** Reads for so many milliseconds, or until it is cancelled. */
async function read(ms: number, told: (notification: ShownNotification) => void = () => undefined) {
  const clock = createFakeClock();
  const start = clock.now();
  const shown = showNotifications(told);
  const value = await withCancellableProgress(title, clock, async signal => {
    if (ms > 0) await clock.sleep(ms, signal);
    return 'read';
  });
  return { value, shown: shown.map(one => [one.title, one.open] as const), took: clock.now() - start };
}

test('what is quick shows no notification', async () => {
  assert.deepEqual(await read(0), { value: 'read', shown: [], took: 0 });
  assert.deepEqual(await read(900), { value: 'read', shown: [], took: 900 });
});

test('what takes longer than a second shows one, which closes with it', async () => {
  assert.deepEqual(await read(5_000), { value: 'read', shown: [[title, false]], took: 5_000 });
});

test('Cancel ends it at once, and it comes to nothing', async () => {
  assert.deepEqual(await read(5_000, one => one.cancel()), { value: undefined, shown: [[title, false]], took: 1_000 });
});

test('what is read in spite of Cancel comes to nothing', async () => {
  const clock = createFakeClock();
  showNotifications(one => one.cancel());
  const value = await withCancellableProgress(title, clock, async () => {
    await clock.sleep(5_000);
    return 'read';
  });
  assert.equal(value, undefined);
});

test('what fails is told, and shows nothing any more', async () => {
  const clock = createFakeClock();
  const shown = showNotifications(() => undefined);
  const failing = withCancellableProgress(title, clock, async () => {
    await clock.sleep(5_000);
    throw new Error('The journal cannot be read.');
  });
  await assert.rejects(failing, /The journal cannot be read/);
  assert.deepEqual(
    shown.map(({ open }) => open),
    [false],
  );
});

test('the name of a tenant becomes no link', async () => {
  const clock = createFakeClock();
  const shown = showNotifications(() => undefined);
  await withCancellableProgress('Reading assignments in [Contoso](command:x)', clock, () => clock.sleep(2_000));
  assert.doesNotMatch(shown[0]?.title ?? assert.fail(), /\]\(/);
});
