// A process that changes many scripts as a window does, until it is killed. Its argument is a `Bulk` as JSON.
import { transientMemory } from '../../src/connections/memory.ts';
import { createGraphClient } from '../../src/graph/client.ts';
import { clouds } from '../../src/graph/clouds.ts';
import { systemClock } from '../../src/host/clock.ts';
import { addGroups } from '../../src/intune/plan/addTargets.ts';
import { propose } from '../../src/intune/plan/propose.ts';
import { createInventory } from '../../src/intune/read/inventory.ts';
import { writePlans } from '../../src/intune/write/write.ts';
import type { Bulk } from './bulk.ts';
import { openJournal } from './openJournal.ts';

const bulk = JSON.parse(process.argv[2] ?? '') as Bulk;

const orphaned = (): never => process.exit(1);
process.on('disconnect', orphaned);

/** Microsoft Graph is in the process that started this one. */
async function send(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const body = request.method === 'GET' ? null : await request.text();
  return fetch(`${bulk.url}${pathname}${search}`, { method: request.method, headers: request.headers, body, signal: request.signal });
}

const cloud = clouds.global;
const credential = { getToken: async () => ({ token: 'token', expiresOnTimestamp: Date.now() + 3_600_000 }) };
const client = createGraphClient({ cloud, credential, fetch: send, clock: systemClock });
const memory = transientMemory();
const journal = openJournal(bulk.folder);
const inventory = createInventory(client, memory);
const { key, account } = { key: 'global/tenant/account', account: 'ada@contoso.example' };
const connection = { key, sample: false, cloud, tenantId: 'tenant', tenantName: 'Contoso', account, client, memory, inventory };

const { plans, unreadable } = await propose(
  connection,
  { scripts: bulk.scripts, groups: [], changesFor: script => addGroups(script, [bulk.groupId]) },
  await journal.read(),
  systemClock,
);
process.send?.(unreadable.map(({ script }) => script.id));
const { writeMethod } = bulk;
const parts = { client, journal, memory, clock: systemClock, writeMethod, connection: key, account };
await writePlans(plans, { ...parts, newId: () => crypto.randomUUID(), report: error => console.error(error) });
process.off('disconnect', orphaned);
process.disconnect();
