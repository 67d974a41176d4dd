import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { type CloudId, clouds } from '../../src/graph/clouds.ts';
import { ada, testTenantId } from '../host/cloud/accounts.ts';
import { chinaSignInHost } from '../host/cloud/startCloud.ts';
import { makeHostileWorkspace } from '../integration/hostileWorkspace.ts';
import { openSession, type Session, setUp } from './fixtures/openSession.ts';
import { strictTenant } from './fixtures/signedIn.ts';

const environments = { global: undefined, usGov: 'USGovernment', usGovDoD: 'USGovernment', china: 'ChinaCloud' } as const;

const open = (cloud: CloudId, environment: string | undefined, folder?: string): Promise<Session> =>
  openSession({
    ...(folder === undefined ? {} : { folder }),
    accounts: [ada],
    graph: strictTenant().handle,
    settings: { ...setUp, 'intuneScripts.cloud': cloud, 'microsoft-sovereign-cloud.environment': environment },
  });

/** VS Code's provider signs in where MSAL prefers to, which in China is another name of the authority. */
const signInHost = (id: CloudId): string => (id === 'china' ? chinaSignInHost : new URL(clouds[id].authority).host);

/** The hosts that were asked for since the session began. */
const hosts = ({ cloud }: Session): string[] => [...new Set(cloud.requests.map(({ host }) => host))].sort();

describe('each cloud', () => {
  for (const id of ['global', 'usGov', 'usGovDoD', 'china'] as const) {
    it(`${id}: signs in, reads the tenant, and asks its own hosts only`, async () => {
      const session = await open(id, environments[id]);
      try {
        const { workbench, cloud } = session;
        await workbench.openContainer('Intune Scripts');
        const scripts = workbench.view('Scripts');
        await workbench.signIn(() => scripts.pressWelcomeButton('Sign In'));
        await scripts.waitForMessage(/^40 scripts/);
        const { graph } = clouds[id];
        assert.deepEqual(hosts(session), [new URL(graph).host, signInHost(id)].sort());
        const asked = cloud.entra.requests.flatMap(({ scopes }) => scopes).filter(scope => scope.startsWith('https:'));
        assert.ok(asked.length > 0 && asked.every(scope => scope.startsWith(`${graph}/`)), asked.join(' '));
        assert.ok(cloud.entra.requests.every(({ tenant }) => tenant === testTenantId));
        await workbench.screenshot(`cloud-${id}`);
      } finally {
        await session.close();
      }
    });
  }

  it('that a workspace would have VS Code sign in to at its own address: nobody is asked, and it is told', async () => {
    const { parent, flat } = await makeHostileWorkspace();
    const session = await open('usGov', 'USGovernment', flat);
    try {
      const { workbench, cloud } = session;
      await workbench.openContainer('Intune Scripts');
      await workbench.view('Scripts').pressWelcomeButton('Sign In');
      await workbench.notifications.item('settings of this workspace decide by microsoft-sovereign-cloud').waitFor();
      await workbench.screenshot('cloud-of-workspace');
      assert.deepEqual(cloud.requests, []);
      assert.deepEqual(
        [...cloud.refused].filter(host => host.includes('evil')),
        [],
      );
    } finally {
      await session.close();
      await rm(parent, { recursive: true, force: true });
    }
  });

  it('of which VS Code names another: nobody is asked, both are told, and a click sets it', async () => {
    const session = await open('usGov', 'ChinaCloud');
    try {
      const { workbench, cloud } = session;
      await workbench.openContainer('Intune Scripts');
      const scripts = workbench.view('Scripts');
      await scripts.pressWelcomeButton('Sign In');
      const told = 'intuneScripts.cloud is usGov, and microsoft-sovereign-cloud.environment is ChinaCloud.';
      await workbench.notifications.item(told).waitFor();
      await workbench.screenshot('clouds-disagree');
      assert.deepEqual(cloud.requests, []);
      await workbench.signIn(() => workbench.notifications.press(told, 'Set It to USGovernment'));
      await scripts.waitForMessage(/^40 scripts/);
      assert.deepEqual(hosts(session), ['graph.microsoft.us', 'login.microsoftonline.us']);
    } finally {
      await session.close();
    }
  });
});
