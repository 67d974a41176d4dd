import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type Disk, folderOnDisk } from '../../../../src/host/disk.ts';
import { newWindowName } from '../../../../src/host/windowName.ts';
import { pastChanges } from '../../../../src/intune/history/pastChanges.ts';
import { changeFromJournal } from '../../../../src/intune/journal/journal.ts';
import { assignmentFromWire } from '../../../../src/intune/model/assignment.ts';
import { writePlans } from '../../../../src/intune/write/write.ts';
import { rowsOf } from '../../../../src/sample/index.ts';
import { openJournal } from '../../../killed/openJournal.ts';
import {
  adminAdds,
  createWorld,
  groupNamed,
  hasGroup,
  isAssign,
  isAssignments,
  onTheWire,
  plansToAdd,
  planToAdd,
  sampleScript,
  told,
  truth,
  type World,
  writeOne,
  writesIn,
} from '../support.ts';

const counts = (kinds: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries([...new Set(kinds)].sort().map(kind => [kind, kinds.filter(other => other === kind).length]));

async function many(count: number, options: Parameters<typeof createWorld>[0] = {}) {
  const world = createWorld({ size: 'large', parts: { writeMethod: 'assign' }, ...options });
  const group = groupNamed(world, 'HR Devices');
  const scripts = world.tenant.state.scripts
    .list('deviceManagementScripts')
    .filter(script => !hasGroup(script, group))
    .slice(0, count);
  const plans = await plansToAdd(world, scripts, group);
  world.events.length = 0;
  world.requests.length = 0;
  return { world, group, scripts, plans, before: scripts.map(truth) };
}

describe('many scripts', () => {
  test('50 scripts go in chunks of 20: each is read just before its own write', async () => {
    const { world, group, scripts, plans, before } = await many(50);
    const outcomes = await writePlans(plans, world.parts);
    assert.deepEqual(counts(outcomes.map(told)), { 'written, visible': 50 });
    for (const [index, script] of scripts.entries()) {
      assert.ok(hasGroup(script, group));
      for (const row of before[index] ?? []) assert.ok(truth(script).includes(row), row);
    }
    const write = (id: string): number => world.events.indexOf(`POST assign ${id}`);
    for (const [index, { id }] of scripts.entries()) {
      const lastRead = world.events.lastIndexOf(`GET assignments ${id}`, write(id));
      const between = world.events.slice(lastRead + 1, write(id));
      assert.ok(
        between.every(event => !event.startsWith('journal')),
        'no disk in the gap',
      );
      assert.ok(between.length < 2 * 20, `script ${index} is read with its own chunk: ${between.length} between`);
    }
    assert.equal(writesIn(world).length, 50);
  });

  for (const fault of ['throttle', 'error'] as const) {
    test(`a last read that fails (${fault}) waits alone: the others are written on what the same round trip has read`, async () => {
      const { world, plans, scripts, group } = await many(6);
      const [slow, ...others] = scripts;
      assert.ok(slow);
      const match = (method: string, path: string): boolean => isAssignments(method, path) && path.includes(slow.id);
      world.tenant.behavior.faults.push(
        fault === 'throttle' ? { kind: fault, retryAfter: '30', match } : { kind: fault, status: 503, match },
      );
      const [read, gaps] = [new Map<string, number>(), new Map<string, number>()];
      world.tenant.behavior.afterRead = ({ scriptId = '' }) => void read.set(scriptId, world.clock.uptime());
      world.tenant.behavior.beforeWrite = ({ scriptId = '' }) => void gaps.set(scriptId, world.clock.uptime() - (read.get(scriptId) ?? 0));
      const outcomes = await writePlans(plans, world.parts);
      assert.deepEqual(counts(outcomes.map(told)), { 'written, visible': 6 });
      assert.deepEqual([...gaps.values()], [0, 0, 0, 0, 0, 0], 'no write waits after its read');
      assert.ok(scripts.every(script => hasGroup(script, group)));
      const write = (id: string): number => world.events.indexOf(`POST assign ${id}`);
      assert.ok(others.every(({ id }) => write(id) < write(slow.id)));
    });
  }

  test('a last read that takes long is made once more, so that no write goes out on an old one', async () => {
    const { world, plans, scripts } = await many(6);
    const [read, gaps] = [new Map<string, number>(), new Map<string, number>()];
    let slow = 2;
    world.tenant.behavior.afterRead = async ({ scriptId = '' }) => {
      read.set(scriptId, world.clock.uptime());
      slow -= scriptId === scripts[0]?.id ? 1 : 0;
      if (slow === 0) await world.clock.sleep(20_000);
    };
    world.tenant.behavior.beforeWrite = ({ scriptId = '' }) => void gaps.set(scriptId, world.clock.uptime() - (read.get(scriptId) ?? 0));
    await writePlans(plans.slice(0, 1), world.parts);
    await writePlans(plans.slice(1), world.parts);
    assert.deepEqual([...gaps.values()], [0, 0, 0, 0, 0, 0]);
  });

  for (const skip of [0, 1, 2, 3, 4]) {
    test(`fault: a token that runs out at batch ${skip + 1} of a bulk goes unnoticed`, async () => {
      const { world, group, scripts, plans, before } = await many(45);
      const asked = world.tokens.length;
      world.tenant.behavior.faults.push({ kind: 'unauthorized', skip, match: (_, path) => path.endsWith('/$batch') });
      const outcomes = await writePlans(plans, world.parts);
      assert.deepEqual(counts(outcomes.map(told)), { 'written, visible': 45 });
      assert.ok(world.tokens.length > asked);
      for (const [index, script] of scripts.entries()) {
        assert.ok(hasGroup(script, group));
        for (const row of before[index] ?? []) assert.ok(truth(script).includes(row), row);
      }
      assert.equal(writesIn(world).length, 45);
    });
  }

  test('one that fails does not stop the others', async () => {
    const { world, scripts, plans, before } = await many(25);
    const [forbidden, gone, changed, unread] = [scripts[3], scripts[7], scripts[11], scripts[22]];
    assert.ok(forbidden && gone && changed && unread);
    world.tenant.behavior.faults.push(
      { kind: 'forbidden', reason: 'user', match: (method, path) => isAssign(method, path) && path.includes(forbidden.id) },
      { kind: 'error', status: 500, times: 9, match: (method, path) => isAssignments(method, path) && path.includes(unread.id) },
    );
    world.tenant.admin.deleteScript(gone.family, gone.id);
    adminAdds(world, changed, groupNamed(world, 'Cloud PCs'));
    const outcomes = (await writePlans(plans, world.parts)).map(told);
    assert.deepEqual([outcomes[3], outcomes[7], outcomes[11], outcomes[22]], ['failed', 'failed', 'conflict', 'failed']);
    assert.deepEqual(counts(outcomes), { conflict: 1, failed: 3, 'written, visible': 21 });
    assert.deepEqual(truth(forbidden), before[3]);
    assert.deepEqual(truth(unread), before[22]);
  });

  test('250 scripts are written at a pace at which the service refuses none, and nothing waits in the gap', async () => {
    const { world, plans, group, scripts } = await many(250);
    const outcomes = await writePlans(plans, world.parts);
    assert.deepEqual(counts(outcomes.map(told)), { 'written, visible': 250 });
    assert.ok(scripts.every(script => hasGroup(script, group)));
    assert.equal(writesIn(world).length, 250);
    const [first = 0, ...times] = writesIn(world).map(({ at }) => at);
    assert.equal(times.filter(at => at - first <= 20_000).length, 199);
    for (const write of writesIn(world)) {
      const [script] = scripts.filter(({ id }) => write.path.includes(id));
      const read = world.requests.findLast(
        ({ method, path, at }) => method === 'GET' && path.includes(script?.id ?? '-') && at <= write.at,
      );
      assert.equal(read?.at, write.at);
    }
  });

  test('250 scripts beside another app that writes meet the limit: those that are refused are read and written again', async () => {
    const { world, plans, group, scripts } = await many(250, { behavior: { writeLimit: 100 } });
    const outcomes = await writePlans(plans, world.parts);
    assert.deepEqual(counts(outcomes.map(told)), { 'written, visible': 250 });
    assert.ok(scripts.every(script => hasGroup(script, group)));
  });

  test('the additive route is asked for by one script alone, and the others know', async () => {
    const { world, plans } = await many(20, { parts: {} });
    const outcomes = await writePlans(plans, world.parts);
    assert.deepEqual(counts(outcomes.map(told)), { 'written, visible': 20 });
    assert.equal(writesIn(world).filter(({ path }) => path.endsWith('/assignments')).length, 1);
  });

  test('the additive route that takes rows away hurts one script and no second one', async () => {
    const { world, plans } = await many(20, { behavior: { collectionPost: true, collectionPostReplaces: true }, parts: {} });
    await writePlans(
      plans.toSorted((a, b) => b.base.length - a.base.length),
      world.parts,
    );
    assert.equal(writesIn(world).filter(({ path }) => path.endsWith('/assignments')).length, 1);
  });

  test('families with different permissions are written each with its own', async () => {
    const world = createWorld({ parts: { writeMethod: 'assign' } });
    const scripts = [
      sampleScript(world, 'deviceManagementScripts', 'Set Time Zone by Location'),
      sampleScript(world, 'configurationPolicies', 'Linux – Configure Proxy'),
      sampleScript(world, 'deviceShellScripts', 'Install Homebrew'),
    ];
    const plans = await plansToAdd(world, scripts, groupNamed(world, 'HR Devices'));
    assert.deepEqual(counts((await writePlans(plans, world.parts)).map(told)), { 'written, visible': 3 });
  });

  test('a set of several pages is read and written alone, so that it widens the gap of no other', async () => {
    const { world, plans, scripts } = await many(20);
    const long = scripts.filter(script => rowsOf(script).length > 20);
    assert.ok(long.length > 0);
    await writePlans(plans, world.parts);
    for (const script of scripts) {
      const write = world.events.indexOf(`POST assign ${script.id}`);
      const lastRead = world.events.lastIndexOf(`GET assignments ${script.id}`, write);
      const between = world.events.slice(lastRead + 1, write);
      const further = between.filter((event, index) => event.startsWith('GET') && between.indexOf(event) < index);
      assert.deepEqual(further, [], 'no second page of anybody');
      if (long.includes(script)) assert.deepEqual(between, []);
    }
  });

  test('they do not wait until the service shows the write that asked for the additive route', async () => {
    const { world, plans } = await many(3, { parts: {} });
    const written: number[] = [];
    world.tenant.behavior.afterWrite = ({ path }) => void (path.endsWith('/assign') && written.push(world.clock.now()));
    const start = world.clock.now();
    await writePlans(plans, world.parts);
    assert.deepEqual(
      written.map(at => at - start),
      [0, 0, 0],
      'reads show a write after three seconds',
    );
  });

  test('200 scripts take one request to read, one to write and one to look for each 20, and none beside', async () => {
    const { world, plans } = await many(200, {
      behavior: { assignmentLagMs: 0, assignmentPageSize: 100, writeLimit: 1_000, tenantWriteLimit: 1_000 },
      parts: {},
    });
    const outcomes = await writePlans(plans, world.parts);
    assert.deepEqual(counts(outcomes.map(told)), { 'written, visible': 200 });
    assert.ok(onTheWire(world).length <= 3 * 10, `${onTheWire(world).length} requests`);
  });

  test('the number of requests of 20 scripts does not grow with them', async () => {
    const { world, plans } = await many(20, { behavior: { assignmentLagMs: 0, assignmentPageSize: 100 } });
    await writePlans(plans, world.parts);
    assert.equal(onTheWire(world).length, 3, 'one to read, one to write, one to look');
  });
});

describe('cancelling', () => {
  const writeAndCancel = async (world: World, plans: Parameters<typeof writePlans>[0], cancel: AbortController) =>
    (await writePlans(plans, world.parts, { signal: cancel.signal })).map(told);

  test('before anything: nothing is sent', async () => {
    const { world, plans } = await many(3);
    const cancel = new AbortController();
    cancel.abort();
    assert.deepEqual(counts(await writeAndCancel(world, plans, cancel)), { cancelled: 3 });
    assert.equal(world.requests.length, 0);
  });

  test('during the last read: nothing is written, and the journal says so', async () => {
    const { world, plans } = await many(3);
    const cancel = new AbortController();
    world.tenant.behavior.beforeRead = () => cancel.abort();
    assert.deepEqual(counts(await writeAndCancel(world, plans, cancel)), { cancelled: 3 });
    assert.equal(writesIn(world).length, 0);
    assert.deepEqual(
      world.records.flatMap(record => (record.type === 'end' ? [record.outcome] : [])),
      ['cancelled', 'cancelled', 'cancelled', 'cancelled'],
      'of each script, and of the change',
    );
  });

  test('during the writes of a chunk: that chunk is done and told, the next ones are not started', async () => {
    const { world, plans, scripts, group } = await many(50, { behavior: { assignmentLagMs: 0, assignmentPageSize: 100 } });
    const cancel = new AbortController();
    world.tenant.behavior.beforeWrite = () => cancel.abort();
    const kinds = await writeAndCancel(world, plans, cancel);
    assert.deepEqual(counts(kinds), { cancelled: 30, 'written, visible': 20 });
    assert.equal(scripts.filter(script => hasGroup(script, group)).length, 20);
    const outcomes = pastChanges(world.records).flatMap(({ writes }) => writes.map(({ outcome }) => outcome));
    assert.deepEqual(counts(outcomes), { written: 20, cancelled: 30 });
  });

  test('while the service still shows the old set: written, and not visible yet', async () => {
    const { world, plans } = await many(2);
    const cancel = new AbortController();
    world.tenant.behavior.afterWrite = () => cancel.abort();
    assert.deepEqual(counts(await writeAndCancel(world, plans, cancel)), { 'written, not visible': 2 });
  });

  test('while a throttled write waits: cancelled, not sent again', async () => {
    const { world, plans, scripts, before } = await many(1);
    const cancel = new AbortController();
    world.tenant.behavior.faults.push({ kind: 'throttle', retryAfter: '30', match: isAssign });
    const sleep = world.parts.clock.sleep;
    const clock = {
      ...world.parts.clock,
      sleep: (ms: number, signal?: AbortSignal) => {
        if (ms === 30_000) cancel.abort();
        return sleep(ms, signal);
      },
    };
    const outcomes = await writePlans(plans, { ...world.parts, clock }, { signal: cancel.signal });
    assert.deepEqual(outcomes.map(told), ['cancelled']);
    assert.equal(writesIn(world).length, 1);
    assert.deepEqual(truth(scripts[0] ?? assert.fail()), before[0]);
  });
});

describe('the journal', () => {
  test('starts are on disk before the last read, ends come after what was seen', async () => {
    const world = createWorld();
    const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
    const plan = await planToAdd(world, script, groupNamed(world, 'HR Devices'));
    world.events.length = 0;
    await writeOne(world, plan);
    const of = (event: string): number => world.events.indexOf(event);
    assert.equal(world.events[0], 'journal start');
    assert.ok(of('journal start') < of(`POST assignments ${script.id}`));
    assert.equal(world.events.at(-1), 'journal end');
    const [change, start, end] = world.records;
    assert.ok(change?.type === 'change' && start?.type === 'start' && end?.type === 'end');
    assert.equal(start.changeId, change.id);
    assert.equal(start.id, end.id);
    assert.equal(end.outcome, 'written');
    assert.equal(start.before.length, 3);
    assert.equal(start.after.length, 4);
    assert.deepEqual(
      [start.connection, start.account, start.script.name],
      [world.connection.key, world.connection.account, plan.script.name],
    );
  });

  test('that cannot be written: nothing is sent', async () => {
    const world = createWorld();
    const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
    const plan = await planToAdd(world, script, groupNamed(world, 'HR Devices'));
    const sent = world.requests.length;
    world.failJournal = true;
    const outcome = await writeOne(world, plan);
    assert.ok(outcome.kind === 'notSent' && outcome.reason === 'journal');
    assert.equal(world.requests.length, sent);
  });

  test('whose append fails once all of it is on disk: nothing is sent, nothing waits for it, and the script can be changed at once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'journal-'));
    const onDisk = folderOnDisk(folder);
    let fails = true;
    const disk: Disk = {
      ...onDisk,
      async append(name, text) {
        await onDisk.append(name, text);
        if (!fails) return;
        fails = false;
        throw new Error('The disk did not answer.');
      },
    };
    const journal = openJournal(folder, newWindowName(), { disk });
    const world = createWorld({ parts: { journal } });
    const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
    const plan = await planToAdd(world, script, groupNamed(world, 'HR Devices'));
    const outcome = await writeOne(world, plan);
    assert.ok(outcome.kind === 'notSent' && outcome.reason === 'journal');
    const another = openJournal(folder);
    assert.deepEqual([...(await another.living())], []);
    const [past] = pastChanges(await another.read(), await another.living());
    assert.deepEqual(
      past?.writes.map(write => write.outcome),
      ['failed'],
    );
    assert.equal(told(await writeOne(world, plan)), 'written, visible');
    await rm(folder, { recursive: true });
  });

  test('that cannot be read once the starts are on disk: nothing is sent, and they are ended', async () => {
    const world = createWorld();
    const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
    const plan = await planToAdd(world, script, groupNamed(world, 'HR Devices'));
    const journal = { ...world.parts.journal, read: () => Promise.reject(new Error('EBUSY')) };
    const [outcome] = await writePlans([plan], { ...world.parts, journal });
    assert.ok(outcome?.kind === 'notSent' && outcome.reason === 'journal');
    assert.deepEqual(
      world.records.map(record => (record.type === 'end' ? record.outcome : record.type)),
      ['change', 'start', 'failed', 'cancelled'],
    );
  });

  test('whose end cannot be written leaves the outcome as it is, and says so to the log', async () => {
    const world = createWorld({ parts: { writeMethod: 'assign' } });
    const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
    const plan = await planToAdd(world, script, groupNamed(world, 'HR Devices'));
    world.tenant.behavior.afterWrite = () => {
      world.failJournal = true;
    };
    assert.equal(told(await writeOne(world, plan)), 'written, visible');
    assert.equal(world.reported.length, 2, 'that of the script, and that of the change');
  });

  test('every start of a bulk gets its end, and all have the id of the change', async () => {
    const { world, plans } = await many(25);
    await writePlans(plans, world.parts);
    const starts = world.records.flatMap(record => (record.type === 'start' ? [record] : []));
    const ends = world.records.flatMap(record => (record.type === 'end' ? [record] : []));
    assert.deepEqual(
      [...starts.map(({ id }) => id), ...new Set(starts.map(({ changeId }) => changeId))].sort(),
      ends.map(({ id }) => id).sort(),
    );
    assert.equal(new Set(starts.map(({ changeId }) => changeId)).size, 1);
  });

  test('the change is on disk with the first starts, with all that is wanted and what is said of it', async () => {
    const { world, plans, group } = await many(25);
    await writePlans(plans, world.parts, { change: { id: 'mine', undoes: 'another', groupNames: { [group]: 'HR Devices' } } });
    const changes = world.records.filter(({ type }) => type === 'change');
    const [change] = changes;
    assert.ok(change?.type === 'change' && world.records[0] === change && changes.length === 1);
    assert.deepEqual([change.id, change.undoes, change.groupNames], ['mine', 'another', { [group]: 'HR Devices' }]);
    assert.deepEqual(
      change.wanted.map(({ script }) => script.id),
      plans.map(({ script }) => script.id),
    );
    assert.deepEqual(change.wanted[24]?.changes.map(changeFromJournal), plans[24]?.changes);
    assert.ok(world.records.every(record => record.type !== 'start' || record.changeId === 'mine'));
  });

  test('a first append that fails does not lose the change', async () => {
    const { world, plans } = await many(25);
    world.failJournal = true;
    await writePlans(plans, world.parts, {
      onSent: () => {
        world.failJournal = false;
      },
    });
    assert.equal(world.records.find(({ type }) => type !== 'end')?.type, 'change');
    assert.equal(world.records.filter(({ type }) => type === 'start').length, 5);
  });

  test('rows of policy sets are journalled as such', async () => {
    const world = createWorld({ parts: { writeMethod: 'assign' } });
    const script = sampleScript(world, 'configurationPolicies', 'Linux – Install Security Updates');
    await writeOne(world, await planToAdd(world, script, groupNamed(world, 'HR Devices')));
    const [start] = world.records.flatMap(record => (record.type === 'start' ? [record] : []));
    const foreign = rowsOf(script).filter(({ source }) => source !== 'direct').length;
    assert.ok(start && foreign > 0);
    for (const rows of [start.before, start.after]) assert.equal(rows.filter(row => !assignmentFromWire(row).direct).length, foreign);
  });
});

describe('what was sent', () => {
  /** Writes; `sent` are the ids of the scripts that were told as sent, `at` the milliseconds since the start at which each was. */
  const heard = async ({ world, plans }: Awaited<ReturnType<typeof many>>, signal?: AbortSignal) => {
    const start = world.clock.now();
    const sent: string[] = [];
    const at: number[] = [];
    const outcomes = await writePlans(plans, world.parts, {
      ...(signal && { signal }),
      onSent: ({ script: { id } }) => {
        world.events.push(`sent ${id}`);
        sent.push(id);
        at.push(world.clock.now() - start);
      },
    });
    assert.deepEqual(sent.toSorted(), plans.map(({ script }) => script.id).sort(), 'each once');
    return { at, kinds: counts(outcomes.map(told)), took: world.clock.now() - start };
  };

  test('is told with each chunk, before the next one and before the service shows it', async () => {
    const bulk = await many(50);
    const { at, kinds, took } = await heard(bulk);
    assert.deepEqual(kinds, { 'written, visible': 50 });
    assert.deepEqual([...new Set(at)], [0]);
    assert.ok(took >= 3_000, 'reads show a write after three seconds');
    const of = (event: string): number => bulk.world.events.indexOf(event);
    for (const [index, { id }] of bulk.scripts.entries()) {
      const next = bulk.scripts[(Math.floor(index / 20) + 1) * 20];
      assert.ok(of(`sent ${id}`) > of(`POST assign ${id}`));
      if (next) assert.ok(of(`sent ${id}`) < of(`POST assign ${next.id}`));
    }
  });

  test('is told of each once, also where it was refused, changed by somebody, or its answer lost', async () => {
    const bulk = await many(25);
    const { world, scripts } = bulk;
    const [forbidden, lost, changed] = scripts;
    assert.ok(forbidden && lost && changed);
    world.tenant.behavior.faults.push(
      { kind: 'forbidden', reason: 'user', match: (method, path) => isAssign(method, path) && path.includes(forbidden.id) },
      { kind: 'error', status: 504, match: (method, path) => isAssign(method, path) && path.includes(lost.id) },
    );
    adminAdds(world, changed, groupNamed(world, 'Cloud PCs'));
    const { at, kinds } = await heard(bulk);
    assert.deepEqual(kinds, { conflict: 1, failed: 1, unknown: 1, 'written, visible': 22 });
    assert.deepEqual([...new Set(at)], [0]);
  });

  test('is told of what is never sent: cancelled, or without a journal', async () => {
    const bulk = await many(50, { behavior: { assignmentPageSize: 100 } });
    const cancel = new AbortController();
    bulk.world.tenant.behavior.beforeWrite = () => cancel.abort();
    assert.equal((await heard(bulk, cancel.signal)).kinds['cancelled'], 30);
    const other = await many(25);
    other.world.failJournal = true;
    assert.deepEqual((await heard(other)).kinds, { notSent: 25 });
  });
});
