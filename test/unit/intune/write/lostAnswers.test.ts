import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { targetKey } from '../../../../src/intune/model/assignment.ts';
import { shownSet } from '../../../../src/intune/write/outcome.ts';
import { knownRoute } from '../../../../src/intune/write/route.ts';
import { writePlans } from '../../../../src/intune/write/write.ts';
import { type Fault, rowsOf } from '../../../../src/sample/index.ts';
import {
  adminAdds,
  createWorld,
  groupNamed,
  hasGroup,
  isAssign,
  isBatch,
  plansToAdd,
  planToAdd,
  proposeFor,
  sampleScript,
  told,
  truth,
  writeOne,
  writesIn,
} from '../support.ts';

const start = () => {
  const world = createWorld({ parts: { writeMethod: 'assign' } });
  const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
  return { world, script, group: groupNamed(world, 'HR Devices'), before: truth(script) };
};

/** Each fault, when it strikes, and what the user must be told. */
const faults: readonly (readonly [string, Fault, 'written, visible' | 'unknown'])[] = [
  ['the connection drops before the write arrives', { kind: 'drop' }, 'unknown'],
  ['the connection drops after the commit', { kind: 'drop', point: 'after' }, 'written, visible'],
  ['500 after the commit', { kind: 'error', status: 500, point: 'after' }, 'written, visible'],
  ['504 after the commit', { kind: 'error', status: 504, point: 'after' }, 'written, visible'],
  ['500 before the commit', { kind: 'error', status: 500 }, 'unknown'],
  ['503 before the commit', { kind: 'error', status: 503 }, 'unknown'],
  ['a web page of a gateway with 200, after the commit', { kind: 'html', status: 200, point: 'after' }, 'written, visible'],
  ['a web page of a gateway with 200, before the write arrives', { kind: 'html', status: 200 }, 'unknown'],
  ['a web page of a gateway with 502, after the commit', { kind: 'html', status: 502, point: 'after' }, 'written, visible'],
  ['a success without a request-id, before the write arrives', { kind: 'foreign' }, 'unknown'],
  ['a success without a request-id, after the commit', { kind: 'foreign', point: 'after' }, 'written, visible'],
  ['an answer that comes after the time limit', { kind: 'delay', ms: 90_000, point: 'after' }, 'written, visible'],
  ['an answer that is cut off', { kind: 'truncate' }, 'written, visible'],
];

describe('an answer to a write that is lost is settled by reading', () => {
  for (const [name, fault, expected] of faults) {
    test(name, async () => {
      const { world, script, group, before } = start();
      const plan = await planToAdd(world, script, group);
      world.tenant.behavior.faults.push({ ...fault, match: isAssign });
      assert.equal(told(await writeOne(world, plan)), expected);
      assert.equal(writesIn(world).length, 1, 'it was sent once');
      assert.equal(hasGroup(script, group), expected === 'written, visible');
      for (const row of before) assert.ok(truth(script).includes(row), row);
    });
  }

  test('an additive request whose answer is lost is not sent again either', async () => {
    const world = createWorld({ behavior: { collectionPost: true } });
    const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
    const plan = await planToAdd(world, script, groupNamed(world, 'HR Devices'));
    world.tenant.behavior.faults.push({
      kind: 'drop',
      point: 'after',
      match: (method, path) => method === 'POST' && /assignments$/.test(path),
    });
    assert.equal(told(await writeOne(world, plan)), 'written, visible');
    assert.equal(writesIn(world).length, 1);
  });

  test('an additive request that something else than Microsoft Graph answers with a success is not believed, and the route not remembered', async () => {
    const world = createWorld();
    const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
    const group = groupNamed(world, 'HR Devices');
    const plan = await planToAdd(world, script, group);
    world.tenant.behavior.faults.push({ kind: 'foreign', match: (method, path) => method === 'POST' && /assignments$/.test(path) });
    assert.equal(told(await writeOne(world, plan)), 'unknown');
    assert.equal(knownRoute(world.parts.memory, script.family), undefined);
    assert.deepEqual([writesIn(world).length, hasGroup(script, group)], [1, false]);
  });

  test('cut JSON of an assign that answers with the rows', async () => {
    const world = createWorld({ parts: { writeMethod: 'assign' } });
    const script = sampleScript(world, 'configurationPolicies', 'Linux – Configure Proxy');
    const plan = await planToAdd(world, script, groupNamed(world, 'HR Devices'));
    world.tenant.behavior.faults.push({ kind: 'truncate', match: isAssign });
    assert.equal(told(await writeOne(world, plan)), 'written, visible');
  });

  test('a read that fails while settling does not end the settling', async () => {
    const { world, script, group } = start();
    const plan = await planToAdd(world, script, group);
    const reading = (method: string, path: string): boolean => method === 'GET' && path.endsWith('/assignments');
    world.tenant.behavior.faults.push(
      { kind: 'drop', point: 'after', match: isAssign },
      { kind: 'error', status: 500, match: reading, skip: 1, times: 2 },
    );
    assert.equal(told(await writeOne(world, plan)), 'written, visible');
  });

  test('an addition that was lost before it arrived is not taken for done because somebody else replaced the set with that row', async () => {
    const { world, script, group } = start();
    const plan = await planToAdd(world, script, group);
    world.tenant.behavior.faults.push({ kind: 'drop', match: isAssign });
    const theirs = { target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: group } };
    let reads = 0;
    world.tenant.behavior.afterRead = () => {
      reads += 1;
      if (reads === 1) world.tenant.admin.assign(script.family, script.id, [theirs]);
    };
    assert.equal(told(await writeOne(world, plan)), 'unknown');
    assert.equal(hasGroup(script, group), true);
  });

  test('a removal that was lost before it arrived is not taken for done because somebody else added a group', async () => {
    const { world, script } = start();
    const executives = groupNamed(world, '**Executives**');
    const { plans } = await proposeFor(world, [script], () => [
      { kind: 'remove', targetKey: targetKey({ kind: 'group', groupId: executives }) },
    ]);
    assert.ok(plans[0]);
    world.tenant.behavior.faults.push({ kind: 'drop', match: isAssign });
    world.tenant.behavior.beforeWrite = () => {};
    let reads = 0;
    world.tenant.behavior.afterRead = () => {
      reads += 1;
      if (reads === 2) adminAdds(world, script, groupNamed(world, 'Cloud PCs'));
    };
    const outcome = await writeOne(world, plans[0]);
    assert.equal(hasGroup(script, executives), true);
    assert.equal(told(outcome), 'unknown');
  });

  test('a removal that was lost before it arrived is not taken for done because somebody else took the row away with others', async () => {
    const { world, script } = start();
    const { plans } = await proposeFor(world, [script], () => [
      { kind: 'remove', targetKey: targetKey({ kind: 'group', groupId: groupNamed(world, '**Executives**') }) },
    ]);
    assert.ok(plans[0]);
    world.tenant.behavior.faults.push({ kind: 'drop', match: isAssign });
    let reads = 0;
    world.tenant.behavior.afterRead = () => {
      reads += 1;
      if (reads === 1) world.tenant.admin.assign(script.family, script.id, []);
    };
    assert.equal(told(await writeOne(world, plans[0])), 'unknown');
  });

  test('a removal that was lost before it arrived is not taken for done because somebody else changed the row', async () => {
    const { world, script } = start();
    const executives = groupNamed(world, '**Executives**');
    const { plans } = await proposeFor(world, [script], () => [
      { kind: 'remove', targetKey: targetKey({ kind: 'group', groupId: executives }) },
    ]);
    assert.ok(plans[0]);
    world.tenant.behavior.faults.push({ kind: 'drop', match: isAssign });
    let reads = 0;
    world.tenant.behavior.afterRead = () => {
      reads += 1;
      if (reads !== 1) return;
      const rows = rowsOf(script).map(({ target }) => ({ target, ...(target['groupId'] === executives && { priority: 3 }) }));
      world.tenant.admin.assign(script.family, script.id, rows);
    };
    const outcome = await writeOne(world, plans[0]);
    assert.equal(hasGroup(script, executives), true);
    assert.equal(told(outcome), 'unknown');
  });

  test('an addition that was lost before it arrived is not taken for done because somebody else added a group', async () => {
    const { world, script, group } = start();
    const plan = await planToAdd(world, script, group);
    world.tenant.behavior.faults.push({ kind: 'drop', match: isAssign });
    let reads = 0;
    world.tenant.behavior.afterRead = () => {
      reads += 1;
      if (reads === 2) adminAdds(world, script, groupNamed(world, 'Cloud PCs'));
    };
    assert.equal(told(await writeOne(world, plan)), 'unknown');
  });

  test('a removal that was lost before it arrived is not taken for done because copies that are behind show a set without the row', async () => {
    const { world, script } = start();
    const theirs = groupNamed(world, 'HR Devices');
    await world.clock.sleep(10_000);
    adminAdds(world, script, theirs);
    const { plans } = await proposeFor(world, [script], () => [{ kind: 'remove', targetKey: `group|${theirs}|` }]);
    world.tenant.behavior.faults.push({ kind: 'drop', match: isAssign });
    let reads = 0;
    world.tenant.behavior.afterRead = () => {
      reads += 1;
      if (reads === 1) world.tenant.behavior.replicaLagsMs = [5_000];
    };
    const outcome = await writeOne(world, plans[0] ?? assert.fail());
    assert.equal(told(outcome), 'unknown');
    assert.ok(outcome.kind === 'unknown' && outcome.now && reads > 4);
    assert.ok(outcome.now.some(({ target }) => target.groupId === theirs));
  });

  test('cancelled once the answer was lost: one look is not enough to tell what became of it', async () => {
    const { world, script, group } = start();
    world.tenant.behavior.assignmentLagMs = 0;
    const plan = await planToAdd(world, script, group);
    const cancel = new AbortController();
    world.tenant.behavior.faults.push({ kind: 'drop', point: 'after', match: isAssign });
    world.tenant.behavior.afterWrite = () => cancel.abort();
    const outcome = await writeOne(world, plan, { signal: cancel.signal });
    assert.ok(outcome.kind === 'unknown' && outcome.now);
    assert.equal(shownSet(plan, outcome.now), 'wanted');
  });
});

describe('a batch that was partly committed', () => {
  test('the connection drops in its middle: what was done is written, the rest is unknown, nothing is sent twice', async () => {
    const world = createWorld({ parts: { writeMethod: 'assign' } });
    const group = groupNamed(world, 'HR Devices');
    const scripts = world.tenant.state.scripts.list('deviceManagementScripts').slice(0, 6);
    const before = scripts.map(truth);
    const plans = await plansToAdd(world, scripts, group);
    world.tenant.behavior.faults.push({ kind: 'drop', match: isAssign, skip: 3 });
    const outcomes = await writePlans(plans, world.parts);
    const expected = ['written, visible', 'written, visible', 'written, visible', 'unknown', 'unknown', 'unknown'];
    assert.deepEqual(outcomes.map(told), expected);
    assert.deepEqual(
      scripts.map(script => hasGroup(script, group)),
      expected.map(kind => kind === 'written, visible'),
    );
    for (const [index, script] of scripts.entries()) for (const row of before[index] ?? []) assert.ok(truth(script).includes(row), row);
    assert.equal(writesIn(world).length, 4);
  });

  test('errors inside of it are each their own', async () => {
    const world = createWorld({ parts: { writeMethod: 'assign' } });
    const group = groupNamed(world, 'HR Devices');
    const scripts = world.tenant.state.scripts.list('deviceManagementScripts').slice(0, 4);
    const plans = await plansToAdd(world, scripts, group);
    const of = (index: number) => (method: string, path: string) => isAssign(method, path) && path.includes(scripts[index]?.id ?? '-');
    world.tenant.behavior.faults.push(
      { kind: 'error', status: 500, point: 'after', match: of(0) },
      { kind: 'forbidden', reason: 'user', match: of(1) },
      { kind: 'throttle', retryAfter: '3', match: of(2) },
    );
    assert.deepEqual((await writePlans(plans, world.parts)).map(told), [
      'written, visible',
      'failed',
      'written, visible',
      'written, visible',
    ]);
    assert.deepEqual(
      scripts.map(script => writesIn(world).filter(({ path }) => path.includes(script.id)).length),
      [1, 1, 2, 1],
    );
  });

  test('the answer of the whole batch is lost after all was done', async () => {
    const world = createWorld({ parts: { writeMethod: 'assign' } });
    const group = groupNamed(world, 'HR Devices');
    const plans = await plansToAdd(world, world.tenant.state.scripts.list('deviceManagementScripts').slice(0, 5), group);
    const batchOfWrites = (method: string, path: string): boolean => isBatch(method, path) && writesIn(world).length > 0;
    world.tenant.behavior.faults.push({ kind: 'drop', point: 'after', match: isBatch, skip: 1 });
    assert.deepEqual(new Set((await writePlans(plans, world.parts)).map(told)), new Set(['written, visible']));
    assert.equal(batchOfWrites('POST', '/$batch'), true);
    assert.equal(writesIn(world).length, 5);
  });
});
