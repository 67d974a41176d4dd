import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { commands, window } from 'vscode';
import { createJournals } from '../../../../src/connections/journals.ts';
import { lookAfterApprovals } from '../../../../src/features/history/approvals.ts';
import { watchApprovals } from '../../../../src/features/history/watch.ts';
import { createChangesView } from '../../../../src/features/trees/changesView.ts';
import { systemClock } from '../../../../src/host/clock.ts';
import { createWorld, groupNamed, planToAdd, sampleScript, told, writeOne } from '../../intune/support.ts';
import { FakeTreeView } from '../trees/fakeTreeView.ts';

const minute = 60_000;
const hour = 60 * minute;

/** The Changes view of a tenant in which one request waits for approval, joined to the watch as extension.ts does. */
async function newView(t: TestContext) {
  const journal = createJournals('/nowhere', 'window', systemClock)({ key: 'in memory', sample: true });
  const family = 'deviceHealthScripts';
  const world = createWorld({ behavior: { approvalFamilies: new Set([family]) }, parts: { writeMethod: 'assign', journal } });
  const { clock, connection } = world;
  const tree = new FakeTreeView();
  Object.assign(window, { createTreeView: () => tree });
  Object.assign(commands, { executeCommand: async () => undefined });
  const said: string[] = [];
  const report = (error: unknown): void => assert.fail(String(error));
  const view = createChangesView({ journal: () => journal, now: clock.now, onPendingSeen: one => watch.see(one), report });
  const parts = { journal: () => journal, clock, log: { info: () => undefined, error: report } };
  const watch = watchApprovals({
    look: async one => {
      const { states, busy } = await lookAfterApprovals({ ...parts, warn: async text => void said.push(text) }, one);
      view.showApprovals(states);
      return busy;
    },
    clock,
    report,
  });
  // The clock goes on as long as somebody waits for it.
  t.after(() => {
    watch.dispose();
    view.dispose();
  });
  const plan = await planToAdd(world, sampleScript(world, family, 'Clear Teams Cache'), groupNamed(world, 'HR Devices'));
  assert.equal(told(await writeOne(world, plan, { justification: 'Rollout' })), 'pending');
  view.showConnection(connection);
  await view.refresh();
  const looks = () => world.requests.filter(({ method, path }) => method === 'GET' && path.includes('operationApprovalRequests')).length;
  return { world, tree, view, watch, clock, looks, said };
}

describe('requests for approval', () => {
  test('are asked for only while the view is seen, however long it is not', async t => {
    const { tree, clock, looks } = await newView(t);
    await clock.sleep(24 * hour);
    assert.equal(looks(), 0);
    tree.setVisible(true);
    await clock.sleep(5 * minute);
    const seen = looks();
    assert.ok(seen >= 9 && seen <= 11, `${seen} in 5 minutes`);
    tree.setVisible(false);
    await clock.sleep(24 * hour);
    assert.equal(looks(), seen);
    tree.setVisible(true);
    await clock.sleep(minute);
    assert.ok(looks() > seen);
  });

  test('are not asked for by Refresh either, while the view is not seen', async t => {
    const { view, watch, clock, looks } = await newView(t);
    watch.again();
    await view.refresh();
    await clock.sleep(hour);
    assert.equal(looks(), 0);
  });

  test('are not asked for any more once none waits, though the view is seen', async t => {
    const { world, tree, clock, looks, said } = await newView(t);
    tree.setVisible(true);
    await clock.sleep(minute);
    world.tenant.admin.reject(world.tenant.admin.approvals()[0]?.id ?? assert.fail());
    await clock.sleep(minute);
    const seen = looks();
    assert.equal(said.length, 1);
    assert.equal(tree.badge, undefined);
    await clock.sleep(hour);
    assert.equal(looks(), seen);
  });

  test('are not asked for any more once nobody is signed in, though the view is seen', async t => {
    const { tree, view, clock, looks } = await newView(t);
    tree.setVisible(true);
    await clock.sleep(minute);
    view.showConnection(undefined);
    const seen = looks();
    await clock.sleep(hour);
    assert.equal(looks(), seen);
  });
});
