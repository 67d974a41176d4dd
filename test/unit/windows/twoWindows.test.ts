import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createJournalFile } from '../../../src/host/journalFile.ts';
import { pastChanges } from '../../../src/intune/history/pastChanges.ts';
import { readHistory } from '../../../src/intune/history/readHistory.ts';
import type { JournalStart } from '../../../src/intune/journal.ts';
import { createSampleTenant } from '../../../src/sample/index.ts';
import { readRequest, writeResponse } from '../../host/cloud/serveFetch.ts';

const tenant = createSampleTenant({ size: 'large', behavior: { writeLimit: 100_000, requestLimit: 100_000, assignmentLagMs: 0 } });
const scripts = tenant.state.scripts.list('deviceManagementScripts').map(({ id }) => id);
const groupId = (name: string): string => tenant.state.groups.byName(name)?.id ?? assert.fail(name);

/** What arrived, by the account that sent it: the scripts whose assignments were written. */
const written = new Map<string, string[]>([
  ['one', []],
  ['two', []],
]);
let onWrite: (account: string) => void = () => undefined;

async function note(request: Request): Promise<void> {
  const ids = [...(await request.text()).matchAll(/deviceManagementScripts\/([^/"]+)\/assign"/g)].map(([, id = '']) => id);
  const account = request.headers.get('authorization')?.replace('Bearer ', '') ?? '';
  written.get(account)?.push(...ids);
  if (ids.length > 0) onWrite(account);
}

const server = createServer((message, out) => {
  readRequest(message)
    .then(async ({ request }) => {
      const asked = new Request(request.url.replace(/^https:\/\/[^/]+/, 'https://graph.microsoft.com'), request);
      await note(asked.clone());
      await writeResponse(await tenant.handle(asked), out);
    })
    .catch(() => message.socket.destroy());
});

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
after(async () => {
  server.close();
  server.closeAllConnections();
  await rm(folder, { recursive: true, force: true });
});

/** A process that assigns scripts to a group. */
function openWindow(account: string, group: string, ids: readonly string[]): ChildProcess {
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  const file = fileURLToPath(new URL('./window.ts', import.meta.url));
  const child = spawn(process.execPath, [file, folder, `http://127.0.0.1:${address.port}`, account, groupId(group), ...ids], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return child;
}

test('of two windows that write at once, one of them killed, every write is in the journal once', async () => {
  const bulk = 100;
  const killed = openWindow('one', 'FIN Pilot', scripts.slice(0, bulk));
  const survivor = openWindow('two', 'Cloud PCs', scripts.slice(bulk / 2, bulk / 2 + bulk));
  const ends = [once(killed, 'exit'), once(survivor, 'exit')];
  let writes = 0;
  onWrite = account => {
    if (account === 'one') writes += 1;
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
