// What `npm run …` runs. A step is a script for Node 24 with its arguments; a task is its steps in order.
import { readdirSync } from 'node:fs';
import { inRoot, vsix } from './paths.mjs';

const script = (...parts) => inRoot('test', ...parts);
const tool = (...parts) => inRoot('node_modules', ...parts);

/** Node's own test runner: readable on the screen, and counted in a file. */
const nodeTests = (name, files, ...flags) => ({
  name,
  counts: inRoot('test-results', `${name}.json`),
  args: [
    '--test',
    ...flags,
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-reporter=${new URL('countReporter.mjs', import.meta.url).href}`,
    `--test-reporter-destination=${inRoot('test-results', `${name}.json`)}`,
  ],
  // Extra arguments are files or flags of the runner; without a file all tests run.
  files,
});

const types = { name: 'types', args: [tool('typescript', 'bin', 'tsc'), '-p', inRoot()] };
/** The tests look into browsers; the sources know none. */
const sourceTypes = { name: 'types of the sources', args: [tool('typescript', 'bin', 'tsc'), '-p', inRoot('src')] };
const lint = { name: 'lint and format', args: [tool('@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings', inRoot()] };
/** A promise that nobody waits for: Biome's own rule misses every `Thenable` of VS Code. */
const promises = { name: 'promises', args: [tool('oxlint', 'bin', 'oxlint'), '--type-aware', inRoot('src'), inRoot('test')] };
const layers = {
  name: 'layers',
  args: [tool('dependency-cruiser', 'bin', 'dependency-cruise.mjs'), 'src', '--config', inRoot('.dependency-cruiser.json')],
  // Where it cannot read TypeScript, it finds no modules, and no fault.
  mustSay: /\((1[5-9]\d|[2-9]\d\d|\d{4,}) modules/,
};
const unused = { name: 'unused', args: [tool('knip', 'bin', 'knip.js')] };
const checks = [types, sourceTypes, lint, promises, layers, unused];
const build = { name: 'build', args: [inRoot('esbuild.js')] };
const pack = {
  name: 'package',
  args: [tool('@vscode', 'vsce', 'vsce'), 'package', '--no-dependencies', '--out', vsix],
  // vsce warns about what the Marketplace would show badly, and ends with 0 all the same.
  mustNotSay: /\bWARNING\b/,
};
// The extension's own modules import `vscode`, which exists only inside VS Code.
const fakes = new URL('../../unit/fakes/register.ts', import.meta.url).href;
const unitTests = 'test/unit/**/*.test.ts';
const unit = nodeTests('unit', [unitTests], '--test-concurrency=2', '--import', fakes);
/** Random histories, fuzz and killed processes take as long as all others together, or longer. */
const slow = /\b(histories|fuzz|killed|journalKilled)\.test\.ts$/;
const quick = nodeTests(
  'quick',
  readdirSync(script('unit'), { recursive: true }).flatMap(name =>
    name.endsWith('.test.ts') && !slow.test(name) ? [script('unit', name)] : [],
  ),
  '--test-concurrency=2',
  '--import',
  fakes,
);
const integration = { name: 'integration', args: [script('integration', 'run.ts')], counts: inRoot('test-results', 'integration.json') };
// Two files at a time: each drives a VS Code and a browser of its own, which wait for one another more than they work.
const e2e = nodeTests('e2e', ['test/e2e/**/*.test.ts'], '--test-concurrency=2');
const desktop = { name: 'desktop', args: [script('host', 'desktop', 'runDesktopTests.ts')] };
const start = { name: 'start', args: [script('host', 'start', 'start.ts')] };
const bench = { name: 'bench', args: [script('bench', 'run.ts')] };
const benchSafety = { name: 'bench:safety', args: [script('bench', 'safety', 'run.ts')] };

const benchFuzz = { name: 'bench:fuzz', args: ['--import', fakes, script('bench', 'fuzz', 'run.ts')] };

/** The tasks by name. Arguments of the command line go to the last step. */
export const tasks = {
  check: checks,
  quick: [types, lint, quick],
  unit: [build, unit],
  integration: [build, integration],
  e2e: [pack, e2e],
  desktop: [build, desktop],
  package: [pack],
  bench: [bench],
  'bench:safety': [benchSafety],
  'bench:fuzz': [benchFuzz],
  start: [pack, start],
  test: [...checks, pack, unit, integration, e2e],
};
