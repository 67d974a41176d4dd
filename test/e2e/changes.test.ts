import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { rowsOf } from '../../src/sample/index.ts';
import { pictureOfFailure } from './fixtures/pictureOfFailure.ts';
import { openSignedIn, type SignedIn } from './fixtures/signedIn.ts';

const scriptName = 'Configure Developer Workstation';
const row = `Platform script '${scriptName}'`;
const change = /^Assign to FIN Pilot, Configure Developer Workstation/;

describe('what was changed here', () => {
  let session: SignedIn;
  before(async () => {
    session = await openSignedIn();
  });
  after(() => session?.close());
  afterEach(pictureOfFailure(() => session));

  const script = () => session.tenant.state.scripts.byName('deviceManagementScripts', scriptName) ?? assert.fail();
  const groupIds = (): readonly string[] =>
    rowsOf(script())
      .map(({ target }) => String(target['groupId']).toLowerCase())
      .toSorted();
  const pilot = (): string => session.tenant.state.groups.byName('FIN Pilot')?.id.toLowerCase() ?? assert.fail();

  it('is nothing at first, and says what will be there', async () => {
    const { workbench } = session;
    const changes = workbench.view('Changes');
    await changes.open();
    await changes.welcome().filter({ hasText: 'Changes that you make here are listed here.' }).waitFor();
    await workbench.screenshot('changes-empty');
  });

  it('is listed as soon as it is written, with what it did', async () => {
    const { workbench } = session;
    const scripts = workbench.view('Scripts');
    await scripts.expand('Platform scripts');
    await scripts.contextMenu(row, 'Assign to Group…');
    await workbench.quickInput.waitFor('Search groups by name');
    await workbench.quickInput.type('FIN');
    await workbench.quickInput.check('FIN Pilot');
    await workbench.quickInput.accept();
    await workbench.dialog.press('Assign in Contoso');
    await workbench.notifications.item(`${scriptName} is assigned`).waitFor();
    const changes = workbench.view('Changes');
    await changes.row(change).waitFor();
    await changes.expand(change);
    await changes.row(`${row}, added FIN Pilot, written`).waitFor();
    await workbench.screenshot('changes');
  });

  it('is told in a report', async () => {
    const { workbench } = session;
    await workbench.view('Changes').contextMenu(change, 'Show Report');
    await workbench.editors.waitFor('Report');
    const text = await workbench.editors.text();
    assert.match(text, /^# Assign to FIN Pilot\n/);
    assert.match(text, /- Changed: 1 script\n/);
    assert.match(text, /After: Build Servers; Developer Workstations; FIN Pilot/);
    await workbench.screenshot('change-report');
  });

  it('is taken back with a review, by one write of exactly what else is there', async () => {
    const { workbench, cloud, tenant } = session;
    const theirs = tenant.state.groups.byName('HR Devices')?.id ?? assert.fail();
    tenant.admin.add('deviceManagementScripts', script().id, {
      target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: theirs },
    });
    const kept = groupIds().filter(id => id !== pilot());
    const before = cloud.graphRequests.length;
    await workbench.view('Changes').pressInlineAction(change, 'Undo Change…');
    const { detail } = await workbench.dialog.read();
    assert.match(detail, /removes 1 assignment, keeps 3/);
    assert.match(detail, /What a script has done on a device stays as it is\./);
    await workbench.screenshot('undo-review');
    await workbench.dialog.press('Remove in Contoso');
    await workbench
      .view('Changes')
      .row(/^Undo: Assign to FIN Pilot/)
      .waitFor();
    const writes = cloud.graphRequests.slice(before).filter(({ method, path }) => method === 'POST' && path.endsWith('/assign'));
    assert.equal(writes.length, 1);
    const body = JSON.parse(writes[0]?.body.toString('utf8') ?? '') as {
      deviceManagementScriptAssignments: { target: { groupId: string } }[];
    };
    assert.deepEqual(body.deviceManagementScriptAssignments.map(({ target }) => target.groupId.toLowerCase()).toSorted(), kept);
    assert.deepEqual(groupIds(), kept);
    await workbench
      .view('Changes')
      .row(/^Assign to FIN Pilot.* undone$/)
      .waitFor();
    await workbench.screenshot('undone');
  });

  it('is still there after the window was reloaded, for the same account', async () => {
    const { workbench } = session;
    await workbench.page.reload();
    await workbench.ready();
    await workbench.openContainer('Intune Scripts');
    const scripts = workbench.view('Scripts');
    await scripts.welcome().waitFor();
    await workbench.signIn(() => scripts.pressWelcomeButton('Sign In'));
    await scripts.waitForMessage(/^\d+ scripts?/);
    const changes = workbench.view('Changes');
    await changes.open();
    await changes.row(/^Undo: Assign to FIN Pilot/).waitFor();
    await changes.row(/^Assign to FIN Pilot.* undone$/).waitFor();
    await workbench.screenshot('changes-reloaded');
  });

  it('an undo is taken back from the palette: the change is there again', async () => {
    const { workbench } = session;
    await workbench.runCommand('Intune Scripts: Undo Change…');
    await workbench.quickInput.waitFor('Choose a change');
    await workbench.screenshot('undo-pick');
    await workbench.quickInput.accept();
    await workbench.dialog.press('Assign in Contoso');
    await workbench
      .view('Changes')
      .row(/^Undo: Undo: Assign to FIN Pilot/)
      .waitFor();
    assert.ok(groupIds().includes(pilot()));
  });
});
