import assert from 'node:assert/strict';
import type { Clock } from '../../src/base/clock.ts';
import { createGraphClient } from '../../src/graph/client.ts';
import { clouds } from '../../src/graph/clouds.ts';
import { isUnsettled, isWritten, type PastChange } from '../../src/intune/history/pastChange.ts';
import { pastChanges } from '../../src/intune/history/pastChanges.ts';
import { resolveInterrupted } from '../../src/intune/history/recovery.ts';
import type { JournalRecord } from '../../src/intune/journal/journal.ts';
import { knownWrites } from '../../src/intune/journal/knownWrites.ts';
import { targetFromWire } from '../../src/intune/model/target.ts';
import { rowsOf, type SampleScript, type SampleTenant } from '../../src/sample/index.ts';
import { openJournal } from './openJournal.ts';

/** What a script is assigned to in truth; flags of remediations apart, of which the service does not tell. */
export const rowsNow = (script: SampleScript): readonly string[] =>
  rowsOf(script).map(({ target, runSchedule }) =>
    JSON.stringify([targetFromWire(target), runSchedule])
      .toLowerCase()
      .replace(/\.0+"/g, '"'),
  );

const hasGroup = (script: SampleScript, groupId: string): boolean =>
  rowsOf(script).some(({ target }) => targetFromWire(target).groupId === groupId.toLowerCase());

/** What one window was to do, and what the service got of it. */
export interface Attempt {
  readonly groupId: string;
  readonly scripts: readonly SampleScript[];
  /** Scripts whose write reached the service, and those of them that were not on disk by then. */
  readonly arrived: ReadonlySet<string>;
  /** Scripts that it made no plan for: they are in no journal, and it wrote none of them. */
  readonly unread: ReadonlySet<string>;
  readonly unjournalled: readonly string[];
}

const addsGroup = ({ writes }: PastChange, groupId: string): boolean =>
  writes.some(({ wanted }) => wanted.some(change => change.kind === 'add' && change.assignment.target.groupId === groupId.toLowerCase()));

/** Holds what the journal says of each script against what is there. */
function compare(changes: readonly PastChange[], { groupId, scripts, arrived, unread, unjournalled }: Attempt): PastChange | undefined {
  assert.deepEqual(unjournalled, [], 'every write is on disk before it is sent');
  const [change, ...others] = changes.filter(one => addsGroup(one, groupId));
  assert.equal(others.length, 0, 'the change is in the journal once');
  const told = new Map(change?.writes.map(write => [write.script.id, write]));
  assert.equal(told.size, change?.writes.length ?? 0, 'each script is in it once');
  assert.equal(told.size, change ? scripts.length - unread.size : 0, 'every script that was planned is in it');
  for (const script of scripts) {
    const write = told.get(script.id);
    const landed = hasGroup(script, groupId);
    const where = `${script.id}: ${write?.outcome ?? 'not in the journal'}, ${landed ? 'is' : 'is not'} there`;
    if (write) assert.notEqual(write.outcome, 'running', where);
    if (!write || write.outcome === 'notStarted') assert.ok(!landed && !arrived.has(script.id), where);
    else if (write.outcome === 'undecided') assert.fail(where);
    else if (!isUnsettled(write)) assert.equal(landed, isWritten(write), where);
  }
  return change;
}

/** Each id once, however many windows wrote. */
function assertOnce(records: readonly JournalRecord[]): void {
  for (const type of ['change', 'start', 'end'] as const) {
    const ids = records.flatMap(record => (record.type === type ? [record.id] : []));
    assert.equal(new Set(ids).size, ids.length, `each ${type} is in the journal once`);
  }
}

/** By far longer than a write may be hidden. */
const later = 30 * 60_000;

/** After windows were killed: the journal accounts for every script of every attempt, at once, and for certain after reading. */
export async function assertAccountedFor(
  folder: string,
  tenant: SampleTenant,
  clock: Clock,
  attempts: readonly Attempt[],
): Promise<readonly PastChange[]> {
  const journal = openJournal(folder);
  const client = createGraphClient({
    cloud: clouds.global,
    credential: { getToken: async () => ({ token: 'token', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) },
    fetch: tenant.handle,
    clock,
  });
  const history = async (): Promise<readonly PastChange[]> => pastChanges(await journal.read(), await journal.living());
  assertOnce(await journal.read());
  const found = await history();
  for (const attempt of attempts) compare(found, attempt);
  for (const wait of [0, later]) {
    // What is read as if much later is read with what the service shows by then.
    if (wait > 0) await clock.sleep(tenant.behavior.assignmentLagMs);
    const then: Clock = { ...clock, now: () => clock.now() + wait, uptime: () => clock.uptime() + wait };
    const open = knownWrites(await journal.read()).open(await journal.living(), then);
    const { ends } = await resolveInterrupted(client, open, new Map(), then);
    if (ends.length > 0) await journal.append(ends);
    const changes = await history();
    for (const attempt of attempts) compare(changes, attempt);
    const left = changes.flatMap(({ writes }) => writes.filter(isUnsettled));
    if (wait > 0) assert.deepEqual(left, [], 'reading settles all in the end');
  }
  return found;
}
