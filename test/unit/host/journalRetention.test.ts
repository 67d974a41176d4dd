import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { folderOnDisk } from '../../../src/host/disk.ts';
import { journalLimits } from '../../../src/host/journalRetention.ts';
import { renewEvery } from '../../../src/host/lease.ts';
import { mayLive, newWindowName } from '../../../src/host/windowName.ts';
import { pastChanges } from '../../../src/intune/history/pastChanges.ts';
import type { JournalChange, JournalEnd, JournalRecord, JournalStart } from '../../../src/intune/journal/journal.ts';
import { openJournal } from '../../killed/openJournal.ts';
import { FakeClock } from '../auth/fakes.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const now = Date.UTC(2026, 5, 1);
const at = (daysAgo: number): string => new Date(now - daysAgo * 24 * 3_600_000).toISOString();
const common = { connection: 'c', account: 'ada@contoso.example' };

const change = (id: string, daysAgo: number): JournalChange => ({ type: 'change', id, at: at(daysAgo), ...common, wanted: [] });
const start = (id: string, daysAgo: number): JournalStart => ({
  type: 'start',
  id,
  changeId: `change of ${id}`,
  at: at(daysAgo),
  ...common,
  script: { family: 'deviceManagementScripts', id, name: id },
  before: [],
  after: [],
});
const end = (id: string, daysAgo: number, outcome: JournalEnd['outcome'] = 'written'): JournalEnd => ({
  type: 'end',
  id,
  at: at(daysAgo),
  outcome,
});
const whole = (id: string, daysAgo: number): readonly JournalRecord[] => [
  change(`change of ${id}`, daysAgo),
  start(id, daysAgo),
  end(id, daysAgo),
];

/** The name of a window whose process has ended. */
async function deadWindow(): Promise<string> {
  const child = spawn(process.execPath, ['--eval', ''], { stdio: 'ignore' });
  await once(child, 'exit');
  return newWindowName().replace(`-${process.pid}-`, `-${child.pid}-`);
}

async function written(records: readonly JournalRecord[], window: string): Promise<void> {
  await openJournal(folder, window).append(records);
}

const left = async (): Promise<readonly string[]> =>
  (await openJournal(folder, 'reader').read()).map(({ type, id }) => `${type} ${id}`).toSorted();

const forget = (size = journalLimits.size): Promise<void> =>
  openJournal(folder, newWindowName(), { limits: { ...journalLimits, size } }).forgetOld(now);

describe('what a journal forgets', () => {
  test('is what is older than 90 days: first starts, then the ends that have none', async () => {
    await written([...whole('old', 91), ...whole('new', 89)], await deadWindow());
    await forget();
    assert.deepEqual(await left(), ['change change of new', 'end new', 'end old', 'start new']);
    await forget();
    assert.deepEqual(await left(), ['change change of new', 'end new', 'start new']);
  });

  test('is the oldest where it is too large, and a file of which nothing is left', async () => {
    await written(whole('old', 3), await deadWindow());
    await written(whole('new', 1), await deadWindow());
    await forget(700);
    await forget(700);
    assert.deepEqual(await left(), ['change change of new', 'end new', 'start new']);
    assert.equal((await readdir(folder)).length, 1);
  });

  test('is nothing that is not settled, however old and large', async () => {
    const window = await deadWindow();
    await written([change('change of open', 400), start('open', 400)], window);
    await written([start('lost', 400), end('lost', 400, 'unknown')], window);
    await forget(0);
    assert.deepEqual(await left(), ['change change of open', 'end lost', 'start lost', 'start open']);
  });

  test('is nothing that a newer version wrote, but what is no record at all', async () => {
    const name = await deadWindow();
    const newer = JSON.stringify({ type: 'start', id: 'x', of: 'a newer version' });
    await writeFile(join(folder, `${name}.jsonl`), `\n${newer}\n\n{"type":"star\n`);
    await openJournal(folder).forgetOld(now);
    assert.equal((await readFile(join(folder, `${name}.jsonl`), 'utf8')).trim(), newer);
  });

  test('is a request for approval, with all that it was about, once its start is gone', async () => {
    const request: JournalRecord = { type: 'approval', id: 'old', at: at(91), code: 'c', path: '/', body: '{}' };
    await written([change('change of old', 91), start('old', 91), request, end('old', 91, 'pending'), end('old', 91)], await deadWindow());
    await forget();
    await forget();
    assert.deepEqual(await left(), []);
  });

  test('is nothing of a window that lives, and no end whose start another file has', async () => {
    await written([start('old', 200)], newWindowName());
    await written([end('old', 200)], await deadWindow());
    await forget(0);
    assert.deepEqual(await left(), ['end old', 'start old']);
  });

  test('can be read while it is forgotten', async () => {
    for (let n = 0; n < 10; n += 1) await written(whole(`old ${n}`, 100), await deadWindow());
    const reader = openJournal(folder, 'reader');
    const forgetting = forget().then(() => forget());
    for (let n = 0; n < 10; n += 1) await reader.read();
    await forgetting;
    assert.deepEqual(await left(), []);
  });
});

describe('a window', () => {
  test('lives as long as its process', async () => {
    assert.equal(mayLive(newWindowName()), true);
    assert.equal(mayLive(await deadWindow()), false);
  });

  test('of another machine is at work while it gives signs of life', async () => {
    const foreign = '00000000-1-x';
    await written([start('theirs', 0)], foreign);
    assert.deepEqual([...(await openJournal(folder).living())], ['theirs']);
    const longAgo = new Date(Date.now() - 10 * 60_000);
    await utimes(join(folder, `${foreign}.jsonl`), longAgo, longAgo);
    assert.deepEqual([...(await openJournal(folder).living())], []);
  });

  test('whose number another process has by now is not taken to live for long', async () => {
    const reused = `${newWindowName()}-of-before-the-restart`;
    await written([start('theirs', 0)], reused);
    const longAgo = new Date(Date.now() - 10 * 60_000);
    await utimes(join(folder, `${reused}.jsonl`), longAgo, longAgo);
    assert.deepEqual([...(await openJournal(folder).living())], []);
  });

  test('at work gives signs of life, and no more when it is done', async () => {
    const clock = new FakeClock();
    const touched: string[] = [];
    const disk = { ...folderOnDisk(folder), touch: async (name: string) => void touched.push(name) };
    const window = newWindowName();
    const journal = openJournal(folder, window, { clock, disk });
    await journal.append([start('a', 0)]);
    for (const ms of [renewEvery, renewEvery]) await clock.pass(ms);
    await journal.append([end('a', 0)]);
    await clock.pass(10 * renewEvery);
    assert.deepEqual(touched, [`${window}.jsonl`, `${window}.jsonl`]);
  });

  test('tells which starts are of windows that live', async () => {
    await written([start('mine', 0)], newWindowName());
    await written([start('dead', 0)], await deadWindow());
    assert.deepEqual([...(await openJournal(folder).living())], ['mine']);
  });

  test('tells what is being finished by windows that live, whoever started it', async () => {
    const [dead, lives] = [await deadWindow(), newWindowName()];
    await written([start('a', 0), start('b', 0)], dead);
    // This window has tried the other one too, before, and it waited again then.
    await written([{ ...end('b', 0, 'unknown'), finishing: true }, end('b', 0, 'pending')], lives);
    await written([{ ...end('b', 0, 'unknown'), finishing: true }], dead);
    await written([{ ...end('a', 0, 'unknown'), finishing: true }], lives);
    const journal = openJournal(folder);
    const outcomes = pastChanges(await journal.read(), await journal.living()).flatMap(({ writes }) =>
      writes.map(({ script: { id }, outcome }) => `${id} ${outcome}`),
    );
    assert.deepEqual(outcomes.toSorted(), ['a running', 'b unsettled']);
  });
});

describe('work of one window at a time', () => {
  const journal = (window: string) => openJournal(folder, window);

  test('is refused while another window is at it, and done after that', async () => {
    const [one, two] = [journal(newWindowName()), journal(newWindowName())];
    const inside = await one.exclusively(() => two.exclusively(async () => 'both'));
    assert.deepEqual(inside, { value: undefined });
    assert.deepEqual(await two.exclusively(async () => 'done'), { value: 'done' });
    assert.deepEqual(await one.exclusively(async () => 'again'), { value: 'again' });
  });

  test('is given back when it fails', async () => {
    const one = journal(newWindowName());
    await assert.rejects(one.exclusively(() => Promise.reject(new Error('no'))));
    assert.deepEqual(await one.exclusively(async () => 1), { value: 1 });
  });

  test('of a window that died is taken over at once', async () => {
    await writeFile(join(folder, 'lease-7'), await deadWindow());
    assert.deepEqual(await journal(newWindowName()).exclusively(async () => 1), { value: 1 });
    assert.deepEqual(await readdir(folder), ['lease-8']);
  });

  test('of a window of another machine is taken over after some minutes without a sign of life', async () => {
    const file = join(folder, 'lease-1');
    await writeFile(file, '00000000-1-x');
    assert.equal(await journal(newWindowName()).exclusively(async () => 1), undefined);
    const longAgo = new Date(Date.now() - 10 * 60_000);
    await utimes(file, longAgo, longAgo);
    assert.deepEqual(await journal(newWindowName()).exclusively(async () => 1), { value: 1 });
  });

  test('is done by one of many that begin at once', async () => {
    await writeFile(join(folder, 'lease-3'), await deadWindow());
    let inside = 0;
    const work = async (): Promise<number> => {
      inside += 1;
      const most = inside;
      await new Promise(resolve => setImmediate(resolve));
      inside -= 1;
      return most;
    };
    const done = await Promise.all(Array.from({ length: 12 }, () => journal(newWindowName()).exclusively(work)));
    assert.ok(done.some(one => one !== undefined));
    for (const one of done) assert.ok(one === undefined || one.value === 1);
  });
});
