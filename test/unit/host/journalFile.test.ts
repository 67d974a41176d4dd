import assert from 'node:assert/strict';
import { appendFile, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { createJournalFile } from '../../../src/host/journalFile.ts';
import type { JournalChange, JournalEnd, JournalStart } from '../../../src/intune/journal.ts';

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

const idsOf = async (): Promise<readonly string[]> =>
  (await createJournalFile(folder, 'reader').read()).map(({ type, id }) => `${type} ${id}`);

describe('the journal on disk', () => {
  test('gives back what was appended, as it was', async () => {
    const journal = createJournalFile(folder, 'one');
    await journal.append([change, start('a')]);
    await journal.append([{ ...end('a'), additive: true }]);
    assert.deepEqual(await journal.read(), [change, start('a'), { ...end('a'), additive: true }]);
  });

  test('is empty where there is none', async () => {
    assert.deepEqual(await createJournalFile(folder, 'one').read(), []);
  });

  test('is for the user alone', { skip: process.platform === 'win32' ? 'Windows has no modes' : false }, async () => {
    await createJournalFile(folder, 'one').append([start('a')]);
    const [file = ''] = await readdir(folder);
    assert.equal((await stat(join(folder, file))).mode & 0o777, 0o600);
    assert.equal((await stat(folder)).mode & 0o777, 0o700);
  });

  test('of two windows is one, oldest first, in files of their own', async () => {
    const [one, two] = [createJournalFile(folder, 'one'), createJournalFile(folder, 'two')];
    await Promise.all([one.append([start('a', 1)]), two.append([start('b', 2)])]);
    await Promise.all([one.append([end('a', 4)]), two.append([end('b', 3)])]);
    assert.deepEqual(await idsOf(), ['start a', 'start b', 'end b', 'end a']);
    assert.equal((await readdir(folder)).length, 2);
  });

  test('keeps the order of a file in which the clock was put back', async () => {
    const [one, two] = [createJournalFile(folder, 'one'), createJournalFile(folder, 'two')];
    await one.append([start('a', 10)]);
    await one.append([end('a', 2)]);
    await two.append([start('b', 3), end('b', 12)]);
    assert.deepEqual(await idsOf(), ['start b', 'start a', 'end a', 'end b']);
  });

  test('keeps the order of appends that nobody waited for', async () => {
    const journal = createJournalFile(folder, 'one');
    await Promise.all(Array.from({ length: 20 }, (_, n) => journal.append([start(String(n))])));
    assert.deepEqual(
      await idsOf(),
      Array.from({ length: 20 }, (_, n) => `start ${n}`),
    );
  });

  test('ignores a last line that was torn, and the next append does not join it', async () => {
    const journal = createJournalFile(folder, 'one');
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
    const journal = createJournalFile(folder, 'one');
    await mkdir(join(folder, '..'), { recursive: true });
    await writeFile(folder, 'a file where the folder should be');
    await assert.rejects(journal.append([start('a')]));
    await rm(folder);
    await journal.append([start('b')]);
    assert.deepEqual(await idsOf(), ['start b']);
  });

  test('that cannot be read is an error and not an empty one', async () => {
    await mkdir(join(folder, '..'), { recursive: true });
    await writeFile(folder, 'a file where the folder should be');
    await assert.rejects(createJournalFile(folder, 'one').read());
  });
});
