import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ada } from '../host/cloud/accounts.ts';
import type { Settings } from '../host/server/userSettings.ts';
import { openSession, type Session, setUp } from './fixtures/openSession.ts';
import { strictTenant } from './fixtures/signedIn.ts';

const open = (settings: Settings = {}): Promise<Session> =>
  openSession({
    accounts: [ada],
    graph: strictTenant().handle,
    settings: { ...setUp, ...settings },
    without: ['microsoft-authentication'],
  });

describe('an editor without Microsoft accounts, as some forks of VS Code are', () => {
  it('says so, and leads to the other ways to sign in', async () => {
    const { workbench, cloud, close } = await open();
    try {
      await workbench.openContainer('Intune Scripts');
      await workbench.view('Scripts').pressWelcomeButton('Sign In');
      const told = 'This editor has no Microsoft accounts.';
      await workbench.notifications.item(told).waitFor();
      await workbench.screenshot('without-provider');
      await workbench.notifications.press(told, 'Choose Another Way');
      await workbench.page.locator('.settings-editor', { hasText: 'Sign In Method' }).waitFor();
      await workbench.screenshot('without-provider-setting');
      await workbench.page.keyboard.press('Escape');
      await workbench.page.locator('.settings-editor').waitFor({ state: 'hidden' });
      await workbench.runCommand('Intune Scripts: Test Sign-In');
      await workbench.page.locator('.view-line', { hasText: '# Test of sign-in' }).waitFor();
      assert.match(await workbench.editors.text(), /This editor has no Microsoft accounts/);
      // The test of the network asks both hosts, without a token.
      assert.deepEqual([...new Set(cloud.requests.map(({ path }) => path))].sort(), [
        '/common/v2.0/.well-known/openid-configuration',
        '/v1.0/organization',
      ]);
      assert.ok(cloud.requests.every(({ token, headers }) => token === undefined && headers['authorization'] === undefined));
    } finally {
      await close();
    }
  });

  it('signs in by a code that is entered on another device', async () => {
    const { workbench, cloud, close } = await open({ 'intuneScripts.signInMethod': 'deviceCode' });
    try {
      await workbench.openContainer('Intune Scripts');
      cloud.entra.deviceCodeEntered = true;
      await workbench.view('Scripts').pressWelcomeButton('Sign In');
      await workbench.view('Scripts').waitForDescription('Contoso · ada@contoso.test');
      await workbench.view('Scripts').waitForMessage(/^40 scripts/);
    } finally {
      await close();
    }
  });
});
