import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { rowsOf } from '../../src/sample/index.ts';
import type { RecordedRequest } from '../host/cloud/recordedRequest.ts';
import { pictureOfFailure } from './fixtures/pictureOfFailure.ts';
import { openSignedIn, type SignedIn } from './fixtures/signedIn.ts';

const scriptName = 'Configure Developer Workstation';
const row = `Platform script '${scriptName}'`;

describe('Assign to Group, from the tree to the bytes that reach Microsoft Graph', () => {
  let session: SignedIn;
  before(async () => {
    session = await openSignedIn();
  });
  after(() => session?.close());
  afterEach(pictureOfFailure(() => session));

  const script = () => session.tenant.state.scripts.byName('deviceManagementScripts', scriptName);
  const groupId = (name: string): string => session.tenant.state.groups.byName(name)?.id.toLowerCase() ?? assert.fail(name);
  const intuneRequests = (from: number): RecordedRequest[] =>
    session.cloud.graphRequests.slice(from).filter(({ path }) => !path.startsWith('/v1.0/groups'));

  it('shows the tree of the tenant, with who and where', async () => {
    const scripts = session.workbench.view('Scripts');
    await scripts.expand('Platform scripts');
    await scripts.expand(row);
    await scripts.row("Assigned to group 'Developer Workstations'").waitFor();
    await scripts.waitForDescription('Contoso · ada@contoso.test');
    await scripts.waitForMessage(/^40 scripts · 7 unassigned/);
    await session.workbench.screenshot('tree');
    const families = session.cloud.graphRequests.filter(({ path }) => path.startsWith('/beta/deviceManagement/'));
    for (const { token } of families) assert.equal(token?.['appid'], '66666666-7777-4888-9999-aaaaaaaaaaaa');
  });

  it('keeps what is checked through a new search, and reviews exactly that', async () => {
    const { workbench, cloud } = session;
    const { quickInput } = workbench;
    await workbench.view('Scripts').contextMenu(row, 'Assign to Group…');
    await quickInput.waitFor('Search groups by name');
    await quickInput.type('fin');
    await quickInput.check('FIN Pilot');
    await quickInput.check('Finance – All Laptops');
    await quickInput.type('hr');
    await quickInput.check('HR Devices');
    await quickInput.entry('HR Devices').and(workbench.page.locator('[aria-checked="true"]')).waitFor();
    assert.deepEqual(
      (await quickInput.checkedLabels()).filter(label => !label.startsWith('Every') && !label.startsWith('Volunteers')).toSorted(),
      ['FIN Pilot', 'Finance – All Laptops', 'HR Devices'],
    );
    await workbench.screenshot('group-picker');
    const before = cloud.graphRequests.length;
    await quickInput.accept();
    const said = await workbench.dialog.read();
    await workbench.screenshot('review');
    assert.equal(said.message, `Assign “${scriptName}” to 3 groups?`);
    assert.match(said.detail, /^Contoso · ada@contoso\.test\nConfigure Developer Workstation: adds 3 assignments, keeps 2\n/);
    assert.match(said.detail, /Runs once on each device/);
    assert.equal(intuneRequests(before).length, 1, 'one $batch reads what the plan starts from');
  });

  it('writes the whole set once, reads it back, and says so', async () => {
    const { workbench, cloud } = session;
    const kept = rowsOf(script() ?? assert.fail());
    const before = cloud.graphRequests.length;
    await workbench.dialog.press('Assign in Contoso');
    await workbench.quickInput.waitFor('to go on');
    const prompt = await workbench.quickInput.message();
    await workbench.quickInput.type(/Type (\d+)/.exec(prompt)?.[1] ?? assert.fail(prompt));
    await workbench.quickInput.accept();
    await workbench.notifications.item(`${scriptName} is assigned`).waitFor();
    await workbench.view('Scripts').row("Assigned to group 'HR Devices'").waitFor();
    await workbench.page.locator('.notification-toast.notification-fade-in-done').waitFor();
    await workbench.screenshot('result');

    const sent = cloud.graphRequests.slice(before);
    const writes = sent.filter(({ method }) => method === 'POST');
    assert.equal(writes.length, 1);
    assert.equal(writes[0]?.path, `/beta/deviceManagement/deviceManagementScripts/${script()?.id}/assign`);
    const include = (id: string) => ({ target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: id } });
    const body = JSON.parse(writes[0]?.body.toString('utf8') ?? '') as {
      deviceManagementScriptAssignments: { target: { groupId: string } }[];
    };
    assert.deepEqual(Object.keys(body), ['deviceManagementScriptAssignments']);
    const rows = body.deviceManagementScriptAssignments;
    assert.deepEqual(rows.slice(kept.length), [
      include(groupId('FIN Pilot')),
      include(groupId('Finance – All Laptops')),
      include(groupId('HR Devices')),
    ]);
    assert.deepEqual(
      rows
        .slice(0, kept.length)
        .map(({ target }) => target.groupId.toLowerCase())
        .toSorted(),
      kept.map(({ target }) => String(target['groupId']).toLowerCase()).toSorted(),
    );
    assert.equal(writes[0]?.headers['content-type'], 'application/json');
    assert.equal(rowsOf(script() ?? assert.fail()).length, kept.length + 3);

    const reads = sent.filter(({ method, path }) => method === 'GET' && path.endsWith('/assignments'));
    assert.ok(sent.indexOf(reads[0] ?? assert.fail()) < sent.indexOf(writes[0] ?? assert.fail()), 'a last read comes before the write');
  });

  it('shows the new groups in the tree without reading everything again', async () => {
    await session.workbench.view('Scripts').row("Assigned to group 'FIN Pilot'").waitFor();
  });

  it('adds nothing that is there already', async () => {
    const { workbench, cloud } = session;
    await workbench.view('Scripts').contextMenu(row, 'Assign to Group…');
    await workbench.quickInput.waitFor('Search groups by name');
    await workbench.quickInput.check('FIN Pilot');
    const before = cloud.graphRequests.length;
    await workbench.quickInput.accept();
    await workbench.notifications.item('has these assignments already').waitFor();
    assert.deepEqual(
      cloud.graphRequests.slice(before).filter(({ method, path }) => method === 'POST' && !path.endsWith('/$batch')),
      [],
    );
  });

  it('leaves out a group that is deleted between pick and review, and says so', async () => {
    const { workbench, cloud, tenant } = session;
    await workbench.view('Scripts').contextMenu(row, 'Assign to Group…');
    await workbench.quickInput.waitFor('Search groups by name');
    await workbench.quickInput.type('Cloud');
    await workbench.quickInput.check('Cloud PCs');
    tenant.admin.deleteGroup(groupId('Cloud PCs'));
    const before = cloud.graphRequests.length;
    await workbench.quickInput.accept();
    await workbench.notifications.item('The group Cloud PCs was deleted meanwhile. Nothing new is assigned to it.').waitFor();
    const writes = cloud.graphRequests.slice(before).filter(({ method, path }) => method === 'POST' && !path.endsWith('/$batch'));
    assert.deepEqual(writes, []);
  });
});
