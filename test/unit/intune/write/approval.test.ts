import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cancelApprovalRequest, followApprovals, isPending, stateOf } from '../../../../src/intune/history/approvals.ts';
import { isUnsettled, type PastWrite } from '../../../../src/intune/history/pastChange.ts';
import { pastChanges } from '../../../../src/intune/history/pastChanges.ts';
import { resolveInterrupted } from '../../../../src/intune/history/recovery.ts';
import type { SharedJournal } from '../../../../src/intune/journal/journal.ts';
import { knownWrites } from '../../../../src/intune/journal/knownWrites.ts';
import type { FamilyId } from '../../../../src/intune/model/families.ts';
import { addGroups } from '../../../../src/intune/plan/addTargets.ts';
import { finishApproval } from '../../../../src/intune/write/finishApproval.ts';
import { rememberRoute } from '../../../../src/intune/write/route.ts';
import { writePlans } from '../../../../src/intune/write/write.ts';
import type { Fault, SampleTenantOptions } from '../../../../src/sample/index.ts';
import {
  adminAdds,
  createWorld,
  groupNamed,
  hasGroup,
  isAssign,
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

const family: FamilyId = 'deviceHealthScripts';
const name = 'Clear Teams Cache';
const hour = 3_600_000;

function gated(behavior: NonNullable<SampleTenantOptions['behavior']> = {}, writeMethod: 'auto' | 'assign' = 'assign') {
  const world = createWorld({ behavior: { approvalFamilies: new Set([family]), assignmentLagMs: 0, ...behavior }, parts: { writeMethod } });
  return { world, script: sampleScript(world, family, name), group: groupNamed(world, 'HR Devices') };
}

const write = ({ records }: World): PastWrite => {
  const [only, ...more] = pastChanges(records).flatMap(({ writes }) => writes);
  assert.ok(only);
  assert.deepEqual(more, []);
  return only;
};

const shared = ({ parts: { journal } }: World): SharedJournal => ({
  ...journal,
  living: async () => new Set(),
  exclusively: async work => ({ value: await work() }),
  fingerprint: async () => '',
  forgetOld: async () => undefined,
  onDidAppend: () => ({ dispose: () => undefined }),
});

/** Plans, is told that it needs approval, and asks for it. */
async function asked(given = gated()) {
  const { world, script, group } = given;
  const plan = await planToAdd(world, script, group);
  const change = { id: 'change' };
  assert.equal(told(await writeOne(world, plan, { change })), 'needsApproval');
  const outcome = await writeOne(world, plan, { change, justification: 'Rollout – Größe' });
  return { ...given, plan, outcome };
}

async function pending(given = gated()) {
  const all = await asked(given);
  const found = write(all.world);
  assert.ok(isPending(found));
  const { start, request } = found.approval;
  return { ...all, request, finish: () => finishApproval(start, request, { ...all.world.parts, journal: shared(all.world) }) };
}

const follow = (world: World) => followApprovals(world.client, shared(world), world.clock);

describe('a write that Multi Admin Approval protects', () => {
  test('is not made, and left to be asked for', async () => {
    const { world, script, group } = gated();
    const before = truth(script);
    assert.equal(told(await writeOne(world, await planToAdd(world, script, group))), 'needsApproval');
    assert.deepEqual(truth(script), before);
    assert.equal(write(world).outcome, 'cancelled');
  });

  test('that waits is known to whoever plans another change of the script, until it is over', async () => {
    const { world, script } = await pending();
    const other = groupNamed(world, 'Training Room A');
    const waiting = async () => (await proposeFor(world, [script], ref => addGroups(ref, [other]))).pending;
    assert.deepEqual([...(await waiting())], [`${family}/${script.id}`]);
    const [request] = world.tenant.admin.approvals();
    world.tenant.admin.reject(request?.id ?? assert.fail());
    await followApprovals(world.client, shared(world), world.clock);
    assert.deepEqual([...(await waiting())], []);
  });

  for (const approvalStatus of [412, 403] as const) {
    test(`is asked for with a justification, and waits (status ${approvalStatus})`, async () => {
      const { world, script, outcome } = await asked(gated({ approvalStatus }));
      assert.equal(outcome.kind, 'pending');
      assert.equal(world.tenant.admin.approvals()[0]?.justification, 'Rollout – Größe');
      const { approval: kept, outcome: journalled } = write(world);
      assert.equal(journalled, 'pending');
      assert.equal(kept?.request.code, outcome.kind === 'pending' ? outcome.code : '');
      assert.equal(truth(script).length, 1);
    });
  }

  test('of several scripts is asked for by a request of its own each', async () => {
    const { world, script, group } = gated();
    const other = sampleScript(world, family, 'Größe der Auslagerungsdatei prüfen');
    const plans = await plansToAdd(world, [script, other], group);
    const outcomes = await writePlans(plans, world.parts, { justification: 'Rollout' });
    assert.deepEqual(outcomes.map(told), ['pending', 'pending']);
    assert.ok(writesIn(world).every(({ inBatch }) => !inBatch));
  });

  test('is posted to assign where nobody has seen the additive route work, so that no code waits for a request that is not routed', async () => {
    const { world, request } = await pending(gated({}, 'auto'));
    assert.match(request.path, /\/assign$/);
    assert.equal(world.tenant.admin.approvals().length, 1);
  });

  test('is told when another request for the same script is open', async () => {
    const { world, script, group } = gated();
    const plan = await planToAdd(world, script, group);
    world.tenant.admin.requestApproval(family, script.id);
    const outcome = await writeOne(world, plan, { justification: 'Rollout' });
    assert.equal(outcome.kind === 'failed' && outcome.error.kind, 'approval');
  });

  test('is not asked for twice when the answer is lost', async () => {
    const { world, script, group } = gated();
    const plan = await planToAdd(world, script, group);
    const lost: Fault = { kind: 'drop', point: 'after', match: isAssign };
    world.tenant.behavior.faults.push(lost);
    const outcome = await writeOne(world, plan, { justification: 'Rollout' });
    assert.ok(outcome.kind === 'unknown' && outcome.asked, 'a request waits, whose code nobody knows');
    assert.equal(world.tenant.admin.approvals().length, 1);
  });
});

describe('a request for approval', () => {
  test('that was done after the clock was set back waits no more', async () => {
    const { world, request, finish } = await pending();
    world.tenant.admin.approve(request.code);
    world.clock.step(-40 * 24 * hour);
    assert.equal(told(await finish()), 'written, visible');
    assert.equal(write(world).outcome, 'written');
  });

  test('that is approved is sent again to the byte, with its code, after a last read', async () => {
    const { world, script, group, request, finish } = await pending();
    world.tenant.admin.approve(request.code);
    world.requests.length = 0;
    assert.equal(told(await finish()), 'written, visible');
    const [read, sent] = world.requests;
    assert.equal(read?.method, 'GET');
    assert.equal(JSON.stringify(sent?.body), request.body);
    assert.ok(hasGroup(script, group));
    assert.equal(write(world).outcome, 'written');
    assert.equal(rowsSent(sent ?? assert.fail()).length, 2);
  });

  test('that was additive is sent again where it was sent', async () => {
    const given = gated({ collectionPost: true }, 'auto');
    await rememberRoute(given.world.parts.memory, family, true);
    const { world, script, group, request, finish } = await pending(given);
    assert.match(request.path, /\/assignments$/);
    world.tenant.admin.approve(request.code);
    assert.equal(told(await finish()), 'written, visible');
    assert.ok(hasGroup(script, group));
  });

  test('that was additive, and is not routed any more, is not sent to the other route, which would replace all that is there', async () => {
    const given = gated({ collectionPost: true }, 'auto');
    await rememberRoute(given.world.parts.memory, family, true);
    const { world, script, request, finish } = await pending(given);
    const before = truth(script);
    world.tenant.admin.approve(request.code);
    world.tenant.behavior.collectionPost = false;
    world.requests.length = 0;
    const outcome = await finish();
    assert.equal(outcome.kind === 'failed' && outcome.error.kind, 'noRoute');
    assert.deepEqual(
      writesIn(world).map(({ path }) => path),
      [request.path],
    );
    assert.deepEqual(truth(script), before);
    assert.equal(write(world).outcome, 'pending');
  });

  test('that still waits is not done, and goes on waiting', async () => {
    const { world, script, group, finish } = await pending();
    assert.equal(told(await finish()), 'pending');
    assert.ok(!hasGroup(script, group));
    assert.equal(write(world).outcome, 'pending');
  });

  test('that another window has done meanwhile is not done again, and stays written', async () => {
    const { world, request, finish } = await pending();
    world.tenant.admin.approve(request.code);
    assert.equal(told(await finish()), 'written, visible');
    const sent = writesIn(world).length;
    const again = await finish();
    assert.deepEqual([again, writesIn(world).length], [{ kind: 'notSent', reason: 'notWaiting' }, sent]);
    assert.equal(write(world).outcome, 'written');
  });

  test('is not done while another window decides, and waits for it', async () => {
    const { world, request } = await pending();
    world.tenant.admin.approve(request.code);
    const found = write(world);
    assert.ok(isPending(found));
    const busy = async (refusals: number) => {
      let left = refusals;
      const journal: SharedJournal = {
        ...shared(world),
        exclusively: work => (left-- > 0 ? Promise.resolve(undefined) : shared(world).exclusively(work)),
      };
      return finishApproval(found.approval.start, request, { ...world.parts, journal });
    };
    const sent = writesIn(world).length;
    assert.deepEqual(await busy(1_000), { kind: 'notSent', reason: 'busy' });
    assert.equal(writesIn(world).length, sent);
    assert.equal(told(await busy(3)), 'written, visible');
  });

  test('whose script somebody changed since is not sent, for it would replace that', async () => {
    const { world, script, request, finish } = await pending();
    const others = groupNamed(world, 'FIN Pilot');
    adminAdds(world, script, others);
    world.tenant.admin.approve(request.code);
    world.requests.length = 0;
    assert.equal(told(await finish()), 'conflict');
    assert.deepEqual(writesIn(world), []);
    assert.ok(hasGroup(script, others));
    assert.equal(write(world).outcome, 'pending');
  });

  test('that was taken back can be asked for anew', async () => {
    const { world, request, finish } = await pending();
    await cancelApprovalRequest(world.client, request.code);
    assert.equal(told(await finish()), 'failed');
    assert.equal((await follow(world)).refused.length, 1);
    assert.equal(write(world).refused, 'cancelled');
  });

  for (const [how, act] of [
    ['rejected', (world: World, code: string) => world.tenant.admin.reject(code)],
    ['expired', (world: World, code: string) => world.tenant.admin.expire(code)],
  ] as const) {
    test(`that was ${how} ends in the journal, and is told once`, async () => {
      const { world, request } = await pending();
      act(world, request.code);
      const { refused } = await follow(world);
      assert.deepEqual(
        refused.map(({ script: { name: refusedName } }) => refusedName),
        [name],
      );
      assert.deepEqual([write(world).outcome, write(world).refused], ['failed', how]);
      assert.deepEqual((await follow(world)).refused, []);
    });
  }

  test('is followed while it waits and when it is approved', async () => {
    const { world, request } = await pending();
    const state = async () => {
      const { states, refused } = await follow(world);
      assert.deepEqual(refused, []);
      const found = write(world);
      return isPending(found) ? stateOf(found, states) : undefined;
    };
    assert.equal(await state(), 'needsApproval');
    world.tenant.admin.approve(request.code);
    assert.equal(await state(), 'approved');
  });

  test('that somebody else completed is settled by reading', async () => {
    const { world, request } = await pending();
    const stored = world.tenant.state.approvals.get(request.code);
    assert.ok(stored);
    stored.status = 'completed';
    assert.deepEqual((await follow(world)).refused, []);
    assert.ok(isUnsettled(write(world)));
  });

  test('that was completed and taken back by somebody is looked at once, and not again and again', async () => {
    const { world, request } = await pending();
    const stored = world.tenant.state.approvals.get(request.code);
    assert.ok(stored);
    stored.status = 'completed';
    await follow(world);
    await world.clock.sleep(hour);
    const { ends } = await resolveInterrupted(
      world.client,
      knownWrites(world.records).open(new Set(), world.clock),
      new Map(),
      world.clock,
    );
    await world.parts.journal.append(ends);
    await follow(world);
    assert.equal(write(world).outcome, 'notShown');
  });

  test('whose last answer is lost is settled by reading, and never sent again', async () => {
    const { world, script, group, request, finish } = await pending();
    world.tenant.admin.approve(request.code);
    world.tenant.behavior.faults.push({ kind: 'drop', point: 'after', match: isAssign });
    world.requests.length = 0;
    assert.equal(told(await finish()), 'written, visible');
    assert.equal(writesIn(world).length, 1);
    assert.ok(hasGroup(script, group));
  });

  test('whose window dies while it is done counts as unsettled', async () => {
    const { world, request, finish } = await pending();
    world.tenant.admin.approve(request.code);
    const seen: boolean[] = [];
    world.tenant.behavior.afterWrite = () => void seen.push(isUnsettled(write(world)));
    await finish();
    assert.deepEqual(seen, [true]);
  });

  test('that is being done days later is known to who writes beside it, as every other write', async () => {
    const { world, script, group, request, finish } = await pending(gated({ assignmentLagMs: 3_000 }));
    world.tenant.admin.approve(request.code);
    await world.clock.sleep(24 * hour);
    world.tenant.behavior.approvalFamilies = new Set();
    const other = await planToAdd(world, script, groupNamed(world, 'Training Room A'));
    let second = '';
    world.tenant.behavior.afterWrite = async () => {
      world.tenant.behavior.afterWrite = undefined;
      second = told(await writeOne(world, other));
    };
    await finish();
    assert.equal(second, 'failed');
    assert.ok(hasGroup(script, group));
  });

  test('whose window died while it was done, days later, is not told by a read that may be older', async () => {
    const { world, request, finish } = await pending(gated({ assignmentLagMs: 60_000 }));
    world.tenant.admin.approve(request.code);
    await world.clock.sleep(24 * hour);
    const { journal } = world.parts;
    world.tenant.behavior.afterWrite = () => {
      world.failJournal = true;
    };
    await finish();
    const open = knownWrites(await journal.read()).open(new Set(), world.clock);
    const { ends, lookAgainIn } = await resolveInterrupted(world.client, open, new Map(), world.clock);
    assert.deepEqual([ends, lookAgainIn !== undefined], [[], true]);
  });

  test('that was done and does not show any more does not wait again', async () => {
    const { world, script, request, finish } = await pending(gated({ assignmentLagMs: 3_600_000 }));
    world.tenant.admin.approve(request.code);
    assert.equal(told(await finish()), 'written, not visible');
    world.tenant.admin.assign(family, script.id, []);
    await world.clock.sleep(hour);
    const open = knownWrites(await world.parts.journal.read()).open(new Set(), world.clock);
    const { ends } = await resolveInterrupted(world.client, open, new Map(), world.clock);
    assert.deepEqual(
      ends.map(({ outcome }) => outcome),
      ['notShown'],
    );
  });

  test('is not done where the journal cannot be written', async () => {
    const { world, script, group, request, finish } = await pending();
    world.tenant.admin.approve(request.code);
    world.failJournal = true;
    assert.equal(told(await finish()), 'notSent');
    assert.ok(!hasGroup(script, group));
  });
});
