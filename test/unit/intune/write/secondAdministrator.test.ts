import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type JournalStart, rowToJournal, stampOf } from '../../../../src/intune/journal/journal.ts';
import { assignmentFromWire, targetKey } from '../../../../src/intune/model/assignment.ts';
import { targetFromWire } from '../../../../src/intune/model/target.ts';
import { addGroups } from '../../../../src/intune/plan/addTargets.ts';
import { replacedRows } from '../../../../src/intune/write/outcome.ts';
import { rowsOf, type SampleScript, type StoredRow } from '../../../../src/sample/index.ts';
import {
  adminAdds,
  createWorld,
  groupNamed,
  hasGroup,
  planToAdd,
  proposeFor,
  sampleScript,
  told,
  truth,
  type World,
  writeOne,
  writesIn,
} from '../support.ts';

async function start(writeMethod: 'assign' | 'auto' = 'assign', behavior = {}) {
  const world = createWorld({ behavior, parts: { writeMethod } });
  const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
  const [ours, theirs] = [groupNamed(world, 'HR Devices'), groupNamed(world, 'Cloud PCs')];
  return { world, script, ours, theirs, plan: await planToAdd(world, script, ours) };
}

/** Runs once, at the n-th request of a kind. */
function at(world: World, when: 'beforeRead' | 'afterRead' | 'beforeWrite' | 'afterWrite', n: number, act: () => void): void {
  let seen = 0;
  world.tenant.behavior[when] = () => {
    seen += 1;
    if (seen === n) act();
  };
}

const groupTarget = '#microsoft.graph.groupAssignmentTarget';

const row = ({ target, runSchedule, runRemediationScript }: StoredRow) => ({ target, runSchedule, runRemediationScript });

describe('another administrator who writes before the last read', () => {
  test('adds a group: a conflict, nothing is written', async () => {
    const { world, script, theirs, plan } = await start();
    adminAdds(world, script, theirs);
    const before = truth(script);
    const outcome = await writeOne(world, plan);
    assert.ok(outcome.kind === 'conflict');
    assert.equal(outcome.now.length, plan.base.length + 1);
    assert.equal(writesIn(world).length, 0);
    assert.deepEqual(truth(script), before);
  });

  test('removes a group: a conflict, and the group does not come back', async () => {
    const { world, script, plan } = await start();
    world.tenant.admin.assign(script.family, script.id, rowsOf(script).slice(1).map(row));
    const before = truth(script);
    assert.equal(told(await writeOne(world, plan)), 'conflict');
    assert.deepEqual(truth(script), before);
  });

  test('and again between two pages of the last read, which hides what was added: a conflict, and it is not lost', async () => {
    const world = createWorld({
      behavior: { assignmentLagMs: 0, assignmentPageSize: 1, reorderRows: false },
      parts: { writeMethod: 'assign' },
    });
    const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
    const target = (name: string) => ({ target: { '@odata.type': groupTarget, groupId: groupNamed(world, name) } });
    const [first, added, last] = [target('Cloud PCs'), target('HR – Kiosks'), target('Finance – All Laptops')];
    world.tenant.admin.assign(script.family, script.id, [first, last]);
    const plan = await planToAdd(world, script, groupNamed(world, 'HR Devices'));
    world.tenant.admin.assign(script.family, script.id, [first, added, last]);
    at(world, 'beforeRead', 2, () => world.tenant.admin.assign(script.family, script.id, [added, last]));
    assert.equal(told(await writeOne(world, plan)), 'conflict');
    assert.equal(writesIn(world).length, 0);
    assert.equal(rowsOf(script).length, 2);
  });

  test('between the pages of every read: told, and nothing is written', async () => {
    const world = createWorld({
      behavior: { assignmentLagMs: 0, assignmentPageSize: 1, reorderRows: false },
      parts: { writeMethod: 'assign' },
    });
    const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
    const plan = await planToAdd(world, script, groupNamed(world, 'HR Devices'));
    const rows = ['Cloud PCs', 'HR – Kiosks', 'Finance – All Laptops'].map(name => ({
      target: { '@odata.type': groupTarget, groupId: groupNamed(world, name) },
    }));
    let turn = 0;
    world.tenant.behavior.beforeRead = () => {
      turn += 1;
      world.tenant.admin.assign(script.family, script.id, turn % 2 === 0 ? rows : rows.slice(0, 2));
    };
    assert.match(told(await writeOne(world, plan)), /^(failed|conflict)/);
    assert.equal(writesIn(world).length, 0);
  });

  test('changes only a schedule: a conflict', async () => {
    const world = createWorld({ parts: { writeMethod: 'assign' } });
    const script = sampleScript(world, 'deviceHealthScripts', 'Restart Stopped Print Spooler');
    const plan = await planToAdd(world, script, groupNamed(world, 'Cloud PCs'));
    const hourly = { '@odata.type': '#microsoft.graph.deviceHealthScriptHourlySchedule', interval: 23 };
    world.tenant.admin.assign(
      script.family,
      script.id,
      rowsOf(script).map((stored, index) => ({ ...row(stored), runSchedule: index === 0 ? hourly : stored.runSchedule })),
    );
    assert.equal(told(await writeOne(world, plan)), 'conflict');
    assert.equal(writesIn(world).length, 0);
  });

  test('renames the script: no conflict', async () => {
    const { world, script, plan } = await start();
    world.tenant.admin.renameScript(script.family, script.id, 'Another name');
    assert.equal(told(await writeOne(world, plan)), 'written, visible');
  });

  test('writes the same rows in another order and spelling: no conflict', async () => {
    const { world, script, plan } = await start();
    const upper = ({ target }: StoredRow) => ({ target: { ...target, groupId: String(target['groupId']).toUpperCase() } });
    world.tenant.admin.assign(script.family, script.id, rowsOf(script).toReversed().map(upper));
    assert.equal(told(await writeOne(world, plan)), 'written, visible');
  });

  test('planned again after the conflict, both groups are assigned', async () => {
    const { world, script, ours, theirs, plan } = await start();
    adminAdds(world, script, theirs);
    assert.equal(told(await writeOne(world, plan)), 'conflict');
    const again = await proposeFor(world, [script], () => plan.changes);
    assert.ok(again.plans[0]);
    assert.equal(told(await writeOne(world, again.plans[0])), 'written, visible');
    assert.ok(hasGroup(script, ours) && hasGroup(script, theirs));
  });

  test('the additive route loses nothing even between its last read and the write', async () => {
    const { world, script, ours, theirs, plan } = await start('auto', { collectionPost: true });
    at(world, 'beforeWrite', 1, () => adminAdds(world, script, theirs));
    assert.equal(told(await writeOne(world, plan)), 'changedAfter');
    assert.ok(hasGroup(script, ours) && hasGroup(script, theirs));
  });

  test('where the additive route is missing, the set is read after that was found out: a conflict', async () => {
    const { world, script, ours, theirs, plan } = await start('auto');
    at(world, 'beforeRead', 2, () => adminAdds(world, script, theirs));
    assert.equal(told(await writeOne(world, plan)), 'conflict');
    assert.equal(writesIn(world).length, 1, 'the route was asked for');
    assert.ok(!hasGroup(script, ours) && hasGroup(script, theirs));
  });
});

/** The one gap: `assign` replaces the set and has no etag. */
describe('another administrator who writes between the last read and the write', () => {
  test('with assign their group is lost; where the service still shows it for a while, it is told', async () => {
    const { world, script, ours, theirs, plan } = await start();
    at(world, 'beforeWrite', 1, () => adminAdds(world, script, theirs));
    const outcome = await writeOne(world, plan);
    assert.ok(hasGroup(script, ours) && !hasGroup(script, theirs));
    assert.ok(outcome.kind === 'written' && outcome.now && outcome.replaced);
    assert.deepEqual(
      replacedRows(plan, outcome.now, outcome.replaced).map(({ target }) => target.groupId),
      [theirs],
      'ours is not missing, theirs is',
    );
    assert.ok(outcome.now.some(({ target }) => target.groupId === ours));
  });

  test('what they removed comes back; where the service shows that for a while, it is told', async () => {
    const { world, script, plan } = await start();
    at(world, 'beforeWrite', 1, () => world.tenant.admin.assign(script.family, script.id, rowsOf(script).slice(1).map(row)));
    const outcome = await writeOne(world, plan);
    assert.equal(rowsOf(script).length, plan.base.length + 1);
    assert.ok(outcome.kind === 'written' && outcome.now && outcome.replaced);
    assert.deepEqual(replacedRows(plan, outcome.now, outcome.replaced), []);
  });

  test('where the service shows our set at once, nobody can see the loss', async () => {
    const { world, script, ours, theirs, plan } = await start('assign', { assignmentLagMs: 0 });
    at(world, 'beforeWrite', 1, () => adminAdds(world, script, theirs));
    assert.equal(told(await writeOne(world, plan)), 'written, visible');
    assert.ok(hasGroup(script, ours) && !hasGroup(script, theirs));
  });

  test('nothing but the write itself is in the gap', async () => {
    const { world, script, plan } = await start();
    await writeOne(world, plan);
    assert.deepEqual(world.events, [
      `GET assignments ${script.id}`,
      'journal start',
      `GET assignments ${script.id}`,
      `POST assign ${script.id}`,
      ...world.events.slice(4),
    ]);
    const [read, write] = [world.requests.findLastIndex(({ path }) => path.endsWith('/assign')) - 1, writesIn(world)[0]];
    assert.equal(world.requests[read]?.at, write?.at, 'no time passes');
  });

  test('with the additive route nothing is lost', async () => {
    const { world, script, ours, theirs, plan } = await start('auto', { collectionPost: true });
    at(world, 'beforeWrite', 1, () => adminAdds(world, script, theirs));
    assert.equal(told(await writeOne(world, plan)), 'changedAfter');
    assert.ok(hasGroup(script, ours) && hasGroup(script, theirs));
  });
});

describe('another administrator who writes after the write', () => {
  test('adds a group: told as changed after, nothing is missing', async () => {
    const { world, script, ours, theirs, plan } = await start();
    at(world, 'afterWrite', 1, () => adminAdds(world, script, theirs));
    const outcome = await writeOne(world, plan);
    assert.ok(outcome.kind === 'changedAfter');
    assert.deepEqual(outcome.missing, []);
    assert.ok(hasGroup(script, ours) && hasGroup(script, theirs));
  });

  test('replaces the set before ours was seen: that it does not show, for what shows may be older', async () => {
    const { world, script, ours, theirs, plan } = await start();
    const include = { target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: theirs } };
    at(world, 'afterWrite', 1, () => world.tenant.admin.assign(script.family, script.id, [include]));
    assert.equal(told(await writeOne(world, plan)), 'written, not visible');
    assert.ok(!hasGroup(script, ours));
  });

  test('takes rows away and leaves ours: told with the rows that are gone', async () => {
    const { world, script, ours, theirs, plan } = await start();
    const include = (groupId: string) => ({ target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId } });
    at(world, 'afterWrite', 1, () => world.tenant.admin.assign(script.family, script.id, [include(ours), include(theirs)]));
    const outcome = await writeOne(world, plan);
    assert.ok(outcome.kind === 'changedAfter', outcome.kind);
    assert.equal(outcome.missing.length, plan.base.length);
  });

  test('does the same as we: written', async () => {
    const { world, script, ours, plan } = await start();
    at(world, 'afterWrite', 1, () => adminAdds(world, script, ours));
    assert.equal(told(await writeOne(world, plan)), 'written, visible');
  });
});

describe('the user, in another window', () => {
  const remove = (target: StoredRow['target']) => [{ kind: 'remove', targetKey: targetKey(targetFromWire(target)) }] as const;

  test('takes a row away after the write: it is not told as missing, so that no Restore brings it back', async () => {
    const { world, script, plan } = await start('assign', { assignmentLagMs: 0 });
    const [first = assert.fail()] = rowsOf(script);
    let other: Promise<unknown> | undefined;
    at(world, 'afterWrite', 1, () => {
      // What the first window reads from here on is the set of the second one.
      const rows = rowsOf(script).filter(({ target }) => targetFromWire(target).groupId !== targetFromWire(first.target).groupId);
      const taken: JournalStart = {
        type: 'start',
        id: 'other',
        changeId: 'other change',
        ...stampOf(world.clock),
        connection: 'c',
        account: 'a',
        script: plan.script,
        before: [rowToJournal(assignmentFromWire(row(first)))],
        after: [],
      };
      other = world.parts.journal.append([taken, { type: 'end', id: 'other', ...stampOf(world.clock), outcome: 'written' }]);
      world.tenant.behavior.afterWrite = undefined;
      world.tenant.behavior.beforeRead = () => {
        world.tenant.behavior.beforeRead = undefined;
        world.tenant.admin.assign(script.family, script.id, rows.map(row));
      };
    });
    const outcome = await writeOne(world, plan);
    await other;
    assert.equal(told(outcome), 'written, visible');
  });

  test('put a row there before: a set of before that is not told as what somebody has changed', async () => {
    const world = createWorld({ behavior: { assignmentLagMs: 0 }, parts: { writeMethod: 'assign' } });
    const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
    const [first = assert.fail()] = rowsOf(script);
    const removal = await proposeFor(world, [script], () => remove(first.target));
    await writeOne(world, removal.plans[0] ?? assert.fail());
    await world.clock.sleep(10_000);
    const plan = await planToAdd(world, script, groupNamed(world, 'HR Devices'));
    at(world, 'afterWrite', 1, () => {
      world.tenant.behavior.replicaLagsMs = [60_000, 60_000, 60_000, 0];
    });
    const outcome = await writeOne(world, plan);
    assert.ok(outcome.kind === 'written' && outcome.visible && !outcome.replaced);
  });
});

/** Replaces the set, with the rows of policy sets. */
const show = (script: SampleScript, rows: readonly StoredRow[]): void => {
  script.versions = [...script.versions, { rows, visibleAt: Number.NEGATIVE_INFINITY }];
};

const direct = (groupId: string): StoredRow => ({
  target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId },
  runRemediationScript: false,
  runSchedule: null,
  source: 'direct',
  sourceId: undefined,
});

describe('rows of policy sets', () => {
  test('are not posted, are still there, and do not look like somebody else’s work', async () => {
    const world = createWorld({ parts: { writeMethod: 'assign' } });
    const script = sampleScript(world, 'configurationPolicies', 'Linux – Install Security Updates');
    const before = truth(script);
    assert.equal(told(await writeOne(world, await planToAdd(world, script, groupNamed(world, 'HR Devices')))), 'written, visible');
    for (const line of before) assert.ok(truth(script).includes(line), line);
  });

  test('a direct row to the same group as the policy set’s is kept', async () => {
    const world = createWorld({ parts: { writeMethod: 'assign' } });
    const script = sampleScript(world, 'configurationPolicies', 'Linux – Install Security Updates');
    const developers = groupNamed(world, 'Developers');
    show(script, [...rowsOf(script), direct(developers)]);
    const before = truth(script);
    assert.equal(before.filter(line => line.includes(developers)).length, 2, 'one direct, one of the policy set');
    const { plans } = await proposeFor(world, [script], ref => addGroups(ref, [groupNamed(world, 'HR Devices')]));
    assert.ok(plans[0]);
    assert.equal(told(await writeOne(world, plans[0])), 'written, visible');
    for (const line of before) assert.ok(truth(script).includes(line), `${line} of ${truth(script).join(' ')}`);
  });

  test('that another administrator takes away after the write are told as missing', async () => {
    const world = createWorld({ parts: { writeMethod: 'assign' } });
    const script = sampleScript(world, 'configurationPolicies', 'Linux – Install Security Updates');
    show(script, [...rowsOf(script), direct(groupNamed(world, 'Developers'))]);
    const plan = await planToAdd(world, script, groupNamed(world, 'HR Devices'));
    at(world, 'afterWrite', 1, () =>
      show(
        script,
        rowsOf(script).filter(({ source }) => source === 'direct'),
      ),
    );
    const outcome = await writeOne(world, plan);
    assert.ok(outcome.kind === 'changedAfter', outcome.kind);
    assert.deepEqual(
      outcome.missing.map(({ direct }) => direct),
      [false],
    );
  });
});
