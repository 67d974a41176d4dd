import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { FamilyId } from '../../src/intune/model/families.ts';
import { rowsOf, type SampleScript } from '../../src/sample/index.ts';
import type { RecordedRequest } from '../host/cloud/recordedRequest.ts';
import { pictureOfFailure } from './fixtures/pictureOfFailure.ts';
import { openSignedIn, type SignedIn } from './fixtures/signedIn.ts';

type Row = { readonly target: Readonly<Record<string, unknown>> } & Readonly<Record<string, unknown>>;

const typed = (name: string, rest: object = {}) => ({ '@odata.type': `#microsoft.graph.${name}`, ...rest });
const isWrite = ({ method, path }: RecordedRequest): boolean => method === 'POST' && /\/assign(ments)?$/.test(path);

/** The list that an `assign` sends, whatever its key. */
function rowsSent({ body }: RecordedRequest): readonly Row[] {
  const [rows] = Object.values(JSON.parse(body.toString('utf8')) as Record<string, readonly Row[]>);
  return rows ?? assert.fail('a write without rows');
}

const targetText = ({ target }: { readonly target: Readonly<Record<string, unknown>> }): string =>
  [target['@odata.type'], String(target['groupId'] ?? '').toLowerCase()].join(' ');

describe('targets beside included groups, from the gesture to the bytes', () => {
  let session: SignedIn;
  before(async () => {
    session = await openSignedIn();
  });
  after(() => session?.close());
  afterEach(pictureOfFailure(() => session));

  const script = (name: string, family: FamilyId = 'deviceManagementScripts'): SampleScript =>
    session.tenant.state.scripts.byName(family, name) ?? assert.fail(name);
  const groupId = (name: string): string => session.tenant.state.groups.byName(name)?.id.toLowerCase() ?? assert.fail(name);
  const writesSince = (from: number): readonly RecordedRequest[] => session.cloud.graphRequests.slice(from).filter(isWrite);
  const now = (): number => session.cloud.graphRequests.length;

  it('exclude a group from a script, with what that means', async () => {
    const { workbench } = session;
    const name = 'Remove Built-in Consumer Apps';
    const kept = rowsOf(script(name)).map(targetText);
    const scripts = workbench.view('Scripts');
    await scripts.expand('Platform scripts');
    await scripts.contextMenu(`Platform script '${name}'`);
    const entries = await workbench.menu.entries();
    assert.ok(entries.length <= 9, entries.join(', '));
    await workbench.menu.press('Exclude Group…');
    await workbench.quickInput.waitFor(`Exclude Groups from “${name}”`);
    await workbench.quickInput.type('finance users');
    await workbench.quickInput.check('Finance – Users');
    const from = now();
    await workbench.quickInput.accept();
    const { detail } = await workbench.dialog.read();
    await workbench.screenshot('targets-exclude');
    assert.match(detail, /Excludes Finance – Users/);
    assert.match(detail, /Finance – Users has only users, All Windows 11 Devices only devices/);
    await workbench.dialog.press('Exclude in Contoso');
    await workbench.notifications.item(`Finance – Users is excluded from ${name}.`).waitFor();
    const [write, ...more] = writesSince(from);
    assert.equal(more.length, 0);
    assert.equal(write?.path, `/beta/deviceManagement/deviceManagementScripts/${script(name).id}/assign`);
    const sent = rowsSent(write ?? assert.fail());
    assert.deepEqual(sent.at(-1), { target: typed('exclusionGroupAssignmentTarget', { groupId: groupId('Finance – Users') }) });
    assert.deepEqual(sent.slice(0, -1).map(targetText).toSorted(), kept.toSorted());
  });

  it('assign to all devices, after its name was typed', async () => {
    const { workbench } = session;
    await workbench.runCommand('Intune Scripts: Assign to All Devices…');
    await workbench.quickInput.waitFor('Assign to All Devices: Scripts');
    await workbench.quickInput.type('Last Time Machine');
    await workbench.quickInput.check('Last Time Machine Backup');
    const from = now();
    await workbench.quickInput.accept();
    await workbench.dialog.read();
    await workbench.screenshot('targets-all-devices');
    await workbench.dialog.press('Assign in Contoso');
    await workbench.quickInput.waitFor('to go on');
    await workbench.quickInput.type('all');
    await workbench.quickInput.accept();
    assert.deepEqual(writesSince(from), []);
    await workbench.quickInput.type('All devices');
    await workbench.quickInput.accept();
    await workbench.notifications.item('Last Time Machine Backup is assigned').waitFor();
    const [write, ...more] = writesSince(from);
    assert.equal(more.length, 0);
    assert.deepEqual(rowsSent(write ?? assert.fail()), [{ target: typed('allDevicesAssignmentTarget') }]);
  });

  it('assign to all users, from the context menu', async () => {
    const { workbench } = session;
    const name = 'Remove Built-in Consumer Apps';
    const kept = rowsOf(script(name)).map(targetText);
    await workbench.view('Scripts').contextMenu(`Platform script '${name}'`, 'Assign to All Users…');
    const from = now();
    const { message } = await workbench.dialog.read();
    assert.equal(message, `Assign “${name}” to “All users”?`);
    await workbench.dialog.press('Assign in Contoso');
    await workbench.quickInput.waitFor('to go on');
    await workbench.quickInput.type('All users');
    await workbench.quickInput.accept();
    await workbench.notifications.item(`${name} is assigned`).waitFor();
    const [write, ...more] = writesSince(from);
    assert.equal(more.length, 0);
    assert.equal(write?.path, `/beta/deviceManagement/deviceManagementScripts/${script(name).id}/assign`);
    const sent = rowsSent(write ?? assert.fail());
    assert.deepEqual(sent.at(-1), { target: typed('allLicensedUsersAssignmentTarget') });
    assert.deepEqual(sent.slice(0, -1).map(targetText).toSorted(), kept.toSorted());
  });

  it('everyone stands in the group picker before a search, too', async () => {
    const { workbench } = session;
    await workbench.view('Scripts').contextMenu("Platform script 'Outlook Signature'", 'Assign to Group…');
    await workbench.quickInput.waitFor('Search groups by name');
    await workbench.quickInput.entry('All devices').waitFor();
    await workbench.screenshot('targets-picker');
    await workbench.quickInput.check('All devices');
    await workbench.quickInput.type('hr dev');
    await workbench.quickInput.check('HR Devices');
    const checked = (await workbench.quickInput.checkedLabels()).filter(label => /^(All|HR) [Dd]evices$/.test(label));
    assert.deepEqual(checked.toSorted(), ['All devices', 'HR Devices']);
    await workbench.quickInput.accept();
    const { message } = await workbench.dialog.read();
    assert.equal(message, 'Assign “Outlook Signature” to 2 targets?');
    await workbench.screenshot('targets-mixed');
    await workbench.dialog.press('Cancel');
  });

  it('two selected assignments of different scripts are removed, with the keyboard alone', async () => {
    const { workbench } = session;
    const { page } = workbench;
    const [first, second] = ['Configure Developer Workstation', 'Enable BitLocker on Data Volumes'].map(name => script(name));
    const scripts = workbench.view('Scripts');
    await scripts.expand("Platform script 'Configure Developer Workstation'");
    await scripts.expand("Platform script 'Enable BitLocker on Data Volumes'");
    const [one, two] = ["Assigned to group 'Build Servers'", "Assigned to group 'Legal – Laptops'"];
    await scripts.select(one, two);
    const from = now();
    await page.keyboard.press('Delete');
    const { detail, message } = await workbench.dialog.read();
    await workbench.screenshot('targets-remove');
    assert.equal(message, 'Remove 2 assignments from 2 scripts?');
    assert.match(detail, /Removes Build Servers/);
    assert.match(detail, /Removes Legal – Laptops/);
    await page.keyboard.press('Enter');
    await workbench.notifications.item('2 scripts are changed').waitFor();
    const bodies = new Map<string, readonly string[]>();
    for (const request of session.cloud.graphRequests.slice(from)) {
      if (isWrite(request)) bodies.set(request.path, rowsSent(request).map(targetText));
      if (!request.path.endsWith('/$batch') || request.method !== 'POST') continue;
      const { requests } = JSON.parse(request.body.toString('utf8')) as { requests: { method: string; url: string; body?: object }[] };
      for (const { method, url, body } of requests) {
        if (method === 'POST' && body)
          bodies.set(
            url,
            Object.values(body as Record<string, readonly Row[]>)
              .flat()
              .map(targetText),
          );
      }
    }
    assert.equal(bodies.size, 2);
    const sentFor = (of: SampleScript | undefined) => [...bodies].find(([path]) => path.includes(of?.id ?? '-'))?.[1]?.toSorted();
    const include = (name: string) => `#microsoft.graph.groupAssignmentTarget ${groupId(name)}`;
    assert.deepEqual(sentFor(first), [include('Developer Workstations')]);
    assert.deepEqual(sentFor(second), [include('**Executives**'), include('أجهزة المالية')].toSorted());
  });

  it('the last assignment of a script is removed with the keyboard: the focused row, without a mouse', async () => {
    const { workbench } = session;
    const { page } = workbench;
    const name = 'Set Time Zone by Location';
    await workbench.openPalette('Intune Scripts: Find Script', 'Intune Scripts: Find Script…');
    await workbench.quickInput.accept();
    await workbench.quickInput.waitFor('Search all scripts');
    await workbench.quickInput.type(name);
    await workbench.quickInput.accept();
    const scripts = workbench.view('Scripts');
    await scripts.row(`Platform script '${name}'`).and(page.locator('.focused')).waitFor();
    await scripts.row('Not run yet').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await scripts.row('All devices').and(page.locator('.focused')).waitFor();
    const from = now();
    await page.keyboard.press('Delete');
    const { detail } = await workbench.dialog.read();
    await workbench.screenshot('targets-nothing-left');
    assert.match(detail, /Removes All devices/);
    assert.match(detail, /What a script has done on a device stays as it is\.\n⚠ It reaches nobody any more\./);
    await page.keyboard.press('Enter');
    await workbench.notifications.item(`${name} is no longer assigned to All devices.`).waitFor();
    const [write] = writesSince(from);
    assert.equal(write?.body.toString('utf8'), '{"deviceManagementScriptAssignments":[]}');
    assert.deepEqual(rowsOf(script(name)), []);
  });

  it('a group is removed from the scripts that are chosen', async () => {
    const { workbench } = session;
    const groups = workbench.view('Groups');
    await groups.open();
    await groups.scrollTo("Group 'Kiosk Devices'");
    await groups.contextMenu("Group 'Kiosk Devices'", 'Remove from Scripts…');
    await workbench.quickInput.waitFor('Remove “Kiosk Devices” from Scripts');
    await workbench.screenshot('targets-remove-group');
    await workbench.quickInput.check('Kiosk Auto Logon');
    const from = now();
    await workbench.quickInput.accept();
    await workbench.dialog.press('Remove in Contoso');
    await workbench.notifications.item('Kiosk Auto Logon is no longer assigned to Kiosk Devices.').waitFor();
    const [write] = writesSince(from);
    assert.deepEqual(rowsSent(write ?? assert.fail()).map(targetText), [
      `#microsoft.graph.groupAssignmentTarget ${groupId('HR – Kiosks')}`,
    ]);
  });

  it('some assignments of a script are chosen, and one that is gone meanwhile is told', async () => {
    const { workbench, tenant } = session;
    const name = 'Map Finance Network Drives';
    await workbench.runCommand('Intune Scripts: Remove Assignment…');
    await workbench.quickInput.waitFor('Remove Assignments: Scripts');
    await workbench.quickInput.type(name);
    await workbench.quickInput.check(name);
    await workbench.quickInput.accept();
    await workbench.quickInput.waitFor(`Remove Assignments of “${name}”`);
    await workbench.screenshot('targets-remove-some');
    await workbench.quickInput.check('Finance – Users');
    const left = rowsOf(script(name)).filter(({ target }) => String(target['groupId']).toLowerCase() !== groupId('Finance – Users'));
    tenant.admin.assign(
      'deviceManagementScripts',
      script(name).id,
      left.map(({ target }) => ({ target })),
    );
    const from = now();
    await workbench.quickInput.accept();
    await workbench.notifications.item(`${name} is not assigned like this any more`).waitFor();
    assert.deepEqual(writesSince(from), []);
  });
});

describe('targets beside included groups, in a small window', () => {
  let session: SignedIn;
  before(async () => {
    session = await openSignedIn({ size: { width: 760, height: 620 } });
  });
  after(() => session?.close());
  afterEach(pictureOfFailure(() => session));

  it('the review and its typed confirmation fit', async () => {
    const { workbench } = session;
    await workbench.runCommand('Intune Scripts: Assign to All Devices…');
    await workbench.quickInput.waitFor('Assign to All Devices: Scripts');
    await workbench.quickInput.type('Printer');
    await workbench.quickInput.check('Printer: O\'Brien\'s Floor & "Lobby"');
    await workbench.quickInput.accept();
    await workbench.dialog.read();
    await workbench.screenshot('targets-small-all-devices');
    await workbench.dialog.press('Assign in Contoso');
    await workbench.quickInput.waitFor('to go on');
    await workbench.screenshot('targets-confirmation');
    await workbench.quickInput.cancel();
    await workbench.quickInput.waitForClosed();
  });

  it('the assignments to remove can be told apart', async () => {
    const { workbench } = session;
    await workbench.runCommand('Intune Scripts: Remove Assignment…');
    await workbench.quickInput.waitFor('Remove Assignments: Scripts');
    await workbench.quickInput.type('Restart Stopped Print');
    await workbench.quickInput.check('Restart Stopped Print Spooler');
    await workbench.quickInput.accept();
    await workbench.quickInput.waitFor('Remove Assignments of');
    await workbench.screenshot('targets-small-remove-some');
    await workbench.quickInput.check('HR – Kiosks');
    await workbench.quickInput.accept();
    const { detail } = await workbench.dialog.read();
    await workbench.screenshot('targets-remove-exclusion');
    assert.match(detail, /No longer excludes HR – Kiosks/);
    assert.match(detail, /HR – Kiosks is not excluded any more/);
  });
});
