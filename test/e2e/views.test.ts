import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { openSession, type Session, setUp } from './fixtures/openSession.ts';
import { pictureOfFailure } from './fixtures/pictureOfFailure.ts';
import { recordWelcomes, welcomesSeen } from './fixtures/recordWelcomes.ts';
import { openSignedIn, type SignedIn } from './fixtures/signedIn.ts';

describe('the views of a tenant', () => {
  let session: SignedIn;
  before(async () => {
    session = await openSignedIn();
  });
  after(() => session?.close());
  afterEach(pictureOfFailure(() => session));

  it('show assignments in words: filters, schedules, exclusions, everyone, deleted groups', async () => {
    const { workbench } = session;
    const scripts = workbench.view('Scripts');
    await scripts.expand('Remediations');
    await scripts.row("Remediation '").waitFor();
    await workbench.screenshot('tree-remediations');
    for (const { label } of await scripts.rows()) assert.doesNotMatch(label, /[0-9a-f]{8}-[0-9a-f]{4}/, 'no raw id where a name belongs');
  });

  it('refresh keeps what is expanded', async () => {
    const { workbench, cloud } = session;
    const before = cloud.graphRequests.length;
    await workbench.view('Scripts').pressTitleAction('Refresh');
    await cloud.answered(({ path }) => path.includes('deviceHealthScripts') && cloud.graphRequests.length > before);
    await workbench.view('Scripts').row("Remediation '").waitFor();
  });

  it('finds a script by the palette and reveals it', async () => {
    const { workbench } = session;
    await workbench.runCommand('Intune Scripts: Find Script…');
    await workbench.quickInput.waitFor('Search all scripts');
    await workbench.screenshot('find-script');
    await workbench.quickInput.type('Map Finance');
    await workbench.quickInput.pick('Map Finance Network Drives');
    await workbench.view('Scripts').row("Platform script 'Map Finance Network Drives'").waitFor();
    await workbench
      .view('Scripts')
      .row(/^(Ran|Not run)/)
      .waitFor();
  });

  it('copy the ids of the selected rows, one a line', async () => {
    const { workbench, tenant } = session;
    const { page } = workbench;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const names = ['Map Finance Network Drives', 'Outlook Signature'];
    const [first, second] = names.map(name => `Platform script '${name}'`);
    await workbench.view('Scripts').select(first ?? '', second ?? '');
    await workbench.view('Scripts').contextMenu(second ?? '', 'Copy ID');
    await page.locator('.part.statusbar .statusbar-item', { hasText: '2 IDs copied' }).waitFor();
    const ids = names.map(name => tenant.state.scripts.byName('deviceManagementScripts', name)?.id);
    assert.deepEqual((await page.evaluate(() => navigator.clipboard.readText())).split('\n'), ids);
  });

  it('open a script in the admin center', async () => {
    const { workbench, tenant } = session;
    // Not one of the two rows that are selected: their menu is about both.
    const name = 'Set Time Zone by Location';
    await workbench.view('Scripts').contextMenu(`Platform script '${name}'`, 'Open in Admin Center');
    const { detail } = await workbench.dialog.read();
    await workbench.dialog.press('Cancel');
    const id = tenant.state.scripts.byName('deviceManagementScripts', name)?.id ?? assert.fail();
    // VS Code shortens a long address in the middle.
    assert.ok(detail.startsWith('https://intune.microsoft.com/') && detail.includes(id.slice(-12)), detail);
  });

  it('list groups from what is loaded, and assign scripts to one', async () => {
    const { workbench, cloud, tenant } = session;
    const before = cloud.graphRequests.length;
    const groups = workbench.view('Groups');
    await groups.open();
    await groups.row("Group 'Build Servers'").waitFor();
    await workbench.screenshot('groups');
    assert.equal(cloud.graphRequests.length, before, 'the Groups view asks nothing');
    await groups.contextMenu("Group 'Build Servers'", 'Assign Scripts to Group…');
    await workbench.quickInput.type('Set Time Zone');
    await workbench.quickInput.check('Set Time Zone by Location');
    await workbench.quickInput.accept();
    const { message, detail } = await workbench.dialog.press('Assign in Contoso');
    assert.equal(message, 'Assign “Set Time Zone by Location” to “Build Servers”?');
    assert.match(detail, /assigned to all devices already/);
    await workbench.notifications.item('Set Time Zone by Location is assigned').waitFor();
    const sent = cloud.graphRequests.slice(before).filter(({ method, path }) => method === 'POST' && !path.endsWith('$batch'));
    const id = tenant.state.scripts.byName('deviceManagementScripts', 'Set Time Zone by Location')?.id;
    assert.deepEqual(
      sent.map(({ path }) => path),
      [`/beta/deviceManagement/deviceManagementScripts/${id}/assignments`, `/beta/deviceManagement/deviceManagementScripts/${id}/assign`],
      'a single addition is tried as the API documents it, and only “no route” leads to the replacing action',
    );
  });

  it('tells of somebody else’s change, and writes nothing then', async () => {
    const { workbench, cloud, tenant } = session;
    const name = 'Outlook Signature';
    const script = tenant.state.scripts.byName('deviceManagementScripts', name) ?? assert.fail();
    const group = (displayName: string): string => tenant.state.groups.byName(displayName)?.id ?? assert.fail(displayName);
    await workbench.runCommand('Intune Scripts: Assign to Group…');
    await workbench.quickInput.waitFor('Assign to Group: Scripts');
    await workbench.quickInput.type(name);
    await workbench.quickInput.check(name);
    await workbench.quickInput.accept();
    await workbench.quickInput.waitFor('Search groups by name');
    await workbench.quickInput.type('HR Dev');
    await workbench.quickInput.check('HR Devices');
    await workbench.quickInput.accept();
    await workbench.dialog.read();
    const target = { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: group('FIN Pilot') };
    tenant.admin.add('deviceManagementScripts', script.id, { target });
    const before = cloud.graphRequests.length;
    await workbench.dialog.press('Assign in Contoso');
    await workbench.notifications.item('changed since the plan was made').waitFor();
    await workbench.screenshot('conflict');
    assert.deepEqual(
      cloud.graphRequests.slice(before).filter(({ method, path }) => method === 'POST' && path.endsWith('/assign')),
      [],
    );
    await workbench.notifications.press('changed since the plan was made', 'Plan Again');
    await workbench.dialog.press('Assign in Contoso');
    await workbench.notifications.item(`${name} is assigned`).waitFor();
  });
});

describe('the side bar on the way to the tree never shows a welcome for a state that it is not in', () => {
  let session: Session | undefined;
  afterEach(async context => {
    await pictureOfFailure(() => session)(context);
    await session?.close();
    session = undefined;
  });

  it('when the window is reloaded', async () => {
    session = await openSession({ settings: { 'intuneScripts.useSampleTenant': true } });
    const { workbench } = session;
    await workbench.openContainer('Intune Scripts');
    await workbench.view('Scripts').waitForMessage(/^\d+ scripts?/);
    await recordWelcomes(workbench.page);
    await workbench.page.reload();
    await workbench.ready();
    // The side bar comes back only if VS Code had stored by then that it was open.
    const title = workbench.page.locator('.part.sidebar .composite.title', { hasText: 'Intune Scripts' });
    await title.waitFor({ timeout: 5_000 }).catch(() => workbench.openContainer('Intune Scripts'));
    await workbench.view('Scripts').waitForMessage(/^\d+ scripts?/);
    assert.deepEqual(await welcomesSeen(workbench.page), []);
    await workbench.screenshot('reloaded');
  });
});

describe('states', () => {
  let session: Session;
  after(() => session?.close());
  afterEach(pictureOfFailure(() => session));

  it('says that Graph cannot be reached', async () => {
    const accounts = { offline: true };
    session = await openSession({
      settings: setUp,
      graph: async () => {
        if (accounts.offline) throw new TypeError('fetch failed');
        return Response.json({ value: [] });
      },
    });
    const { workbench } = session;
    await workbench.openContainer('Intune Scripts');
    const scripts = workbench.view('Scripts');
    await workbench.signIn(() => scripts.pressWelcomeButton('Sign In'));
    await scripts.welcome().getByText('cannot be reached').waitFor({ timeout: 90_000 });
    await workbench.screenshot('offline');
    accounts.offline = false;
    await scripts.pressWelcomeButton('Refresh');
    await scripts.welcome().getByText('Your role shows no Intune scripts').waitFor();
  });
});

describe('a permission that lacks consent', () => {
  let session: SignedIn;
  after(() => session?.close());
  afterEach(pictureOfFailure(() => session));

  it('fails its family alone, says which, and is asked for when that family is refreshed', async () => {
    session = await openSignedIn({ withoutConsent: ['DeviceManagementConfiguration.Read.All'] });
    const { workbench, cloud } = session;
    const scripts = workbench.view('Scripts');
    const linux = scripts.row(/^Bash scripts \(Linux\).*(consent|permission)/);
    await linux.waitFor();
    await workbench.screenshot('family-without-consent');
    await scripts.row('Platform scripts (Windows), 13 scripts').waitFor();
    cloud.entra.withoutConsent.clear();
    await scripts.pressInlineAction('Bash scripts', 'Refresh');
    await scripts.row('Bash scripts (Linux), 3 scripts').waitFor();
  });
});
