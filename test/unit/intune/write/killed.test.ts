import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { systemClock } from '../../../../src/host/clock.ts';
import type { PastChange } from '../../../../src/intune/history/pastChange.ts';
import type { WriteMethod } from '../../../../src/intune/write/route.ts';
import { createSampleTenant, type SampleScript, type SampleTenant } from '../../../../src/sample/index.ts';
import { pick } from '../../../../src/sample/random.ts';
import { type Attempt, assertAccountedFor, rowsNow } from '../../../killed/account.ts';
import { type BulkWindow, startBulk } from '../../../killed/bulk.ts';
import { killsWanted, seedWanted } from '../../../killed/kills.ts';
import { killAt, type Moment, momentOf, scriptsWritten } from '../../../killed/moment.ts';
import { openJournal } from '../../../killed/openJournal.ts';
import { type ServedTenant, serveTenant } from '../../../killed/serveTenant.ts';
import { refOf } from '../support.ts';

let root: string;
const closers: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'journal-'));
});
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
  await rm(root, { recursive: true, force: true });
});

/** A tenant whose writes show soon, for the windows live in real time. */
function newTenant(key: string): SampleTenant {
  const behavior = { assignmentLagMs: pick(`${key}/lag`, 2) * 200, collectionPost: pick(`${key}/collection`, 2) === 1 };
  return createSampleTenant({ size: 'large', clock: systemClock, behavior });
}

/** Some of each of the two large families. */
function someScripts({ state }: SampleTenant, key: string, count: number): readonly SampleScript[] {
  const remediations = pick(`${key}/remediations`, count / 2);
  return [
    ...state.scripts.list('deviceManagementScripts').slice(0, count - remediations),
    ...state.scripts.list('deviceHealthScripts').slice(0, remediations),
  ];
}

interface Playing extends Attempt {
  readonly window: BulkWindow;
  readonly served: ServedTenant;
}

interface Start {
  readonly tenant: SampleTenant;
  readonly folder: string;
  readonly scripts: readonly SampleScript[];
  readonly key: string;
  readonly moment?: Moment;
}

/** Starts a window that adds a group of its own to scripts; each write must be on disk before it comes. */
async function startWindow({ tenant, folder, scripts, key, moment }: Start): Promise<Playing> {
  const groupId = tenant.admin.addGroup({ displayName: `Ring ${key}` }).id;
  const arrived = new Set<string>();
  const unjournalled: string[] = [];
  let window: BulkWindow | undefined;
  const killer = moment && killAt(moment, tenant, async () => window?.kill());
  const journal = openJournal(folder, 'reader');
  const served = await serveTenant(tenant, async (request, body, serve) => {
    const ids = scriptsWritten(request, body);
    const records = ids.length > 0 ? await journal.read() : [];
    const mine = records.flatMap(one => (one.type === 'start' && JSON.stringify(one.after).includes(groupId) ? [one] : []));
    const started = mine.map(({ script }) => script.id);
    unjournalled.push(...ids.filter(id => !started.includes(id)));
    for (const id of ids) arrived.add(id);
    return killer ? killer(request, body, serve) : serve();
  });
  const methods: readonly WriteMethod[] = ['assign', 'auto'];
  const writeMethod = methods[pick(`${key}/method`, 2)] ?? 'auto';
  window = startBulk({ url: served.url, folder, scripts: scripts.map(refOf), groupId, writeMethod });
  closers.push(() => served.close(), window.kill);
  return { groupId, scripts, arrived, unread: window.unread, unjournalled, window, served };
}

async function ended({ window, served }: Playing, moment?: Moment): Promise<void> {
  if (moment?.kind === 'planned') {
    await window.planned;
    await systemClock.sleep(moment.ms);
    await window.kill();
  }
  await window.ended;
  await served.idle();
  const { signalCode, exitCode } = window.child;
  assert.ok(exitCode === 0 || (moment && signalCode === 'SIGKILL'), `it ended with ${exitCode ?? signalCode}`);
}

const counted = (changes: readonly PastChange[]): string => {
  const outcomes = changes.flatMap(({ writes }) => writes.map(({ outcome }) => outcome));
  return [...Map.groupBy(outcomes, outcome => outcome)].map(([outcome, some]) => `${some.length} ${outcome}`).join(', ');
};

/** Fails where a script lost a row that it had. */
function assertKept(scripts: readonly SampleScript[], before: readonly (readonly string[])[]): void {
  for (const [index, script] of scripts.entries()) {
    const now = new Set(rowsNow(script));
    assert.deepEqual(
      before[index]?.filter(row => !now.has(row)),
      [],
      script.id,
    );
  }
}

test('of a bulk of 200 whose process is killed, the journal accounts for every script', async t => {
  const seed = seedWanted();
  for (let round = 0; round < killsWanted(5); round += 1) {
    const key = `${seed}/${round}`;
    const folder = join(root, key);
    const tenant = newTenant(key);
    const scripts = someScripts(tenant, key, 200);
    const before = scripts.map(rowsNow);
    const moment = momentOf(key, 10);
    const playing = await startWindow({ tenant, folder, scripts, key, moment });
    await ended(playing, moment);
    const changes = await assertAccountedFor(folder, tenant, systemClock, [playing]);
    assertKept(scripts, before);
    t.diagnostic(`SEED=${seed}, kill ${round}: ${JSON.stringify(moment)}: ${counted(changes)}`);
  }
});

test('of two windows that change the same 100 scripts at once, one of them killed, nothing is lost or told wrong', async t => {
  const seed = seedWanted();
  for (let round = 0; round < killsWanted(2); round += 1) {
    const key = `${seed}/${round}/two`;
    const folder = join(root, key);
    const tenant = newTenant(key);
    const scripts = someScripts(tenant, key, 100);
    const before = scripts.map(rowsNow);
    const moment = momentOf(key, 5);
    const playing = await Promise.all([
      startWindow({ tenant, folder, scripts, key: `${key}/killed`, moment }),
      startWindow({ tenant, folder, scripts: scripts.toReversed(), key: `${key}/lives` }),
    ]);
    await Promise.all(playing.map((one, index) => ended(one, index === 0 ? moment : undefined)));
    const changes = await assertAccountedFor(folder, tenant, systemClock, playing);
    assertKept(scripts, before);
    t.diagnostic(`SEED=${seed}, kill ${round}: ${JSON.stringify(moment)}: ${counted(changes)}`);
  }
});
