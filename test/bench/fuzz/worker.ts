// A thread that fuzzes readers: gets the number of one, answers what came of it, and counts its inputs where the other side sees it.
import { parentPort, workerData } from 'node:worker_threads';
import { targets } from '../../fuzz/targets.ts';
import type { Work } from './run.ts';

const { inputs, seed, path, count }: Work = workerData;

async function fuzz(index: number): Promise<void> {
  try {
    parentPort?.postMessage(await targets[index]?.fuzz({ inputs, seed, path, onInput: () => Atomics.add(count, 0, 1) }));
  } catch (error) {
    const { message, cause } = error instanceof Error ? error : new Error(String(error));
    parentPort?.postMessage({ failure: `${message}\n${cause instanceof Error ? cause.stack : ''}` });
  }
}

parentPort?.on('message', index => void fuzz(index));
