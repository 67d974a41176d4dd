import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { ada, ben, guestTenantId, testClientId, testTenantId } from '../host/cloud/accounts.ts';
import type { RecordedRequest } from '../host/cloud/recordedRequest.ts';
import { pictureOfFailure } from './fixtures/pictureOfFailure.ts';
import { openSignedIn, type SignedIn } from './fixtures/signedIn.ts';

const row = "Platform script 'Configure Developer Workstation'";
const who = ({ token }: RecordedRequest): string => `${String(token?.['upn'])} in ${String(token?.['tid'])}`;

describe('permissions, accounts and tenants that change while VS Code runs', () => {
  let session: SignedIn;
  before(async () => {
    session = await openSignedIn({ accounts: [ada, ben], withoutConsent: ['DeviceManagementScripts.ReadWrite.All'] });
  });
  after(() => session?.close());
  afterEach(pictureOfFailure(() => session));

  /** Who asked Microsoft Graph, and in which tenant, since some request. */
  const asked = (from: number): string[] => [...new Set(session.cloud.graphRequests.slice(from).map(who))];

  async function setTenant(id: string): Promise<void> {
    const { workbench } = session;
    const { quickInput, notifications } = workbench;
    await workbench.runCommand('Intune Scripts: Set Up Sign-In…');
    await quickInput.pick('Enter the IDs of a registration');
    await quickInput.waitFor('Application (client) ID');
    await quickInput.type(testClientId);
    await quickInput.accept();
    await quickInput.waitFor('a domain of the tenant');
    await quickInput.type(id);
    await quickInput.accept();
    await quickInput.waitFor('Choose the permissions');
    await quickInput.accept();
    await notifications.item('Sign-in is set up.').waitFor();
  }

  it('reading was asked for first, and nothing to write', () => {
    const scopes = session.cloud.entra.requests.flatMap(one => one.scopes);
    assert.ok(scopes.some(scope => scope.endsWith('/DeviceManagementScripts.Read.All')));
    assert.ok(!scopes.some(scope => scope.includes('Write')));
  });

  it('consent to write that is missing is said with the first change, and the page for it offered', async () => {
    const { workbench } = session;
    const scripts = workbench.view('Scripts');
    await scripts.expand('Platform scripts');
    await workbench.signIn(() => scripts.contextMenu(row, 'Assign to Group…'));
    const told = workbench.notifications.item(/The permission has no consent yet\..*AADSTS65001/);
    await told.waitFor();
    await told.getByRole('button', { name: 'Open Consent Page' }).waitFor();
    await workbench.screenshot('consent-to-write');
    assert.deepEqual(asked(0), [`${ada.userPrincipalName} in ${testTenantId}`]);
  });

  it('with the consent, the same account gets the permission in a second step, without another question', async () => {
    const { workbench, cloud } = session;
    cloud.entra.withoutConsent.clear();
    const before = cloud.entra.requests.length;
    await workbench.view('Scripts').contextMenu(row, 'Assign to Group…');
    await workbench.quickInput.waitFor('Search groups by name');
    const since = cloud.entra.requests.slice(before);
    assert.ok(since.some(({ scopes }) => scopes.some(scope => scope.endsWith('/DeviceManagementScripts.ReadWrite.All'))));
    assert.ok(since.every(({ kind }) => kind === 'refresh_token'));
    await workbench.page.keyboard.press('Escape');
  });

  it('a claims challenge is answered once, without a question', async () => {
    const { workbench, cloud, tenant } = session;
    const claims = '{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}';
    const [before, from] = [cloud.entra.requests.length, cloud.graphRequests.length];
    tenant.behavior.faults.push({ kind: 'unauthorized', claims, match: (_, path) => path.includes('deviceManagementScripts') });
    await workbench.runCommand('Intune Scripts: Refresh');
    const ofScripts = (status: number) => (request: RecordedRequest) =>
      cloud.graphRequests.indexOf(request) >= from && request.path.includes('deviceManagementScripts') && request.status === status;
    await cloud.answered(ofScripts(401));
    await cloud.answered(ofScripts(200));
    const since = cloud.entra.requests.slice(before);
    const challenged = since.filter(one => one.claims?.includes('1700000000'));
    assert.deepEqual(
      challenged.map(({ kind }) => kind),
      ['refresh_token'],
    );
    assert.ok(!since.some(({ kind }) => kind === 'authorize'));
  });

  it('a service that answers 401 again and again starts no loop of sign-ins', async () => {
    const { workbench, cloud, tenant } = session;
    const before = cloud.entra.requests.length;
    tenant.behavior.faults.push({ kind: 'unauthorized', match: (_, path) => path.includes('deviceHealthScripts'), times: 50 });
    await workbench.runCommand('Intune Scripts: Refresh');
    await workbench
      .view('Scripts')
      .row(/Remediations.*(could not be read|sign|not read)/i)
      .waitFor();
    await workbench.screenshot('refused-token');
    tenant.behavior.faults.length = 0;
    const since = cloud.entra.requests.slice(before);
    assert.ok(since.length <= 4, String(since.length));
    assert.ok(!since.some(({ kind }) => kind === 'authorize'));
    assert.ok(cloud.graphRequests.filter(({ path, status }) => path.includes('deviceHealthScripts') && status === 401).length <= 4);
  });

  it('another account: its own token, its own name, and not one more request by the one before', async () => {
    const { workbench, cloud } = session;
    cloud.entra.accounts = [ben, ada];
    await workbench.runCommand('Intune Scripts: Sign In');
    await workbench.signIn(
      () => workbench.notifications.press('You are signed in as ada@contoso.test', 'Use Another Account'),
      () => workbench.quickInput.pick('Sign in to another account'),
    );
    await workbench.view('Scripts').waitForDescription('Contoso · ben@contoso.test');
    await workbench.view('Scripts').waitForMessage(/^40 scripts/);
    const from = cloud.graphRequests.findIndex(request => who(request).startsWith('ben@'));
    assert.deepEqual(asked(from), [`${ben.userPrincipalName} in ${testTenantId}`]);
    await workbench.screenshot('another-account');
  });

  it('another tenant, as a guest: signed out at once, then its own tokens, without a reload', async () => {
    const { workbench, cloud } = session;
    const scripts = workbench.view('Scripts');
    await setTenant(guestTenantId);
    await scripts.welcome().waitFor();
    const from = cloud.graphRequests.length;
    await workbench.signIn(
      () => scripts.pressWelcomeButton('Sign In'),
      () => workbench.quickInput.pick('Sign in to another account'),
    );
    await scripts.waitForMessage(/^40 scripts/);
    assert.deepEqual(asked(from), [`${ben.userPrincipalName} in ${guestTenantId}`]);
    assert.ok(cloud.entra.requests.slice(-2).every(({ tenant }) => tenant === guestTenantId));
  });

  it('back in the first tenant, the account of then is there again without a question', async () => {
    const { workbench, cloud } = session;
    const from = cloud.graphRequests.length;
    const before = cloud.entra.requests.length;
    await workbench.runCommand('Intune Scripts: Switch Tenant…');
    await workbench.quickInput.waitFor('Choose the tenant to work in');
    await workbench.quickInput.entry('Another Account in This Tenant…').waitFor();
    await workbench.screenshot('switch-tenant');
    await workbench.quickInput.pick('Contoso');
    await cloud.answered(request => cloud.graphRequests.indexOf(request) >= from && who(request).endsWith(testTenantId));
    await workbench.view('Scripts').waitForDescription('Contoso · ben@contoso.test');
    await workbench.view('Scripts').waitForMessage(/^40 scripts/);
    await cloud.answered(request => cloud.graphRequests.indexOf(request) >= from && request.path.includes('deviceManagementScripts'));
    assert.deepEqual(asked(from), [`${ben.userPrincipalName} in ${testTenantId}`]);
    assert.ok(!cloud.entra.requests.slice(before).some(({ kind }) => kind === 'authorize'));
  });

  it('an account that is removed from VS Code is left, and nothing more is asked with it', async () => {
    const { workbench, cloud } = session;
    const { page } = workbench;
    await page.getByRole('button', { name: 'Accounts' }).or(page.locator('.activitybar [aria-label^="Accounts"]')).first().click();
    await page.locator('.monaco-menu .action-item', { hasText: 'ben@contoso.test (Microsoft)' }).first().hover();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    // VS Code's own dialog has no title.
    await page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Sign Out' }).click();
    await workbench.view('Scripts').welcome().waitFor();
    const from = cloud.graphRequests.length;
    await workbench.screenshot('account-removed');
    await workbench.runCommand('Intune Scripts: Refresh');
    await workbench.notifications.item(/[Ss]ign in/).waitFor();
    assert.deepEqual(asked(from), []);
  });
});
