import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createSampleTenant } from '../../src/sample/index.ts';
import { ada, testClientId, testTenantId } from '../host/cloud/accounts.ts';
import { grantedScopes } from './fixtures/grantedScopes.ts';
import { openSession, type Session, setUp } from './fixtures/openSession.ts';

describe('signing in through the Microsoft provider of VS Code, behind a proxy with an authority of its own', () => {
  let session: Session;
  before(async () => {
    const tenant = createSampleTenant({ scopes: grantedScopes });
    session = await openSession({ graph: request => tenant.handle(request), settings: setUp });
  });
  after(() => session?.close());

  it('shows the scripts of the tenant', async () => {
    const { workbench } = session;
    await workbench.openContainer('Intune Scripts');
    const scripts = workbench.view('Scripts');
    const asked = await workbench.signIn(() => scripts.pressWelcomeButton('Sign In'));
    assert.match(asked, /Intune Scripts/);
    await scripts.row('Platform scripts (Windows)').waitFor();
    await workbench.screenshot('signed-in');
  });

  it('asked Microsoft Entra with its own app registration and PKCE', () => {
    const { requests } = session.cloud.entra;
    const authorize = requests.find(({ kind }) => kind === 'authorize');
    assert.equal(authorize?.clientId, testClientId);
    assert.equal(authorize?.tenant, testTenantId);
    assert.equal(authorize?.challengeMethod, 'S256');
    assert.ok(requests.some(({ kind }) => kind === 'authorization_code'));
  });

  it('read Microsoft Graph with a token of that account, and changed nothing', () => {
    const { graphRequests } = session.cloud;
    assert.ok(graphRequests.length > 0);
    for (const { token } of graphRequests) assert.equal(token?.['oid'], ada.objectId);
    const writes = graphRequests.filter(({ method, path }) => method !== 'GET' && !/\/\$batch$|\/getByIds$/.test(path));
    assert.deepEqual(writes, []);
  });

  it('is tested without a question or a write, with a report of each permission', async () => {
    const { workbench, cloud } = session;
    const [asked, before] = [cloud.entra.requests.length, cloud.graphRequests.length];
    await workbench.runCommand('Intune Scripts: Test Sign-In');
    await workbench.page.locator('.view-line', { hasText: '# Test of sign-in' }).waitFor();
    const text = await workbench.editors.text();
    await workbench.screenshot('test-sign-in');
    assert.match(text, /^## Works: Settings$/m);
    assert.match(text, /^## Works: Read scripts and their assignments$/m);
    await workbench.page.keyboard.press('Control+End');
    await workbench.page.locator('.view-line', { hasText: '## Works: Network, proxy and certificates' }).waitFor();
    const end = await workbench.editors.text();
    assert.match(end, /^## Works: Clock$/m);
    assert.match(end, /http\.proxy: http/);
    assert.ok(cloud.entra.requests.slice(asked).every(({ kind }) => kind === 'refresh_token'));
    assert.ok(cloud.graphRequests.slice(before).every(({ method }) => method === 'GET'));
    assert.doesNotMatch(text + end, /eyJ/);
  });

  it('is set up with a domain in place of the tenant, which is looked up without an account', async () => {
    const { workbench, cloud } = session;
    cloud.entra.domains = { 'contoso.test': testTenantId };
    await workbench.runCommand('Intune Scripts: Set Up Sign-In…');
    await workbench.quickInput.waitFor('Set Up Sign-In');
    await workbench.quickInput.pick('Enter the IDs of a registration');
    await workbench.quickInput.waitFor('Application (client) ID');
    await workbench.quickInput.type(testClientId);
    await workbench.quickInput.accept();
    await workbench.quickInput.waitFor('a domain of the tenant');
    await workbench.quickInput.type('Nobody.test');
    await workbench.quickInput.accept();
    await workbench.notifications.item('nobody.test belongs to no tenant of this cloud').waitFor();
    await workbench.quickInput.waitFor('a domain of the tenant');
    await workbench.screenshot('set-up-domain');
    await workbench.quickInput.type('contoso.test');
    await workbench.quickInput.accept();
    await workbench.quickInput.waitFor('Choose the permissions');
    await workbench.screenshot('set-up-permissions');
    await workbench.quickInput.accept();
    await workbench.notifications.item('Sign-in is set up.').waitFor();
    const lookups = cloud.requests.filter(({ path }) => path.startsWith('/contoso.test/'));
    assert.deepEqual(
      lookups.map(({ host, headers }) => [host, headers['authorization']]),
      [['login.microsoftonline.com', undefined]],
    );
  });
});
