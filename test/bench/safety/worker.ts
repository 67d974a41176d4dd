// One thread that plays histories: gets the seed and number of some, answers what they came to.
import { parentPort } from 'node:worker_threads';
import { playMany } from './playMany.ts';

const play = async ({ seed, count }: { readonly seed: number; readonly count: number }): Promise<void> =>
  parentPort?.postMessage(await playMany(seed, count));

// What goes wrong ends the thread, and with it the run.
parentPort?.on('message', row => void play(row));
