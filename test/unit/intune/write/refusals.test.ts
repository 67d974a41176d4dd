import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addGroups } from '../../../../src/intune/plan/addTargets.ts';
import type { Plan } from '../../../../src/intune/plan/plan.ts';
import { writePlans } from '../../../../src/intune/write/write.ts';
import type { Fault } from '../../../../src/sample/index.ts';
import {
  adminAdds,
  createWorld,
  groupNamed,
  hasGroup,
  isAssign,
  isAssignments,
  plansToAdd,
  planToAdd,
  proposeFor,
  rowsSent,
  sampleScript,
  told,
  truth,
  type World,
  writeOne,
  writesIn,
} from '../support.ts';

async function start(behavior: Parameters<typeof createWorld>[0] = {}) {
  const world = createWorld({ parts: { writeMethod: 'assign' }, ...behavior });
  const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
  const group = groupNamed(world, 'HR Devices');
  return { world, script, group, before: truth(script), plan: await planToAdd(world, script, group) };
}

const fail = (world: World, fault: Fault): unknown => world.tenant.behavior.faults.push({ ...fault, match: isAssign });

/** The events of the write alone, in their order. */
const eventsOf = (world: World, plan: Plan): readonly string[] =>
  world.events.slice(1).map(event =>
    event
      .replace(` ${plan.script.id}`, '')
      .replace(/POST assign$/, 'WRITE')
      .replace(/GET assignments$/, 'READ'),
  );

describe('a write that was refused before anything was done', () => {
  for (const [name, fault] of [
    ['429 with Retry-After', { kind: 'throttle', retryAfter: '7' }],
    ['429 without Retry-After', { kind: 'throttle' }],
    ['429 with a fractional Retry-After', { kind: 'throttle', retryAfter: '2.128' }],
    ['401', { kind: 'unauthorized' }],
    ['401 with a claims challenge', { kind: 'unauthorized', claims: '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}' }],
  ] as const) {
    test(`${name}: it reads again before it writes again`, async () => {
      const { world, script, group, plan } = await start();
      fail(world, fault);
      assert.equal(told(await writeOne(world, plan)), 'written, visible');
      assert.deepEqual(eventsOf(world, plan).slice(0, 5), ['journal start', 'READ', 'WRITE', 'READ', 'WRITE']);
      assert.equal(hasGroup(script, group), true);
    });
  }

  test('429: a run-once whose date passes during the wait is not written any more', async () => {
    const world = createWorld({ behavior: { assignmentLagMs: 0 }, parts: { writeMethod: 'assign' } });
    const script = sampleScript(world, 'deviceHealthScripts', 'Clear Teams Cache');
    const due = new Date(world.clock.now() + 60_000).toISOString();
    const schedule = { kind: 'once', date: due.slice(0, 10), time: due.slice(11, 19), utc: true } as const;
    const { plans } = await proposeFor(world, [script], ref => addGroups(ref, [groupNamed(world, 'HR Devices')], { schedule }));
    assert.ok(plans[0]);
    const before = truth(script);
    for (let n = 1; n <= 2; n += 1) fail(world, { kind: 'throttle', retryAfter: '45' });
    const outcome = await writeOne(world, plans[0]);
    assert.deepEqual(outcome, { kind: 'notSent', reason: 'passed' });
    assert.equal(writesIn(world).length, 2, 'both were refused');
    assert.deepEqual(truth(script), before);
  });

  test('429: somebody who writes during the wait is not overwritten', async () => {
    const { world, script, plan } = await start();
    const theirs = groupNamed(world, 'Cloud PCs');
    fail(world, { kind: 'throttle', retryAfter: '20' });
    let reads = 0;
    world.tenant.behavior.beforeRead = () => {
      reads += 1;
      if (reads === 2) adminAdds(world, script, theirs);
    };
    const outcome = await writeOne(world, plan);
    assert.equal(told(outcome), 'conflict');
    assert.equal(hasGroup(script, theirs), true);
    assert.equal(writesIn(world).length, 1);
  });

  test('the wait is the one that the service asked for', async () => {
    const { world, plan } = await start();
    fail(world, { kind: 'throttle', retryAfter: '7' });
    await writeOne(world, plan);
    const [first, second] = writesIn(world);
    assert.ok(first && second && second.at - first.at >= 7_000);
  });

  test('429 with a wait of an hour is told, not waited for', async () => {
    const { world, plan } = await start();
    const before = world.clock.now();
    fail(world, { kind: 'throttle', retryAfter: '3600' });
    const outcome = await writeOne(world, plan);
    assert.ok(outcome.kind === 'failed' && outcome.error.kind === 'throttled' && outcome.error.retryAfterMs === 3_600_000);
    assert.ok(world.clock.now() - before < 60_000);
  });

  test('429 without end is given up', async () => {
    const { world, plan, script, before } = await start();
    fail(world, { kind: 'throttle', retryAfter: '5', times: 100 });
    assert.equal(told(await writeOne(world, plan)), 'failed');
    assert.ok(writesIn(world).length <= 6);
    assert.deepEqual(truth(script), before);
  });

  test('401 without end is given up', async () => {
    const { world, plan } = await start();
    fail(world, { kind: 'unauthorized', times: 100 });
    const outcome = await writeOne(world, plan);
    assert.ok(outcome.kind === 'failed' && outcome.error.kind === 'unauthorized');
    assert.ok(writesIn(world).length <= 6);
  });
});

describe('a write that the service does not allow', () => {
  test('groups outside of the scope: 403, told, and never tried with a smaller list', async () => {
    const { world, script, group, before, plan } = await start();
    world.tenant.behavior.scopeGroups = new Set([group]);
    const outcome = await writeOne(world, plan);
    assert.ok(outcome.kind === 'failed' && outcome.error.kind === 'forbidden');
    assert.match(outcome.error.message, /scope groups/);
    assert.equal(writesIn(world).length, 1);
    assert.equal(rowsSent(writesIn(world)[0] ?? assert.fail()).length, before.length + 1);
    assert.deepEqual(truth(script), before);
  });

  for (const reason of ['scope', 'role', 'user'] as const) {
    test(`403 (${reason}) is not tried again`, async () => {
      const { world, script, before, plan } = await start();
      fail(world, { kind: 'forbidden', reason });
      const outcome = await writeOne(world, plan);
      assert.ok(outcome.kind === 'failed' && outcome.error.kind === 'forbidden');
      assert.equal(writesIn(world).length, 1);
      assert.deepEqual(truth(script), before);
    });
  }

  test('412 of Multi Admin Approval tells the code of the request', async () => {
    const { world, plan } = await start();
    const code = '5f0c2a2e-3c0f-4f57-9a55-3a2f6f0e9f11';
    fail(world, { kind: 'error', status: 412, message: 'Approval Required.', headers: { 'x-msft-approval-code': code } });
    const outcome = await writeOne(world, plan);
    assert.deepEqual(outcome, { kind: 'pending', code });
    assert.equal(writesIn(world).length, 1);
  });
});

describe('what is gone', () => {
  test('a deleted group among the kept rows is sent', async () => {
    const world = createWorld({ parts: { writeMethod: 'assign' } });
    const script = sampleScript(world, 'deviceManagementScripts', 'Install Corporate Root Certificate');
    const before = truth(script);
    assert.equal(told(await writeOne(world, await planToAdd(world, script, groupNamed(world, 'HR Devices')))), 'written, visible');
    for (const row of before) assert.ok(truth(script).includes(row), row);
  });

  test('a service that refuses the deleted group is told, and nothing is left out unasked', async () => {
    const world = createWorld({ behavior: { refuseDeletedGroups: true }, parts: { writeMethod: 'assign' } });
    const script = sampleScript(world, 'deviceManagementScripts', 'Install Corporate Root Certificate');
    const before = truth(script);
    const outcome = await writeOne(world, await planToAdd(world, script, groupNamed(world, 'HR Devices')));
    assert.ok(outcome.kind === 'failed' && outcome.error.kind === 'badRequest');
    assert.equal(writesIn(world).length, 1);
    assert.deepEqual(truth(script), before);
  });

  test('a script that was deleted meanwhile: nothing is written', async () => {
    const { world, script, plan } = await start();
    world.tenant.admin.deleteScript(script.family, script.id);
    const outcome = await writeOne(world, plan);
    assert.ok(outcome.kind === 'failed' && outcome.error.kind === 'notFound');
    assert.equal(writesIn(world).length, 0);
  });

  test('a script that is deleted between the last read and the write', async () => {
    const { world, script, plan } = await start();
    world.tenant.behavior.beforeWrite = () => world.tenant.admin.deleteScript(script.family, script.id);
    const outcome = await writeOne(world, plan);
    assert.ok(outcome.kind === 'failed' && outcome.error.kind === 'notFound');
  });
});

describe('a last read that fails', () => {
  for (const [name, fault] of [
    ['403', { kind: 'forbidden', reason: 'user' }],
    ['500', { kind: 'error', status: 500 }],
    ['cut off', { kind: 'truncate' }],
  ] as const) {
    test(`${name}: nothing is written`, async () => {
      const { world, plan } = await start();
      world.tenant.behavior.faults.push({ ...fault, match: isAssignments, times: 10 });
      assert.equal(told(await writeOne(world, plan)), 'failed');
      assert.equal(writesIn(world).length, 0);
    });
  }

  test('its second page fails: nothing is written', async () => {
    const world = createWorld({ size: 'large', parts: { writeMethod: 'assign' } });
    const script = sampleScript(world, 'deviceManagementScripts', 'Baseline for All Branch Offices');
    const plan = await planToAdd(world, script, groupNamed(world, 'HR Devices'));
    assert.equal(plan.base.length, 40);
    world.tenant.behavior.faults.push({ kind: 'error', status: 500, match: (_, path) => path.includes('skiptoken'), times: 10 });
    assert.equal(told(await writeOne(world, plan)), 'failed');
    assert.equal(writesIn(world).length, 0);
    world.tenant.behavior.faults.length = 0;
    assert.equal(told(await writeOne(world, plan)), 'written, visible');
    assert.equal(truth(script).length, 41);
  });
});

test('a wait that one script was asked for is waited for, also where the uptime is told in seconds, and for another one is over', async () => {
  const { world } = await start({ behavior: { assignmentLagMs: 0 } });
  const group = groupNamed(world, 'HR Devices');
  const scripts = world.tenant.state.scripts.list('deviceManagementScripts').slice(0, 3);
  const [first, second] = scripts;
  const plans = await plansToAdd(world, scripts, group);
  const { clock } = world;
  const inSeconds = { ...clock, uptime: () => Math.floor(clock.uptime() / 1_000) * 1_000 };
  const begun = clock.uptime();
  const times: number[] = [];
  const of = (script: { readonly id: string } | undefined) => (method: string, path: string) =>
    isAssign(method, path) && path.includes(script?.id ?? assert.fail());
  world.tenant.behavior.beforeWrite = ({ scriptId }) => void (scriptId === first?.id && times.push(clock.uptime() - begun));
  world.tenant.behavior.faults.push(
    { kind: 'throttle', retryAfter: '40', match: of(first), times: 1 },
    { kind: 'throttle', retryAfter: '2.128', match: of(second), times: 1 },
  );
  const outcomes = await writePlans(plans, { ...world.parts, clock: inSeconds });
  assert.ok(outcomes.every(({ kind }) => kind === 'written'));
  assert.equal(times.length, 1);
  assert.ok((times[0] ?? 0) >= 39_000, `${times}`);
});
