import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { rowsOf } from '../../src/sample/index.ts';
import type { RecordedRequest } from '../host/cloud/recordedRequest.ts';
import { pictureOfFailure } from './fixtures/pictureOfFailure.ts';
import { openSignedIn, type SignedIn, strictTenant } from './fixtures/signedIn.ts';

const family = 'deviceManagementScripts';
const scriptName = 'Configure Developer Workstation';
const row = `Platform script '${scriptName}'`;
const change = /^Assign to Cloud PCs, Configure Developer Workstation/;

describe('Multi Admin Approval', () => {
  let session: SignedIn;
  before(async () => {
    session = await openSignedIn({ tenant: strictTenant({ behavior: { approvalFamilies: new Set([family]) } }) });
  });
  after(() => session?.close());
  afterEach(pictureOfFailure(() => session));

  const script = () => session.tenant.state.scripts.byName(family, scriptName) ?? assert.fail();
  const groupId = (name: string): string => session.tenant.state.groups.byName(name)?.id.toLowerCase() ?? assert.fail(name);
  const isAssigned = (name: string): boolean =>
    rowsOf(script()).some(({ target }) => String(target['groupId']).toLowerCase() === groupId(name));
  const writes = (): RecordedRequest[] =>
    session.cloud.graphRequests.filter(({ method, path }) => method === 'POST' && path.endsWith('/assign'));
  const code = (): string => session.tenant.admin.approvals().at(-1)?.id ?? assert.fail('nothing was asked for');

  /** Asks for the approval of an assignment, and waits until the Changes view shows the request. */
  async function ask(search: string, group: string, why: string): Promise<void> {
    const { workbench } = session;
    await workbench.view('Scripts').contextMenu(row, 'Assign to Group…');
    await workbench.quickInput.waitFor('Search groups by name');
    await workbench.quickInput.type(search);
    await workbench.quickInput.check(group);
    await workbench.quickInput.accept();
    await workbench.dialog.press('Assign in Contoso');
    await workbench.quickInput.waitFor('Say why it is needed');
    await workbench.quickInput.type(why);
    await workbench.quickInput.accept();
    const waits = new RegExp(`^Assign to ${group}.*waits for approval`);
    await workbench.view('Changes').row(waits).waitFor();
  }

  it('asks why, and says that another administrator has to approve it', async () => {
    const { workbench } = session;
    const scripts = workbench.view('Scripts');
    await scripts.expand('Platform scripts');
    await scripts.contextMenu(row, 'Assign to Group…');
    await workbench.quickInput.waitFor('Search groups by name');
    await workbench.quickInput.type('Cloud');
    await workbench.quickInput.check('Cloud PCs');
    await workbench.quickInput.accept();
    await workbench.dialog.press('Assign in Contoso');
    await workbench.quickInput.waitFor('Say why it is needed');
    assert.equal(isAssigned('Cloud PCs'), false);
    await workbench.quickInput.type('Change 4711 – Größe');
    await workbench.screenshot('approval-ask');
    await workbench.quickInput.accept();
    await workbench.notifications.item(`The change of ${scriptName} waits for the approval of another administrator.`).waitFor();
    assert.equal(session.tenant.admin.approvals().at(-1)?.justification, 'Change 4711 – Größe');
    assert.equal(isAssigned('Cloud PCs'), false);
  });

  it('shows the request in the Changes view, and follows it while it is seen', async () => {
    const { workbench, tenant } = session;
    const changes = workbench.view('Changes');
    await workbench.notifications.press('waits for the approval of another administrator', 'Open Changes');
    await changes.expand(change);
    await changes.row(`${row}, to add Cloud PCs, waits for approval`).waitFor();
    await workbench.screenshot('approval-waits');
    tenant.admin.approve(code());
    await workbench.view('Changes').pressTitleAction('Refresh');
    await changes.row(`${row}, to add Cloud PCs, approved, to be finished`).waitFor();
    await changes.row(/^Assign to Cloud PCs.*approved, to be finished/).waitFor();
    await workbench.screenshot('approval-approved');
  });

  it('finishes it with the request as it was asked for, to the byte, and the code', async () => {
    const { workbench } = session;
    const [asked] = writes().slice(-1);
    await workbench.view('Changes').contextMenu(change, 'Finish Approved Change…');
    const { message, detail } = await workbench.dialog.read();
    assert.equal(message, `Finish the approved change of “${scriptName}”?`);
    assert.match(
      detail,
      /^Contoso · ada@contoso\.test\nConfigure Developer Workstation: adds 1 assignment, keeps 2\nCloud PCs · 350 devices\nRuns once /,
    );
    assert.match(detail, /Where somebody has changed the assignments since the request, nothing is written\./);
    await workbench.screenshot('approval-finish');
    await workbench.dialog.press('Finish in Contoso');
    await workbench.notifications.item(`${scriptName} is assigned to Cloud PCs.`).waitFor();
    const [finished] = writes().slice(-1);
    assert.equal(finished?.path, asked?.path);
    assert.deepEqual(finished?.body, asked?.body);
    assert.equal(asked?.headers['x-msft-approval-justification'], Buffer.from('Change 4711 – Größe').toString('base64'));
    assert.equal(finished?.headers['x-msft-approval-code'], code());
    assert.equal(finished?.headers['x-msft-approval-justification'], undefined);
    assert.ok(isAssigned('Cloud PCs'));
    await workbench.view('Changes').row(`${row}, added Cloud PCs, written`).waitFor();
  });

  it('does not finish over what somebody changed since, shows the three sides, and asks anew', async () => {
    const { workbench, tenant } = session;
    await ask('HR', 'HR Devices', 'Change 4712');
    tenant.admin.add(family, script().id, {
      target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: groupId('FIN Pilot') },
    });
    tenant.admin.approve(code());
    const before = writes().length;
    await workbench.view('Changes').contextMenu(/^Assign to HR Devices/, 'Finish Approved Change…');
    await workbench.dialog.press('Finish in Contoso');
    const told = workbench.notifications.item(`${scriptName} was changed since the plan was made, and stays as it is.`);
    await told.waitFor();
    await workbench.screenshot('approval-conflict');
    assert.equal(writes().length, before);
    await workbench.notifications.press('was changed since the plan was made', 'Cancel Request and Ask Anew…');
    await workbench.dialog.press('Assign in Contoso');
    await workbench.quickInput.waitFor('Say why it is needed');
    await workbench.quickInput.type('Change 4712, again');
    await workbench.quickInput.accept();
    const changes = workbench.view('Changes');
    await changes.row(/^Assign to HR Devices.*request canceled/).waitFor();
    await changes.row(/^Assign to HR Devices.*waits for approval/).waitFor();
    assert.deepEqual(
      tenant.admin.approvals().map(({ status }) => status),
      ['completed', 'cancelled', 'needsApproval'],
    );
  });

  it('finishes one from its plan, too', async () => {
    const { workbench, tenant } = session;
    const changes = workbench.view('Changes');
    tenant.admin.approve(code());
    await changes.pressTitleAction('Refresh');
    const approved = /^Assign to HR Devices.*approved, to be finished/;
    await changes.row(approved).waitFor();
    await changes.contextMenu(approved, 'Finish Approved Change…');
    await workbench.dialog.press('Show Plan');
    await workbench.editors.waitFor('Plan 1: Configure Developer Workstation in Contoso (at the request ↔ after)');
    assert.match(await workbench.editors.text(), /HR Devices/);
    await workbench.screenshot('approval-plan');
    await workbench.editors.pressTitleAction('Apply Plan');
    await workbench.notifications.item(`${scriptName} is assigned to HR Devices.`).waitFor();
    assert.ok(isAssigned('HR Devices'));
    assert.ok(isAssigned('FIN Pilot'));
  });

  it('says that a request was rejected, and lists it no more as one that waits', async () => {
    const { workbench, tenant } = session;
    await ask('kiosks', 'HR – Kiosks', 'Change 4713');
    tenant.admin.reject(code());
    await workbench.view('Changes').pressTitleAction('Refresh');
    await workbench.notifications.item(`The request to change ${scriptName} was rejected. Nothing was changed.`).waitFor();
    await workbench
      .view('Changes')
      .row(/^Assign to HR – Kiosks.*rejected/)
      .waitFor();
    assert.equal(isAssigned('HR – Kiosks'), false);
    await workbench.screenshot('approval-rejected');
  });

  it('takes a request back from the Changes view, with a question', async () => {
    const { workbench, tenant } = session;
    await ask('meeting', 'Meeting Room PCs', 'Change 4714');
    const changes = workbench.view('Changes');
    const waiting = /^Assign to Meeting Room PCs.*waits for approval/;
    await changes.contextMenu(waiting, 'Cancel Request for Approval…');
    const { message } = await workbench.dialog.read();
    await workbench.screenshot('approval-cancel');
    assert.equal(message, `Cancel the request to change “${scriptName}”?`);
    const before = session.cloud.graphRequests.length;
    await workbench.dialog.press('Cancel Request in Contoso');
    await workbench.notifications.item(`The request to change ${scriptName} was canceled.`).waitFor();
    await changes.row(/^Assign to Meeting Room PCs.*request canceled/).waitFor();
    const [cancel, ...more] = session.cloud.graphRequests.slice(before).filter(({ method }) => method !== 'GET');
    assert.deepEqual(more, []);
    assert.equal(cancel?.path, '/beta/deviceManagement/operationApprovalRequests/cancelMyRequest');
    assert.deepEqual(JSON.parse(cancel?.body.toString('utf8') ?? ''), { id: code() });
    assert.equal(tenant.admin.approvals().at(-1)?.status, 'cancelled');
    assert.equal(isAssigned('Meeting Room PCs'), false);
  });
});
