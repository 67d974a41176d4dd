import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ada, testClientId, testTenantId } from '../host/cloud/accounts.ts';
import { makeAppCertificate } from '../host/cloud/certificates.ts';
import { makeToken } from '../host/cloud/tokens.ts';
import type { Settings } from '../host/server/userSettings.ts';
import { openSession, type Session, type SessionOptions, setUp } from './fixtures/openSession.ts';
import { strictTenant } from './fixtures/signedIn.ts';

const appName = `app-only ${testClientId}`;
const row = "Platform script 'Configure Developer Workstation'";

describe('credentials other than VS Code’s account', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'intune-scripts-credentials-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function withCredential(
    credential: string,
    test: (session: Session) => Promise<void>,
    more: { readonly env?: SessionOptions['env']; readonly settings?: Settings } = {},
  ): Promise<void> {
    const session = await openSession({
      accounts: [ada],
      graph: strictTenant().handle,
      settings: { ...setUp, 'intuneScripts.signInMethod': credential, ...more.settings },
      ...(more.env ? { env: more.env } : {}),
    });
    try {
      await session.workbench.openContainer('Intune Scripts');
      await test(session);
    } catch (error) {
      await session.workbench.screenshot(`failed-credential-${credential}`);
      throw error;
    } finally {
      await session.close();
    }
  }

  const kinds = ({ cloud }: Session): string[] => [...new Set(cloud.entra.requests.map(({ kind }) => kind))];

  /** The tree is that of the tenant, and everything says that it is an app. */
  async function isSignedInAsApp({ workbench, cloud }: Session): Promise<void> {
    const scripts = workbench.view('Scripts');
    await scripts.waitForMessage(/^40 scripts/);
    assert.ok((await workbench.statusBarItems()).some(text => text.includes('Contoso (app-only)')));
    await scripts.waitForDescription(`Contoso · ${appName}`);
    assert.ok(cloud.graphRequests.every(({ token }) => token?.['appid'] === testClientId));
    assert.ok(
      cloud.entra.requests.every(({ clientId, tenant }) => clientId === testClientId && tenant === testTenantId),
      JSON.stringify(cloud.entra.requests),
    );
  }

  it('client secret: asked for once, after words of what it means; a wrong one is refused; reviews name the app', async () => {
    await withCredential('clientSecret', async session => {
      const { workbench, cloud } = session;
      const { quickInput, dialog, notifications } = workbench;
      const scripts = workbench.view('Scripts');
      await scripts.pressWelcomeButton('Sign In');
      const said = await dialog.read();
      await workbench.screenshot('app-only-question');
      assert.match(said.detail, /under the name of the app/);
      await dialog.press('Sign In as the App');
      await quickInput.waitFor('Sign In as the App');
      await quickInput.type('wrong');
      await quickInput.accept();
      await notifications.item(/not one of the app.*AADSTS7000215/).waitFor();
      await scripts.pressWelcomeButton('Sign In');
      await dialog.press('Sign In as the App');
      await quickInput.waitFor('Sign In as the App');
      await quickInput.type(cloud.entra.appSecret);
      await quickInput.accept();
      await isSignedInAsApp(session);
      assert.deepEqual(kinds(session), ['client_credentials']);
      await scripts.expand('Platform scripts');
      await scripts.contextMenu(row, 'Assign to Group…');
      await quickInput.waitFor('Search groups by name');
      await quickInput.type('hr');
      await quickInput.check('HR Devices');
      await quickInput.accept();
      assert.ok((await dialog.read()).detail.startsWith(`Contoso · ${appName}\n`));
      await workbench.screenshot('app-only-review');
      await dialog.press('Cancel');
      await workbench.runCommand('Intune Scripts: Sign Out');
      await notifications.item('The secret and the tokens').waitFor();
      await scripts.pressWelcomeButton('Sign In');
      await dialog.press('Sign In as the App');
      await quickInput.waitFor('Sign In as the App');
      await quickInput.cancel();
    });
  });

  it('workload identity: by the federated token that the environment names', async () => {
    const file = path.join(folder, 'federated');
    await writeFile(file, 'a-federated-token-of-the-test');
    await withCredential(
      'workloadIdentity',
      async session => {
        await session.workbench.view('Scripts').pressWelcomeButton('Sign In');
        await session.workbench.dialog.press('Sign In as the App');
        await isSignedInAsApp(session);
        assert.deepEqual(kinds(session), ['client_credentials']);
      },
      { env: { AZURE_FEDERATED_TOKEN_FILE: file } },
    );
  });

  it('client certificate: from a PEM file', async () => {
    const file = path.join(folder, 'app.pem');
    await writeFile(file, await makeAppCertificate());
    await withCredential('clientCertificate', async session => {
      const { workbench } = session;
      await workbench.view('Scripts').pressWelcomeButton('Sign In');
      await workbench.dialog.press('Sign In as the App');
      await workbench.quickInput.waitFor('PEM file with the certificate');
      await workbench.quickInput.chooseFile(file);
      await isSignedInAsApp(session);
      assert.deepEqual(kinds(session), ['client_credentials']);
    });
  });

  it('device code: shown, waited for, and then it is a person', async () => {
    await withCredential('deviceCode', async session => {
      const { workbench, cloud } = session;
      await workbench.view('Scripts').pressWelcomeButton('Sign In');
      await workbench.notifications.item('enter the code ABC123XYZ on https').waitFor();
      await workbench.screenshot('device-code');
      cloud.entra.deviceCodeEntered = true;
      await workbench.view('Scripts').waitForMessage(/^40 scripts/);
      await workbench.view('Scripts').waitForDescription('Contoso · ada@contoso.test');
      assert.ok(cloud.graphRequests.every(({ token }) => token?.['oid'] === ada.objectId));
      assert.ok(kinds(session).includes('device_code'));
      assert.ok(!(await workbench.statusBarItems()).some(text => text.includes('app-only')));
    });
  });

  describe('Azure CLI', () => {
    /** An `az` that answers with a token of these claims, and writes down how it was called. */
    async function fakeCli(claims: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, string>>> {
      const bin = await mkdtemp(path.join(folder, 'bin-'));
      const answer = {
        accessToken: makeToken(claims),
        expires_on: Math.floor(Date.now() / 1000) + 3600,
        tenant: testTenantId,
        tokenType: 'Bearer',
      };
      await writeFile(
        path.join(bin, 'az'),
        `#!/bin/sh\necho "$@" >> ${path.join(bin, 'called')}\ncat <<'JSON'\n${JSON.stringify(answer)}\nJSON\n`,
      );
      await chmod(path.join(bin, 'az'), 0o755);
      return { PATH: `${bin}:${process.env['PATH']}` };
    }
    const base = { aud: 'https://graph.microsoft.com', tid: testTenantId };

    it('a service principal is used, and shown as an app', async () => {
      const roles = ['DeviceManagementScripts.Read.All', 'DeviceManagementConfiguration.Read.All', 'GroupMember.Read.All', 'User.Read'];
      const claims = { ...base, appid: testClientId, oid: 'app-object', roles };
      await withCredential(
        'azureCli',
        async session => {
          const { workbench } = session;
          await workbench.view('Scripts').pressWelcomeButton('Sign In');
          assert.match((await workbench.dialog.read()).detail, /A service principal has its own/);
          await workbench.screenshot('azure-cli-question');
          await workbench.dialog.press('Use the Azure CLI');
          await isSignedInAsApp(session);
          assert.deepEqual(session.cloud.entra.requests, []);
        },
        { env: await fakeCli(claims) },
      );
    });

    it('a user, who lacks the permissions there, is told so', async () => {
      const claims = {
        ...base,
        appid: '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
        oid: ada.objectId,
        upn: ada.userPrincipalName,
        scp: 'Group.ReadWrite.All User.Read.All',
      };
      await withCredential(
        'azureCli',
        async ({ workbench }) => {
          await workbench.view('Scripts').pressWelcomeButton('Sign In');
          await workbench.dialog.press('Use the Azure CLI');
          await workbench.view('Scripts').welcome().filter({ hasText: 'not allowed to read Intune scripts' }).waitFor();
          await workbench.screenshot('azure-cli-user');
          await workbench.runCommand('Intune Scripts: Test Sign-In');
          await workbench.page.locator('.view-line', { hasText: '# Test of sign-in' }).waitFor();
          assert.match(await workbench.editors.text(), /cannot be read/);
        },
        { env: await fakeCli(claims) },
      );
    });

    it('that is not there is named', async () => {
      await withCredential(
        'azureCli',
        async ({ workbench }) => {
          await workbench.view('Scripts').pressWelcomeButton('Sign In');
          await workbench.dialog.press('Use the Azure CLI');
          await workbench.notifications.item(/Azure CLI/).waitFor();
          await workbench.screenshot('azure-cli-missing');
        },
        { env: { PATH: '/usr/bin:/bin' } },
      );
    });
  });
});
