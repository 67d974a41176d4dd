import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import { describe, it } from 'node:test';
import { ada } from '../host/cloud/accounts.ts';
import { assertCleanLogs } from './fixtures/cleanLogs.ts';
import { hasTree, type Method, readReport, signInBy, testSignInReport, withNetwork } from './fixtures/network.ts';
import type { Session } from './fixtures/openSession.ts';

const methods: readonly Method[] = ['vscode', 'clientSecret'];

/** What asked for a host, by its User-Agent: VS Code's `fetch`, node-fetch, or another one. */
const clients = ({ cloud }: Session, host: string): readonly string[] => [
  ...new Set(cloud.requests.flatMap(request => (request.host === host ? (request.headers['user-agent'] ?? '').split(/[/ ]/, 1) : []))),
];
const entra = 'login.microsoftonline.com';
const graph = 'graph.microsoft.com';

/** The browser is no part of what is tested, and opens the sign-in page whatever its certificate is. */
const arrivedFromVSCode = ({ cloud }: Session) => cloud.requests.filter(({ headers }) => !headers['user-agent']?.startsWith('Mozilla/'));

describe('a proxy that wants a name and a password', () => {
  const proxyUser = { name: 'proxy-user', password: 'pass/word@of:the proxy' };

  /** Asks for a way to Microsoft Graph without them. */
  async function statusWithout(proxyUrl: string): Promise<number | undefined> {
    const { hostname, port } = new URL(proxyUrl);
    const request = http.request({ hostname, port, method: 'CONNECT', path: `${graph}:443` }).end();
    const [response]: http.IncomingMessage[] = await once(request, 'connect');
    request.destroy();
    return response?.statusCode;
  }

  for (const method of methods) {
    it(`is passed by ${method} and by Microsoft Graph, and nothing shows the password`, async () => {
      await withNetwork({ proxyUser }, method, async session => {
        assert.equal(await statusWithout(session.cloud.proxyUrl), 407);
        await signInBy(method, session);
        await hasTree(session);
        const report = await testSignInReport(session.workbench);
        await session.workbench.screenshot(`network-proxy-user-${method}`);
        assert.match(report, /^## Works: Network, proxy and certificates$/m);
        assert.match(report, /^- http\.proxy: http\\?:\/\/127\.0\.0\.1:\d+$/m);
        const shown = report + (await assertCleanLogs(session.server.dataDir, [ada], session.cloud.entra.secrets));
        for (const secret of [proxyUser.name, proxyUser.password, encodeURIComponent(proxyUser.password), 'pass/word', 'pass%2Fword']) {
          assert.ok(!shown.includes(secret), `the report or the log holds ${secret}`);
        }
      });
    });

    it(`is not passed by ${method} without them, and the words send to http.proxy`, async () => {
      await withNetwork({ proxyUser, proxyUserMissing: true }, method, async session => {
        await signInBy(method, session);
        const said = await session.workbench.notifications.read('Could not sign in.');
        await session.workbench.screenshot(`network-proxy-stranger-${method}`);
        assert.match(
          said,
          /login\.microsoftonline\.com could not be reached: the proxy wants a user name and a password\. Check those in http\.proxy\. \(Proxy response \(407\)/,
        );
        assert.deepEqual(arrivedFromVSCode(session), []);
      });
    });
  }
});

describe('a certificate authority of the network that the system’s store has', () => {
  for (const method of methods) {
    it(`is trusted by ${method} and for Microsoft Graph, by VS Code’s fetch`, async () => {
      await withNetwork({ trust: 'system' }, method, async session => {
        assert.equal(session.cloud.env['NODE_EXTRA_CA_CERTS'], undefined);
        await signInBy(method, session);
        await hasTree(session);
        assert.deepEqual(clients(session, graph), ['node']);
      });
    });
  }

  it('is trusted by node-fetch too, where http.fetchAdditionalSupport is off', async () => {
    await withNetwork(
      { trust: 'system' },
      'clientSecret',
      async session => {
        await signInBy('clientSecret', session);
        await hasTree(session);
        assert.deepEqual(clients(session, graph), ['node-fetch']);
      },
      { 'http.fetchAdditionalSupport': false },
    );
  });
});

describe('a certificate authority of the network that only NODE_EXTRA_CA_CERTS names', () => {
  it('is trusted by a client secret, and for Microsoft Graph by node-fetch', async () => {
    await withNetwork({ trust: 'nodeExtra' }, 'clientSecret', async session => {
      await signInBy('clientSecret', session);
      await hasTree(session);
      assert.deepEqual(clients(session, entra), ['azsdk-js-identity']);
      assert.deepEqual(clients(session, graph), ['node-fetch']);
    });
  });

  it('is not trusted by VS Code’s account, which is said with the settings that help', async () => {
    await withNetwork({ trust: 'nodeExtra' }, 'vscode', async session => {
      const { workbench, cloud } = session;
      await signInBy('vscode', session);
      const said = await workbench.notifications.read('Could not sign in.');
      await workbench.screenshot('network-node-extra-vscode');
      assert.match(said, /The certificate of login\.microsoftonline\.com is not trusted\./);
      assert.match(said, /NODE_EXTRA_CA_CERTS while http\.systemCertificates is on\. Add .* to the certificate store/);
      // What came is the search for the reason: without a body or a token.
      assert.deepEqual(
        arrivedFromVSCode(session).map(({ method, path, headers }) => [method, path, headers['user-agent']]),
        [['GET', '/common/v2.0/.well-known/openid-configuration', 'node-fetch']],
      );
      assert.deepEqual(
        cloud.entra.requests.map(({ kind }) => kind),
        ['authorize'],
      );
      await workbench.notifications.press('Could not sign in.', 'Test Sign-In');
      const report = await readReport(workbench);
      await workbench.screenshot('network-node-extra-report-vscode');
      assert.match(report, /^## Does not work: Network, proxy and certificates$/m);
      assert.match(report, /^- The certificate of login\.microsoftonline\.com is not trusted\./m);
      assert.match(report, /^- graph\.microsoft\.com answered\.$/m);
      assert.match(
        report,
        /^- \*\*What to do:\*\* VS Code does not sign in with NODE_EXTRA_CA_CERTS while http\.systemCertificates is on\./m,
      );
    });
  });

  it('is trusted by VS Code’s account where http.systemCertificates is off, as the words say', async () => {
    await withNetwork(
      { trust: 'nodeExtra' },
      'vscode',
      async session => {
        await signInBy('vscode', session);
        await hasTree(session);
        assert.deepEqual(clients(session, graph), ['node']);
      },
      { 'http.systemCertificates': false },
    );
  });
});

describe('a certificate that nobody knows the authority of', () => {
  for (const method of methods) {
    it(`is refused by ${method}: nothing is sent, and the words say what helps`, async () => {
      await withNetwork({ trust: 'nowhere' }, method, async session => {
        const { workbench, cloud } = session;
        await signInBy(method, session);
        const said = await workbench.notifications.read('Could not sign in.');
        await workbench.screenshot(`network-untrusted-${method}`);
        assert.match(said, /The certificate of login\.microsoftonline\.com is not trusted\./);
        assert.match(said, /certificate store of this computer, which VS Code reads while http\.systemCertificates is on\./);
        assert.match(said, /\(unable to verify the first certificate\)$/);
        const report = await testSignInReport(workbench);
        await workbench.screenshot(`network-untrusted-report-${method}`);
        assert.match(report, /^## Does not work: Network, proxy and certificates$/m);
        assert.match(report, /^- The certificate of login\.microsoftonline\.com is not trusted\./m);
        assert.match(report, /^- The certificate of graph\.microsoft\.com is not trusted\./m);
        assert.match(report, /^- \*\*What to do:\*\* Add the certificate authority .* certificate store/m);
        // Both were connected to, and left at the certificate.
        for (const host of [entra, graph]) assert.ok(cloud.connected.includes(host), host);
        assert.deepEqual(arrivedFromVSCode(session), []);
      });
    });
  }
});
