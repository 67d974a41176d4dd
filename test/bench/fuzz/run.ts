// `npm run bench:fuzz`: every reader of outside data, with inputs that are nearly right or not at all.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { Figures } from '../../fuzz/target.ts';
import { targets } from '../../fuzz/targets.ts';

/** What a thread is told once. */
export interface Work {
  readonly inputs: number;
  readonly seed: number;
  readonly path: string | undefined;
  /** Of the inputs that were read. */
  readonly count: Int32Array;
}

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    threads: { type: 'string', default: String(availableParallelism()) },
    only: { type: 'string', default: '' },
    path: { type: 'string' },
  },
});
const [inputs, seed, threads] = [Number(values.inputs), Number(values.seed), Number(values.threads)];
if (![inputs, threads].every(value => Number.isInteger(value) && value > 0) || !Number.isInteger(seed)) {
  console.error('Usage: npm run bench:fuzz -- [--inputs 100000] [--seed n] [--threads n] [--only "part of a name"] [--path p]');
  process.exit(2);
}

/** One input takes a few milliseconds, so that nothing in this time, in milliseconds, is a hang. */
const hang = 120_000;

const waiting = [...targets.keys()].filter(index => targets[index]?.name.includes(values.only));
const readers = waiting.length;
let [all, refused, slowest, failures] = [0, 0, 0, 0];

function take(name: string, told: Figures | { readonly failure: string }): void {
  if ('failure' in told) {
    failures += 1;
    console.log(`FAILED ${name}\n${told.failure}\nAgain: npm run bench:fuzz -- --inputs ${inputs} --seed ${seed} --only "${name}"`);
    return;
  }
  all += told.inputs;
  refused += told.refused;
  slowest = Math.max(slowest, told.slowest);
  console.log(
    `${name}: ${told.inputs.toLocaleString('en')}, ${told.refused.toLocaleString('en')} refused, slowest ${told.slowest.toFixed(0)} ms`,
  );
}

/** Has one thread read until there is nothing left. One that hangs is ended, and the next reader gets another. */
async function work(): Promise<void> {
  for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
    const name = targets[index]?.name ?? '';
    const count = new Int32Array(new SharedArrayBuffer(4));
    const worker = new Worker(new URL('worker.ts', import.meta.url), {
      workerData: { inputs, seed, path: values.path, count } satisfies Work,
    });
    const { promise, resolve } = Promise.withResolvers<Figures | { readonly failure: string }>();
    let [last, since] = [-1, performance.now()];
    const watch = setInterval(() => {
      const now = Atomics.load(count, 0);
      if (now !== last) [last, since] = [now, performance.now()];
      else if (performance.now() - since > hang) resolve({ failure: `Hangs at input ${now}.` });
    }, 1_000);
    worker.on('message', resolve);
    worker.on('error', error => resolve({ failure: error.message }));
    worker.postMessage(index);
    take(name, await promise);
    clearInterval(watch);
    await worker.terminate();
  }
}

console.log(`Seed ${seed}. ${readers} readers, ${inputs.toLocaleString('en')} inputs each.`);
const started = performance.now();
await Promise.all(Array.from({ length: threads }, work));
const took = ((performance.now() - started) / 1000).toFixed(0);
console.log(
  `${readers} readers, ${all.toLocaleString('en')} inputs, ${refused.toLocaleString('en')} refused, ${failures} failures, slowest ${slowest.toFixed(0)} ms, ${took} s, seed ${seed}`,
);
process.exitCode = failures > 0 ? 1 : 0;
