// `npm run bench`: requests and time to a tree, to one assignment and to many, and to a group, next to how other tools ask for the same; size and load time.
import { parseArgs } from 'node:util';
import { type BulkResult, bulks } from './bulk.ts';
import { requireTime } from './measured/requireTime.ts';
import { dist, ensureBundle, sizes } from './measured/sizes.ts';
import { type AssignResult, assignments, coldTrees, type SearchResult, searches, type TreeResult } from './requests.ts';
import { table, times } from './table.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, latency: { type: 'string', default: '80' }, runs: { type: 'string', default: '15' } },
});
const [seed, latencyMs, runs] = [Number(values.seed), Number(values.latency), Number(values.runs)];
if (![seed, latencyMs, runs].every(value => Number.isInteger(value) && value > 0)) {
  console.error('Usage: npm run bench -- [--seed 1] [--latency 80] [--runs 15]; each takes a whole number above 0.');
  process.exit(2);
}

const sizesOfTenants = ['small', 'large'] as const;
const searchText = 'Finance';
const started = performance.now();
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
const say = (...lines: readonly string[]): void => console.log(lines.join('\n'));

const treeTable = (results: readonly TreeResult[]): string => {
  const [ours] = results;
  return table(
    ['', 'families', 'HTTP', '', 'in batches', 'round trips', 'first family', 'complete', ''],
    results.map(one => [
      one.name,
      one.families,
      one.http,
      times(one.http, ours?.http ?? 0),
      one.inBatches,
      one.roundTrips,
      seconds(one.firstMs),
      seconds(one.completeMs),
      times(one.completeMs, ours?.completeMs ?? 0),
    ]),
  );
};

const assignTable = (results: readonly AssignResult[]): string => {
  const [ours] = results;
  return table(
    ['', 'HTTP', '', 'in batches', 'HTTP until written', 'written', '', 'done'],
    results.map(one => [
      one.name,
      one.http,
      times(one.http, ours?.http ?? 0),
      one.inBatches,
      one.httpToWritten,
      seconds(one.writtenMs),
      times(one.writtenMs, ours?.writtenMs ?? 0),
      seconds(one.doneMs),
    ]),
  );
};

const bulkTable = (results: readonly BulkResult[]): string => {
  const [ours] = results;
  return table(
    ['', 'HTTP', '', 'in batches', 'written', '', 'lost', 'schedules', 'added meanwhile', 'of these lost', 'assigned'],
    results.map(one => [
      one.name,
      one.http,
      times(one.http, ours?.http ?? 0),
      one.inBatches,
      seconds(one.writtenMs),
      times(one.writtenMs, ours?.writtenMs ?? 0),
      one.lost,
      one.schedules,
      one.added,
      one.addedLost,
      `${one.assigned} of ${one.wanted}`,
    ]),
  );
};

const searchTable = (results: readonly SearchResult[]): string => {
  const [ours] = results;
  return table(
    ['', 'HTTP', '', 'in batches', 'time', ''],
    results.map(one => [
      one.name,
      one.http,
      times(one.http, ours?.http ?? 0),
      one.inBatches,
      seconds(one.ms),
      times(one.ms, ours?.ms ?? 0),
    ]),
  );
};

say(
  `Seed ${seed}. SIMULATED: ${latencyMs} ms for every request, a $batch included; computing and bandwidth cost nothing.`,
  'The sample tenant as harsh as it gets: 50 scripts and policies a page, 20 assignments a page, groups 100 a page unless asked for more (999),',
  'a $filter on policies that is ignored, a write that reads show after 3 s. × is the ratio to ours. Replays repeat the requests of other tools',
  'by their public sources; they are not those tools. The families that each shows differ, and only ours shows all 6.',
);

const trees: Record<string, readonly TreeResult[]> = {};
const assigned: Record<string, readonly AssignResult[]> = {};
const searched: Record<string, readonly SearchResult[]> = {};
for (const size of sizesOfTenants) {
  const options = { size, seed, latencyMs };
  trees[size] = await coldTrees(options);
  assigned[size] = await assignments(options);
  searched[size] = await searches(options, searchText);
  say(
    '',
    `COLD TREE, ${size} tenant: all scripts, their assignments and the names of their groups`,
    treeTable(trees[size]),
    '',
    `ASSIGN ONE SCRIPT TO ONE GROUP, ${size} tenant: ours also counts devices and users, reads again just before the write, and reads until it shows`,
    assignTable(assigned[size]),
    '',
    `FIND A GROUP, ${size} tenant: by “${searchText}”`,
    searchTable(searched[size]),
  );
}

const inBulk: { readonly family: string; readonly count: number; readonly results: readonly BulkResult[] }[] = [];
say(
  '',
  'BULKS, large tenant: alone, and five times while somebody else assigns one of the scripts every 200 ms. A script that ours finds changed is left',
  'as it is and told; what ours loses came in the gap between its last read and its write. “Schedules” are kept assignments whose schedule changed.',
);
for (const bulk of [
  { family: 'deviceManagementScripts', count: 20 },
  { family: 'deviceManagementScripts', count: 200 },
  { family: 'deviceHealthScripts', count: 20 },
  { family: 'deviceHealthScripts', count: 200 },
] as const) {
  const results = await bulks({ size: 'large', seed, latencyMs }, bulk);
  inBulk.push({ ...bulk, results });
  const what = bulk.family === 'deviceHealthScripts' ? 'REMEDIATIONS' : 'PLATFORM SCRIPTS';
  say('', `ASSIGN ${bulk.count} ${what} TO ONE GROUP`, bulkTable(results));
}

await ensureBundle();
const built = await sizes();
const load = await requireTime(dist, runs);
say(
  '',
  'MEASURED: what is built',
  table(
    ['', 'loads', 'bytes', 'gzipped'],
    built.map(({ name, when, bytes, gzipped }) => [name, when, bytes, gzipped]),
  ),
  '',
  `MEASURED on this machine: require() of the bundle with an empty fake of vscode, Node ${process.versions.node}, median of ${load.runs} processes`,
  table(
    ['', 'ms', ''],
    [
      ['dist/extension.cjs', load.bundleMs.toFixed(1), times(load.bundleMs, load.emptyMs)],
      ['an empty file', load.emptyMs.toFixed(1), times(load.emptyMs, load.emptyMs)],
    ],
  ),
  '',
  `MEASURED: the whole bench took ${seconds(performance.now() - started)}.`,
);
say(JSON.stringify({ bench: 'requests', seed, latencyMs, trees, assigned, inBulk, searched, built, load }));
