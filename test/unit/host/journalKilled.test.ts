import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseLine } from '../../../src/host/journalSchema.ts';
import { pick } from '../../../src/sample/random.ts';
import { killsWanted, seedWanted } from '../../killed/kills.ts';
import { openJournal } from '../../killed/openJournal.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Appending {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
  /** Records that were acknowledged. */
  acknowledged: number;
}

function startAppending(name: string, appends: number): Appending {
  const file = fileURLToPath(new URL('../../killed/appendingWindow.ts', import.meta.url));
  const child = fork(file, [folder, name, String(appends)], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const window: Appending = { child, ended: once(child, 'close'), acknowledged: 0 };
  child.on('message', made => {
    window.acknowledged = Number(made);
  });
  return window;
}

/** The records of a window, as the numbers in their ids. */
async function recordsOf(name: string): Promise<readonly number[]> {
  const records = await openJournal(folder).read();
  return records.flatMap(({ id }) => (id.startsWith(`${name}-`) ? [Number(id.slice(name.length + 1))] : []));
}

/** Resolves as soon as the journal has so many bytes while a window writes: in the middle of an append, as it comes. */
async function sizeReached(bytes: number, { child }: Appending): Promise<void> {
  while (child.exitCode === null) {
    const files = await readdir(folder).catch(() => []);
    const sizes = await Promise.all(files.map(async file => (await stat(join(folder, file))).size));
    if (sizes.reduce((sum, size) => sum + size, 0) > bytes) return;
  }
}

async function tornLines(): Promise<number> {
  const files = await Promise.all((await readdir(folder)).map(file => readFile(join(folder, file), 'utf8')));
  return files.flatMap(text => text.split('\n')).filter(line => line !== '' && !parseLine(line)).length;
}

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n);

test('of two windows that write at once, one of them killed, each record is in the journal once', async t => {
  const seed = seedWanted();
  t.diagnostic(`SEED=${seed}`);
  let torn = 0;
  for (let round = 0; round < killsWanted(4); round += 1) {
    await rm(folder, { recursive: true, force: true });
    const killed = startAppending('killed', 20);
    const lives = startAppending('lives', 5);
    await sizeReached(pick(`${seed}/${round}`, 3_000_000), killed);
    killed.child.kill('SIGKILL');
    const acknowledged = lives.acknowledged;
    assert.ok((await recordsOf('lives')).length >= acknowledged, 'what lives can be read while it writes');
    await Promise.all([killed.ended, lives.ended]);
    assert.equal(lives.child.exitCode, 0);
    torn += await tornLines();
    assert.deepEqual(await recordsOf('lives'), numbers(lives.acknowledged), `the window that lives, in round ${round}`);
    const left = await recordsOf('killed');
    assert.deepEqual(left, numbers(left.length), `the window that was killed, in round ${round}`);
    assert.ok(left.length >= killed.acknowledged, `what was acknowledged is there, in round ${round}`);
    assert.deepEqual([...(await openJournal(folder).living())], [], 'both have ended');
  }
  t.diagnostic(`${torn} records torn`);
});
