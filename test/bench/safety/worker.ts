// One thread that plays histories: gets the seed and number of some, answers what they came to.
import { parentPort } from 'node:worker_threads';
import { playMany } from './playMany.ts';

parentPort?.on('message', async ({ seed, count }: { readonly seed: number; readonly count: number }) => {
  parentPort?.postMessage(await playMany(seed, count));
});
