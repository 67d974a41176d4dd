import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createJournalFile } from '../../../src/host/journalFile.ts';
import { pastChanges } from '../../../src/intune/history/pastChanges.ts';
import { readHistory } from '../../../src/intune/history/readHistory.ts';
import type { JournalStart } from '../../../src/intune/journal.ts';
import { startWindowService, type WindowService, writtenBy } from './service.ts';

let service: WindowService;
let folder: string;
before(async () => {
  service = await startWindowService();
  folder = await mkdtemp(join(tmpdir(), 'journal-'));
});
after(async () => {
  service.close();
  await rm(folder, { recursive: true, force: true });
});

test('of two windows that write at once, one of them killed, every write is in the journal once', async () => {
  const bulk = 100;
  const { scripts, groupId } = service;
  const killed = service.openWindow(folder, 'one', groupId('FIN Pilot'), scripts.slice(0, bulk));
  const survivor = service.openWindow(folder, 'two', groupId('Cloud PCs'), scripts.slice(bulk / 2, bulk / 2 + bulk));
  const ends = [once(killed, 'exit'), once(survivor, 'exit')];
  let writes = 0;
  /** What arrived, by the account that sent it. */
  const written = new Map<string, string[]>([
    ['one', []],
    ['two', []],
  ]);
  service.around = (request, text, done) => {
    const account = request.headers.get('authorization')?.replace('Bearer ', '') ?? '';
    const ids = done ? [] : writtenBy(text);
    written.get(account)?.push(...ids);
    if (account === 'one' && ids.length > 0) writes += 1;
    if (writes === 3) killed.kill('SIGKILL');
  };
  const [first, second] = await Promise.all(ends);
  assert.deepEqual(first, [null, 'SIGKILL']);
  assert.deepEqual(second, [0, null]);

  const journal = createJournalFile(folder, 'reader');
  const records = await journal.read();
  const starts = records.filter((record): record is JournalStart => record.type === 'start');
  assert.equal(new Set(starts.map(({ id }) => id)).size, starts.length);
  for (const account of ['one', 'two']) {
    const begun = starts.filter(start => start.account === account).map(({ script }) => script.id);
    assert.equal(new Set(begun).size, begun.length);
    const sent = written.get(account) ?? [];
    assert.ok(sent.length > 0);
    assert.equal(new Set(sent).size, sent.length);
    assert.deepEqual(
      sent.filter(id => !begun.includes(id)),
      [],
    );
  }

  const [one, two] = ['one', 'two'].map(account => pastChanges(records).find(change => change.account === account));
  assert.equal(one?.writes.length, bulk);
  assert.equal(two?.writes.length, bulk);
  assert.deepEqual(
    two.writes.filter(({ outcome }) => outcome === 'unsettled' || outcome === 'notStarted'),
    [],
  );
  // What the one that was killed had sent and not seen is open, for it lives no more.
  const open = (await readHistory(journal)).flatMap(({ account, writes: all }) =>
    all.filter(({ outcome }) => outcome === 'unsettled').map(() => account),
  );
  assert.deepEqual([...new Set(open)], ['one']);
});
