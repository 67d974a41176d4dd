import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createInventoryLoader } from '../../../src/app/inventoryLoader.ts';
import { inventoryOf } from '../ui/sampleInventory.ts';

/** A connection whose reading ends when it is told to, or when it is aborted. */
function slow(key: string) {
  const ends: (() => void)[] = [];
  const signals: (AbortSignal | undefined)[] = [];
  const inventory = {
    ...inventoryOf({}),
    load: ({ signal }: { readonly signal?: AbortSignal } = {}) =>
      new Promise<void>((resolve, reject) => {
        signals.push(signal);
        ends.push(resolve);
        signal?.addEventListener('abort', () => reject(signal.reason));
      }),
  };
  return { connection: { key, inventory }, ends, signals };
}

test('a second refresh joins the first', async () => {
  const { connection, ends } = slow('a');
  const loader = createInventoryLoader(work => work());
  const both = Promise.all([loader.load(connection), loader.load(connection)]);
  assert.equal(ends.length, 1);
  ends[0]?.();
  await both;
  const again = loader.load(connection);
  assert.equal(ends.length, 2);
  ends[1]?.();
  await again;
});

test('another connection ends the reading of the first, without an error', async () => {
  const [one, two] = [slow('a'), slow('b')];
  const loader = createInventoryLoader(work => work());
  const first = loader.load(one.connection);
  const second = loader.load(two.connection);
  await first;
  assert.equal(one.signals[0]?.aborted, true);
  two.ends[0]?.();
  await second;
});

test('a defect is not swallowed', async () => {
  const inventory = { ...inventoryOf({}), load: async () => Promise.reject(new TypeError('x')) };
  await assert.rejects(createInventoryLoader(work => work()).load({ key: 'a', inventory }), TypeError);
});
