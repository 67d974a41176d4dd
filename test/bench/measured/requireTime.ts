// How long it takes to load the bundle, next to a file that holds nothing, each time in a process of its own.
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { median } from '../metrics.ts';

export interface RequireTime {
  readonly runs: number;
  readonly bundleMs: number;
  readonly emptyMs: number;
}

// A `vscode` of which everything is there and nothing does anything: enough for a bundle to load.
const fakeVSCode = `
const anything = new Proxy(function () {}, {
  get: (_, key) => (key === Symbol.toPrimitive ? () => '' : anything),
  apply: () => anything,
  construct: () => ({}),
});
module.exports = anything;
`;

const child = `
const started = process.hrtime.bigint();
require(process.argv[2]);
process.stdout.write(String(Number(process.hrtime.bigint() - started) / 1e6));
`;

/** The medians of some runs, the bundle in `dist` and the empty file in turn. The first run of each only warms the disk's cache. */
export async function requireTime(dist: string, runs: number): Promise<RequireTime> {
  const folder = await mkdtemp(path.join(tmpdir(), 'intune-scripts-bench-'));
  try {
    const file = (name: string): string => path.join(folder, name);
    await mkdir(file('modules/vscode'), { recursive: true });
    await writeFile(file('modules/vscode/index.js'), fakeVSCode);
    await writeFile(file('empty.cjs'), '');
    await writeFile(file('child.cjs'), child);
    // A copy, because a build that runs meanwhile takes the bundle away for a moment.
    await cp(dist, file('dist'), { recursive: true });
    const env = { ...process.env, NODE_PATH: file('modules') };
    const time = async (name: string): Promise<number> =>
      Number((await promisify(execFile)(process.execPath, [file('child.cjs'), file(name)], { env })).stdout);
    const found = { bundle: [] as number[], empty: [] as number[] };
    for (let run = 0; run <= runs; run += 1) {
      const [bundleMs, emptyMs] = [await time('dist/extension.cjs'), await time('empty.cjs')];
      if (run === 0) continue;
      found.bundle.push(bundleMs);
      found.empty.push(emptyMs);
    }
    return { runs, bundleMs: median(found.bundle), emptyMs: median(found.empty) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
