import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { rowsOf } from '../../src/sample/index.ts';
import type { RecordedRequest } from '../host/cloud/recordedRequest.ts';
import { pictureOfFailure } from './fixtures/pictureOfFailure.ts';
import { openSignedIn, type SignedIn, strictTenant } from './fixtures/signedIn.ts';

const groups = Array.from({ length: 10 }, (_, n) => `Zebra Ring ${n} – Devices of a department with a rather long name`);

describe('a review of 100 scripts and 10 groups on a small screen', () => {
  let session: SignedIn;
  before(async () => {
    const tenant = strictTenant({ size: 'large' });
    for (const displayName of groups) tenant.admin.addGroup({ displayName });
    tenant.behavior.groupIndexLagMs = 0;
    session = await openSignedIn({ tenant, size: { width: 800, height: 600 } });
  });
  after(() => session?.close());
  afterEach(pictureOfFailure(() => session));

  it('shows 300 scripts of a family', async () => {
    const scripts = session.workbench.view('Scripts');
    await scripts.expand('Platform scripts');
    await scripts.row("Platform script '").waitFor();
    await session.workbench.screenshot('tree-large-narrow');
  });

  it('fits, with its buttons in sight', async () => {
    const { workbench } = session;
    await workbench.view('Scripts').selectBelowFirst(100);
    await workbench.view('Scripts').contextMenuOfFocused('Assign to Group…');
    await workbench.quickInput.waitFor('Search groups by name');
    await workbench.quickInput.type('Zebra');
    for (const name of groups) await workbench.quickInput.check(name);
    await workbench.quickInput.accept();
    const said = await workbench.dialog.read();
    await workbench.screenshot('review-large');
    assert.equal(said.message, 'Assign 100 scripts to 10 groups?');
    assert.ok(said.detail.split('\n').length <= 12, said.detail);
    assert.match(said.detail, /and \d+ more/);
    for (const button of said.buttons) {
      const box = await workbench.page.locator('.monaco-dialog-box .monaco-button', { hasText: button }).first().boundingBox();
      assert.ok(box && box.y >= 0 && box.y + box.height <= 600 && box.x >= 0 && box.x + box.width <= 800, `${button} is out of sight`);
    }
  });

  it('shows the whole plan as a diff, which can be discarded', async () => {
    const { workbench, cloud } = session;
    const before = cloud.graphRequests.length;
    await workbench.dialog.press('Show Plan');
    await workbench.editors.waitFor('Plan ');
    assert.match(await workbench.editors.text(), /Zebra Ring 0/);
    await workbench.screenshot('plan-large');
    await workbench.editors.pressTitleAction('Discard Plan');
    assert.deepEqual(
      cloud.graphRequests.slice(before).filter(({ path }) => path.endsWith('/assign')),
      [],
    );
  });
});

describe('a plan in an editor, in a window of 1280 pixels', () => {
  let session: SignedIn;
  before(async () => {
    session = await openSignedIn();
  });
  after(() => session?.close());
  afterEach(pictureOfFailure(() => session));

  it('is applied from there, by one write of what it shows', async () => {
    const { workbench, tenant, cloud } = session;
    const { quickInput } = workbench;
    const name = 'Restart Stopped Print Spooler';
    const there = tenant.state.scripts.byName('deviceHealthScripts', name) ?? assert.fail();
    const group = (displayName: string): string => tenant.state.groups.byName(displayName)?.id.toLowerCase() ?? assert.fail(displayName);
    const groupsOf = (rows: readonly { readonly target: Readonly<Record<string, unknown>> }[]) =>
      rows.map(({ target }) => String(target['groupId']).toLowerCase()).toSorted();
    const before = groupsOf(rowsOf(there));
    const [from, to] = [group('HR Devices'), group('Cloud PCs')];
    assert.ok(before.includes(from));
    await workbench.runCommand('Intune Scripts: Replace Group…');
    await quickInput.waitFor('Replace Group');
    await quickInput.type('HR Devices');
    await quickInput.pick('HR Devices');
    await quickInput.waitFor('Replace “HR Devices” with');
    await quickInput.type('cloud');
    await quickInput.pick('Cloud PCs');
    await quickInput.pick('Replace “HR Devices” with “Cloud PCs”');
    await quickInput.waitFor('Scripts with “HR Devices”');
    await quickInput.accept();
    await workbench.dialog.press('Show Plan');
    await workbench.editors.waitFor('Plan ');
    await workbench.page.locator('.modified-in-monaco-diff-editor .line-insert').first().waitFor();
    assert.match(await workbench.editors.text(), /Cloud PCs/);
    await workbench.screenshot('plan');
    const posts = (): readonly RecordedRequest[] =>
      cloud.graphRequests.filter(({ method, path }) => method === 'POST' && path.endsWith('/assign'));
    assert.equal(posts().length, 0);
    await workbench.editors.pressTitleAction('Apply Plan');
    await workbench.notifications.item('changed').waitFor();
    await workbench.screenshot('plan-applied');
    const writes = posts();
    assert.equal(writes.length, 1);
    const sent = JSON.parse(writes[0]?.body.toString('utf8') ?? '') as {
      deviceHealthScriptAssignments: { target: Record<string, unknown> }[];
    };
    const wanted = [...before.filter(id => id !== from), to].toSorted();
    assert.deepEqual(groupsOf(sent.deviceHealthScriptAssignments), wanted);
    assert.deepEqual(groupsOf(rowsOf(there)), wanted);
  });
});
