import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { pictureOfFailure } from './fixtures/pictureOfFailure.ts';
import { openSignedIn, type SignedIn } from './fixtures/signedIn.ts';

const script = 'Configure Developer Workstation';
const row = `Platform script '${script}'`;

describe('what can be read of a tenant and of a plan', () => {
  let session: SignedIn;
  before(async () => {
    session = await openSignedIn();
  });
  after(() => session?.close());
  afterEach(pictureOfFailure(() => session));

  const requests = (end: string) => session.cloud.graphRequests.filter(({ path }) => path.includes(end));

  it('run results are asked for when a script is unfolded, and not before', async () => {
    const { workbench } = session;
    const scripts = workbench.view('Scripts');
    await scripts.expand('Platform scripts');
    await scripts.row(row).waitFor();
    assert.equal(requests('/runSummary').length, 0);
    const id = session.tenant.state.scripts.byName('deviceManagementScripts', script)?.id ?? assert.fail();
    const answered = session.cloud.answered(({ path }) => path.endsWith(`${id}/runSummary`));
    await scripts.expand(row);
    await answered;
    await scripts.row(/^Ran: [\d,]+ succeeded/).waitFor();
    await scripts.row("Assigned to group 'Developer Workstations'").waitFor();
    assert.equal(requests(`${id}/runSummary`).length, 1);
    await scripts.expand("Platform script 'Kiosk Auto Logon', not assigned");
    await scripts.row('Not run yet').waitFor();
    await workbench.screenshot('run-results');
  });

  it('all assignments become a document, read anew', async () => {
    const { workbench, tenant } = session;
    const there = tenant.state.scripts.byName('deviceManagementScripts', 'Outlook Signature') ?? assert.fail();
    tenant.admin.renameScript('deviceManagementScripts', there.id, 'AAA just renamed');
    await workbench.runCommand('Intune Scripts: Export Assignments…');
    await workbench.quickInput.waitFor('Choose the kind of document');
    await workbench.screenshot('export-formats');
    await workbench.quickInput.pick('CSV');
    await workbench.editors.waitFor('Family,Script,Script ID');
    assert.match(await workbench.editors.text(), /Platform scripts \(Windows\),AAA just renamed,/);
    await workbench.screenshot('export-csv');
  });

  it('a family becomes a document by its menu', async () => {
    const { workbench } = session;
    await workbench.view('Scripts').contextMenu('Platform scripts (Windows)', 'Export Assignments…');
    await workbench.quickInput.pick('Markdown');
    await workbench.editors.waitFor('# Assignments in Contoso');
    assert.match(await workbench.editors.text(), /13 scripts: a selection\./);
    await workbench.screenshot('export-markdown');
  });

  it('a family that cannot be read is named in the document and beside it', async () => {
    const { workbench, tenant } = session;
    tenant.behavior.forbiddenFamilies = new Set(['configurationPolicies']);
    await workbench.runCommand('Intune Scripts: Export Assignments…');
    await workbench.quickInput.pick('JSON');
    await workbench.notifications.item('Bash scripts (Linux) could not be read and are missing').waitFor();
    await workbench.screenshot('export-missing');
    tenant.behavior.forbiddenFamilies = new Set();
  });

  it('a plan is copied as Graph requests and as PowerShell', async () => {
    const { workbench } = session;
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const clipboard = (): Promise<string> => workbench.page.evaluate(() => navigator.clipboard.readText());
    await workbench.view('Scripts').contextMenu(row, 'Assign to Group…');
    await workbench.quickInput.waitFor('Search groups by name');
    await workbench.quickInput.type('fin');
    await workbench.quickInput.check('FIN Pilot');
    await workbench.quickInput.accept();
    await workbench.dialog.press('Show Plan');
    await workbench.editors.waitFor('Plan ');
    assert.match(await workbench.editors.text(), /FIN Pilot/);
    await workbench.screenshot('plan-to-copy');
    const copied = async (entry: string, mention: string): Promise<string> => {
      await workbench.editors.pressMoreAction(entry);
      await workbench.page.locator('.part.statusbar', { hasText: mention }).waitFor();
      return clipboard();
    };
    await workbench.editors.openMoreActions();
    await workbench.screenshot('plan-menu');
    await workbench.menu.cancel();
    const asRequests = await copied('Copy as Graph Requests', 'Plan copied as Graph requests');
    assert.match(asRequests, /\nPOST https:\/\/graph\.microsoft\.com\/beta\/deviceManagement\/deviceManagementScripts\/[^/]+\/assign\n/);
    const asPowerShell = await copied('Copy as PowerShell', 'Plan copied as PowerShell');
    assert.match(asPowerShell, /\nSet-Assignments -Name 'Configure Developer Workstation' -Uri/);
    assert.doesNotMatch(`${asRequests}${asPowerShell}`, /bearer|authorization/i);
    await workbench.editors.pressTitleAction('Discard Plan');
    assert.equal(requests('/assign').filter(({ method }) => method === 'POST').length, 0);
  });
});
describe('somebody who was quicker', () => {
  let session: SignedIn;
  before(async () => {
    session = await openSignedIn();
  });
  after(() => session?.close());
  afterEach(pictureOfFailure(() => session));

  it('is named once the changes are shown, and not before', async () => {
    const { workbench, cloud, tenant } = session;
    const group = (name: string): string => tenant.state.groups.byName(name)?.id ?? assert.fail(name);
    const there = tenant.state.scripts.byName('deviceManagementScripts', script) ?? assert.fail();
    await workbench.view('Scripts').expand('Platform scripts');
    await workbench.view('Scripts').contextMenu(row, 'Assign to Group…');
    await workbench.quickInput.waitFor('Search groups by name');
    await workbench.quickInput.type('HR Dev');
    await workbench.quickInput.check('HR Devices');
    await workbench.quickInput.accept();
    await workbench.dialog.read();
    const target = { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: group('FIN Pilot') };
    tenant.admin.add('deviceManagementScripts', there.id, { target });
    await workbench.dialog.press('Assign in Contoso');
    await workbench.notifications.item('changed since the plan was made').waitFor();
    const audits = () => cloud.graphRequests.filter(({ path }) => path.includes('/auditEvents')).length;
    assert.equal(audits(), 0);
    await workbench.notifications.press('changed since the plan was made', 'Show Changes');
    await workbench.editors.waitFor('Changed since the plan was made');
    assert.match(await workbench.editors.text(), /Changed by second\.admin@contoso\.example at /);
    assert.equal(audits(), 1);
    await workbench.screenshot('conflict-who');
    await workbench.notifications.press('changed since the plan was made', 'Plan Again');
    await workbench.dialog.press('Assign in Contoso');
    await workbench.notifications.item(`${script} is assigned to HR Devices.`).waitFor();
  });
});
