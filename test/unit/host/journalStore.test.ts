import assert from 'node:assert/strict';
import { appendFile, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { type Disk, folderOnDisk } from '../../../src/host/disk.ts';
import { newWindowName } from '../../../src/host/windowName.ts';
import type { JournalChange, JournalEnd, JournalRecord, JournalStart } from '../../../src/intune/journal/journal.ts';
import { openJournal } from '../../killed/openJournal.ts';

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'journal-')), 'of', 'a connection');
});
afterEach(() => rm(join(folder, '..', '..'), { recursive: true, force: true }));

const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

const row = { target: { '@odata.type': '#microsoft.graph.allDevicesAssignmentTarget' } };

const start = (id: string, second = 0): JournalStart => ({
  type: 'start',
  id,
  changeId: 'change',
  at: at(second),
  connection: 'global/tenant/account',
  account: 'ada@contoso.example',
  script: { family: 'deviceHealthScripts', id: 'script', name: 'Größe "prüfen"\n' },
  before: [],
  after: [row],
});

const end = (id: string, second = 1): JournalEnd => ({ type: 'end', id, at: at(second), outcome: 'written' });

const change: JournalChange = {
  type: 'change',
  id: 'change',
  at: at(0),
  connection: 'global/tenant/account',
  account: 'ada@contoso.example',
  wanted: [
    {
      script: { family: 'deviceHealthScripts', id: 'script', name: 'Name' },
      changes: [
        { kind: 'add', assignment: row },
        { kind: 'remove', targetKey: 'group|x|' },
      ],
    },
  ],
  groupNames: { x: 'Group' },
  undoes: 'another',
};

/** A disk on which appends of ends, and of what is with them, fail after all of it was written. */
function failingDisk(): Disk & { fails: boolean } {
  const disk = folderOnDisk(folder);
  const failing = {
    ...disk,
    fails: true,
    async append(name: string, text: string): Promise<void> {
      await disk.append(name, text);
      if (failing.fails) throw new Error('The disk did not answer.');
    },
  };
  return failing;
}

const idsOf = async (): Promise<readonly string[]> => (await openJournal(folder, 'reader').read()).map(({ type, id }) => `${type} ${id}`);

describe('the journal on disk', () => {
  test('gives back what was appended, as it was', async () => {
    const journal = openJournal(folder, 'one');
    await journal.append([change, start('a')]);
    await journal.append([{ ...end('a'), additive: true }]);
    assert.deepEqual(await journal.read(), [change, start('a'), { ...end('a'), additive: true }]);
  });

  test('is empty where there is none', async () => {
    assert.deepEqual(await openJournal(folder, 'one').read(), []);
  });

  test('is for the user alone', { skip: process.platform === 'win32' ? 'Windows has no modes' : false }, async () => {
    await openJournal(folder, 'one').append([start('a')]);
    const [file = ''] = await readdir(folder);
    assert.equal((await stat(join(folder, file))).mode & 0o777, 0o600);
    assert.equal((await stat(folder)).mode & 0o777, 0o700);
  });

  test('of two windows is one, in the order in which it was written, in files of their own', async () => {
    const [one, two] = [openJournal(folder, 'one'), openJournal(folder, 'two')];
    await two.append([start('b')]);
    await one.append([start('a')]);
    await two.append([end('b')]);
    await one.append([end('a')]);
    assert.deepEqual(await idsOf(), ['start b', 'start a', 'end b', 'end a']);
    assert.equal((await readdir(folder)).length, 2);
  });

  test('keeps that order whatever is done to the clock', async () => {
    const [one, two] = [openJournal(folder, 'one'), openJournal(folder, 'two')];
    await one.append([start('a', 10)]);
    await two.append([start('b', 3), end('b', 12)]);
    await one.append([end('a', 2)]);
    assert.deepEqual(await idsOf(), ['start a', 'start b', 'end b', 'end a']);
  });

  test('of before its records had numbers comes first, by time, and that of one file in its order', async () => {
    await mkdir(folder, { recursive: true });
    const lines = (...records: readonly JournalRecord[]): string => records.map(one => `${JSON.stringify(one)}\n`).join('');
    await writeFile(join(folder, 'one.jsonl'), lines(start('a', 10), end('a', 2)));
    await writeFile(join(folder, 'two.jsonl'), lines(start('b', 3), end('b', 12)));
    await openJournal(folder, 'three').append([start('c', 1)]);
    assert.deepEqual(await idsOf(), ['start b', 'start a', 'end a', 'end b', 'start c']);
  });

  test('is read on from where it was read to, also while a line is being written', async () => {
    const read: number[] = [];
    const disk = folderOnDisk(folder);
    const spied = { ...disk, read: (name: string, from?: number) => disk.read(name, from).finally(() => read.push(from ?? 0)) };
    const [writer, reader] = [openJournal(folder, 'writer'), openJournal(folder, 'reader', { disk: spied })];
    await writer.append([start('a')]);
    const [line, rest] = [JSON.stringify({ ...start('ä'), n: 9 }).slice(0, 5), JSON.stringify({ ...start('ä'), n: 9 }).slice(5)];
    await appendFile(join(folder, 'writer.jsonl'), `\n${line}`);
    assert.deepEqual(
      (await reader.read()).map(({ id }) => id),
      ['a'],
    );
    await appendFile(join(folder, 'writer.jsonl'), `${rest}\n`);
    assert.deepEqual(
      (await reader.read()).map(({ id }) => id),
      ['a', 'ä'],
    );
    await reader.read();
    assert.equal(read.length, 2);
    assert.ok((read[1] ?? 0) > 0);
  });

  test('keeps the order of appends that nobody waited for', async () => {
    const journal = openJournal(folder, 'one');
    await Promise.all(Array.from({ length: 20 }, (_, n) => journal.append([start(String(n))])));
    assert.deepEqual(
      await idsOf(),
      Array.from({ length: 20 }, (_, n) => `start ${n}`),
    );
  });

  test('ignores a last line that was torn, and the next append does not join it', async () => {
    const journal = openJournal(folder, 'one');
    await journal.append([start('a')]);
    await appendFile(join(folder, 'one.jsonl'), JSON.stringify(start('torn')).slice(0, 60));
    assert.deepEqual(await idsOf(), ['start a']);
    await journal.append([start('b')]);
    assert.deepEqual(await idsOf(), ['start a', 'start b']);
  });

  test('ignores what is no record', async () => {
    await mkdir(folder, { recursive: true });
    const broken = [
      'null',
      '{}',
      'not JSON',
      JSON.stringify({ ...start('x'), after: [{ target: {} }] }),
      JSON.stringify({ ...start('x'), after: 'none' }),
      JSON.stringify({ ...start('x'), script: { family: 'apps', id: 'x', name: 'x' } }),
      JSON.stringify({ ...end('x'), outcome: 'perhaps' }),
      JSON.stringify({ ...change, wanted: [{ script: start('x').script, changes: [{ kind: 'add' }] }] }),
      JSON.stringify({ ...end('x'), at: 'yesterday' }),
    ];
    await writeFile(join(folder, 'one.jsonl'), [JSON.stringify(start('a')), ...broken, JSON.stringify(end('a')), ''].join('\n'));
    await writeFile(join(folder, 'notes.txt'), JSON.stringify(start('other')));
    assert.deepEqual(await idsOf(), ['start a', 'end a']);
  });

  test('says so when an append fails, and the next one works', async () => {
    const journal = openJournal(folder, 'one');
    await mkdir(join(folder, '..'), { recursive: true });
    await writeFile(folder, 'a file where the folder should be');
    await assert.rejects(journal.append([start('a')]));
    await rm(folder);
    await journal.append([start('b')]);
    assert.deepEqual(await idsOf(), ['start b']);
  });

  test('keeps an end that cannot be written, and writes it with what comes next', async () => {
    const disk = failingDisk();
    disk.fails = false;
    const journal = openJournal(folder, newWindowName(), { disk });
    await journal.append([start('a')]);
    await rm(folder, { recursive: true });
    await writeFile(folder, 'a file where the folder should be');
    await assert.rejects(journal.append([end('a')]));
    await rm(folder);
    await journal.append([start('b')]);
    assert.deepEqual(await idsOf(), ['end a', 'start b']);
  });

  test('writes an end that is owed also where nothing comes next', async () => {
    const disk = folderOnDisk(folder);
    let isFull = false;
    const append: Disk['append'] = async (name, text) => {
      if (isFull) throw new Error('The disk is full.');
      await disk.append(name, text);
    };
    const waits: (() => void)[] = [];
    const clock = { now: () => Date.now(), uptime: () => 1, sleep: () => new Promise<void>(resolve => waits.push(resolve)) };
    const journal = openJournal(folder, newWindowName(), { disk: { ...disk, append }, clock });
    await journal.append([start('a')]);
    isFull = true;
    await assert.rejects(journal.append([end('a')]));
    isFull = false;
    waits.shift()?.();
    // The next wait begins when what was owed is written, or it has ended with it.
    await journal.read();
    for (let turn = 0; turn < 200 && (await idsOf()).length < 2; turn += 1) await new Promise(resolve => setImmediate(resolve));
    assert.deepEqual(await idsOf(), ['start a', 'end a']);
  });

  test('keeps a request for approval with its end, for it has the only code', async () => {
    const disk = failingDisk();
    disk.fails = false;
    const journal = openJournal(folder, newWindowName(), { disk });
    await journal.append([start('a')]);
    await rm(folder, { recursive: true });
    await writeFile(folder, 'a file where the folder should be');
    const request = { type: 'approval', id: 'a', at: at(1), code: 'c', path: '/p', body: '{}' } as const;
    await assert.rejects(journal.append([request, { ...end('a'), outcome: 'pending' }]));
    await rm(folder);
    await journal.append([start('b')]);
    assert.deepEqual(await idsOf(), ['approval a', 'end a', 'start b']);
  });

  test('loses no record behind bytes that are no text', async () => {
    const [writer, reader] = [openJournal(folder, 'writer'), openJournal(folder, 'reader')];
    await writer.append([start('a')]);
    await appendFile(join(folder, 'writer.jsonl'), Buffer.from([0x0a, 0x7b, 0xc3, 0xc3, 0xff]));
    await writer.append([start('b')]);
    await reader.read();
    await writer.append([end('b'), end('a')]);
    for (const one of [writer, reader]) assert.equal((await one.read()).length, 4);
  });

  test('keeps its order whatever number a line claims', async () => {
    const journal = openJournal(folder, 'one');
    await journal.append([start('a')]);
    await appendFile(join(folder, 'one.jsonl'), `\n${JSON.stringify({ ...start('b'), n: Number.MAX_SAFE_INTEGER })}\n`);
    await appendFile(join(folder, 'one.jsonl'), `\n${JSON.stringify({ ...end('a'), n: 'none' })}\n`);
    await journal.append([end('b')]);
    assert.deepEqual(await idsOf(), ['start a', 'start b', 'end a', 'end b']);
  });

  test('passes over a folder that is called as a file of it', async () => {
    const journal = openJournal(folder, 'one');
    await journal.append([start('a')]);
    await mkdir(join(folder, 'x.jsonl'));
    assert.deepEqual(await idsOf(), ['start a']);
  });

  test('is worked on alone, whatever else is called as a lease', async () => {
    const journal = openJournal(folder, 'one');
    await journal.append([start('a')]);
    for (const name of ['lease-007', `lease-${Number.MAX_SAFE_INTEGER}`, 'lease-9007199254740993'])
      await writeFile(join(folder, name), 'released');
    for (const n of [1, 2]) assert.deepEqual(await journal.exclusively(async () => n), { value: n });
  });

  test('does not compare how long another computer runs', async () => {
    const isOurs = (name: string): boolean => name !== 'theirs';
    await openJournal(folder, 'theirs').append([{ ...start('a'), uptime: 5 }]);
    await openJournal(folder, 'ours').append([{ ...end('a'), uptime: 7 }]);
    assert.deepEqual(await openJournal(folder, 'ours', { isOurs }).read(), [start('a'), { ...end('a'), uptime: 7 }]);
  });

  test('says of nothing that it is being done whose start may not be on disk', async () => {
    const disk = failingDisk();
    const journal = openJournal(folder, newWindowName(), { disk });
    await assert.rejects(journal.append([start('a')]));
    await assert.rejects(journal.append([{ ...end('a'), outcome: 'failed' }]));
    assert.deepEqual([...(await journal.living())], []);
    disk.fails = false;
    await journal.append([start('b')]);
    assert.deepEqual([...(await openJournal(folder).living())], ['b']);
  });

  test('that cannot be read is an error and not an empty one', async () => {
    await mkdir(join(folder, '..'), { recursive: true });
    await writeFile(folder, 'a file where the folder should be');
    await assert.rejects(openJournal(folder, 'one').read());
  });
});
