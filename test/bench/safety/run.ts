// `npm run bench:safety`: random histories of changes by us and by others, with faults at every point. What is lost, and where.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { addFigures, allBreaches, figuresLine, gapAt, noFigures } from '../../histories/figures.ts';
import { type Played, playAgain } from './playMany.ts';

const { values } = parseArgs({
  options: {
    histories: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    threads: { type: 'string', default: String(availableParallelism()) },
    path: { type: 'string' },
  },
});
const [histories, seed, threads] = [Number(values.histories), Number(values.seed), Number(values.threads)];
if (![histories, threads].every(value => Number.isInteger(value) && value > 0) || !Number.isInteger(seed)) {
  console.error('Usage: npm run bench:safety -- [--histories 10000] [--seed n] [--threads n] [--path p]');
  process.exit(2);
}

/** Histories that a thread plays at a time; the seed of each such row is one more than of the one before. */
const rowLength = 500;
const progressMs = 10_000;
/** More broken promises than this are counted and not told. */
const mostTold = 25;

const figures = noFigures();
const started = performance.now();
let rows = 0;
let told = 0;
let lastProgress = started;

function take({ figures: added, failures }: Played): void {
  addFigures(figures, added);
  for (const failure of failures) {
    if (++told > mostTold) break;
    console.log(`${failure.text}\nAgain: npm run bench:safety -- --seed ${failure.seed} --path ${failure.path}`);
  }
  if (performance.now() - lastProgress < progressMs) return;
  lastProgress = performance.now();
  const perSecond = Math.round(figures.histories / ((lastProgress - started) / 1000));
  console.log(`${figures.histories.toLocaleString('en')} of ${histories.toLocaleString('en')}, ${perSecond} a second`);
}

/** The next row of histories, until there is none. */
function nextRow(): { readonly seed: number; readonly count: number } | undefined {
  const first = rows * rowLength;
  if (first >= histories) return undefined;
  rows += 1;
  return { seed: seed + rows - 1, count: Math.min(rowLength, histories - first) };
}

function work(): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const worker = new Worker(new URL('worker.ts', import.meta.url));
  const next = (): void => {
    const row = nextRow();
    if (row) worker.postMessage(row);
    else void worker.terminate().then(() => resolve());
  };
  worker.on('error', reject);
  worker.on('message', (played: Played) => {
    take(played);
    next();
  });
  next();
  return promise;
}

if (values.path !== undefined) {
  const failure = await playAgain(seed, values.path);
  console.log(failure ?? 'Every promise was kept.');
  process.exit(failure === undefined ? 0 : 1);
}

console.log(`Seed ${seed}. SIMULATED: the sample tenant in memory, in simulated time.`);
await Promise.all(Array.from({ length: threads }, work));
const took = ((performance.now() - started) / 1000).toFixed(1);
console.log(
  `MEASURED: ${took} s with ${threads} threads. The gap of sets of several pages in round trips: half ${gapAt(figures.longGaps, 0.5)}, 99 % ${gapAt(figures.longGaps, 0.99)}.`,
);
console.log(`Told: ${[...figures.told].map(([kind, times]) => `${times.toLocaleString('en')} ${kind}`).join(', ')}.`);
for (const [kind, times] of figures.breaches) console.log(`${kind}: ${times}`);
console.log(`${figuresLine(figures)}, seed ${seed}`);
process.exitCode = allBreaches(figures) > 0 ? 1 : 0;
