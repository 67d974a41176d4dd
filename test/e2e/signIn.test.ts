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
});
