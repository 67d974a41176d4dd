import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { explainFailure, graphNotReached, type Way } from '../../../src/auth/connectivity.ts';
import { explainedSessions } from '../../../src/auth/sessions.ts';
import { NotReached, refusalOf } from '../../../src/auth/signInError.ts';
import { refusalWords } from '../../../src/auth/signInErrorText.ts';
import { clouds } from '../../../src/graph/clouds.ts';
import { createTokenSource } from '../../../src/graph/tokens.ts';
import { createFakeClock } from '../graph/fakeClock.ts';
import { type Network, networkOf } from './fakeNetwork.ts';
import { ada, FakeSessions } from './fakes.ts';

/** What VS Code hands on of the failure of its Microsoft provider, and what MSAL makes of one in @azure/identity: measured. */
const ofVSCode = new Error('network_error: Network request failed: fetch failed');
const ofIdentity = new Error('network_error: See https://aka.ms/msal.js.errors#network_error for details');
const vscode: Way = { cloud: 'global', method: 'vscode' };
const secret: Way = { cloud: 'global', method: 'clientSecret' };
const metadata = 'GET https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration';

async function explain(network: Network, way: Way, error: unknown) {
  const asked: string[] = [];
  const found = await explainFailure(networkOf(network, asked), way, error);
  return { found, asked, refusal: refusalOf(found) };
}

describe('a sign-in that got no answer', () => {
  test('is explained by the transport that the sign-in method takes, without a token', async () => {
    const { refusal, asked } = await explain({ fetch: 'distrusts', https: 'distrusts' }, vscode, ofVSCode);
    assert.deepEqual(refusal, {
      reason: 'certificate',
      message: 'unable to verify the first certificate',
      host: 'login.microsoftonline.com',
    });
    assert.deepEqual(asked, [`fetch ${metadata}`, `https ${metadata}`]);
    const other = await explain({ fetch: 'offline', https: 'distrusts' }, secret, ofIdentity);
    assert.equal(other.refusal.reason, 'certificate');
    assert.deepEqual(other.asked, [`https ${metadata}`]);
  });

  test('tells a certificate that only NODE_EXTRA_CA_CERTS knows from one that nobody knows', async () => {
    const { refusal } = await explain({ fetch: 'distrusts' }, vscode, ofVSCode);
    assert.equal(refusal.reason, 'certificateOfNode');
    const { message, remedy } = refusalWords(refusal, 'global');
    assert.match(message, /NODE_EXTRA_CA_CERTS while http\.systemCertificates is on\. .* certificate store .* turn that setting off\./);
    assert.equal(remedy, 'testSignIn');
  });

  test('names the certificate, its host, and what helps', async () => {
    const { refusal } = await explain({ https: 'distrusts' }, secret, ofIdentity);
    assert.equal(
      refusalWords(refusal, 'global').message,
      'Could not sign in. The certificate of login.microsoftonline.com is not trusted. Add the certificate authority of your network to the certificate store of this computer, which VS Code reads while http.systemCertificates is on. (unable to verify the first certificate)',
    );
  });

  test('does not ask for trust in a certificate that is too old', async () => {
    const { refusal, asked } = await explain({ fetch: 'expired' }, vscode, ofVSCode);
    assert.equal(refusal.reason, 'badCertificate');
    assert.deepEqual(asked, [`fetch ${metadata}`]);
    assert.match(refusalWords(refusal, 'global').message, /not valid\. Check the clock.*\(certificate has expired\)$/);
  });

  test('names the setting that keeps VS Code’s sign-in from the proxy, and no other sign-in', async () => {
    const network: Network = { fetch: 'offline', https: 'offline', additionalSupport: false };
    assert.equal((await explain(network, vscode, ofVSCode)).refusal.reason, 'fetchSupportOff');
    assert.equal((await explain(network, secret, ofIdentity)).refusal.reason, 'unreachable');
  });

  test('says so where the network is back when it is looked at', async () => {
    const { refusal } = await explain({}, vscode, ofVSCode);
    assert.equal(refusal.reason, 'unreachable');
    assert.match(
      refusalWords(refusal, 'global').message,
      /login\.microsoftonline\.com could not be reached\. Check the network and the proxy/,
    );
  });

  test('is told from a refusal and from a cancellation, for which nothing is sent', async () => {
    for (const text of ['AADSTS700027: The certificate is not registered. network_error', 'Cancelled', 'No account. fetch']) {
      const error = new Error(text);
      const { found, asked } = await explain({ fetch: 'distrusts' }, vscode, error);
      assert.deepEqual([found, asked], [error, []]);
    }
  });

  test('of the Azure CLI is left as the CLI says it: it has a network of its own', async () => {
    const error = new Error('fetch failed');
    const { found, asked } = await explain({ https: 'distrusts' }, { cloud: 'global', method: 'azureCli' }, error);
    assert.deepEqual([found, asked], [error, []]);
  });

  test('names a proxy that wants a name and a password', async () => {
    // What MSAL makes of the proxy's answer where it takes that for one of Microsoft Entra.
    const taken = new Error('client_error: Error(s): Not Available - Timestamp: 2026-11-28 20:43:35Z - Description: Not Available');
    const { refusal } = await explain({ https: 'wantsProxyUser' }, secret, taken);
    assert.match(refusalWords(refusal, 'global').message, /the proxy wants a user name and a password\. Check those in http\.proxy\./);
    assert.equal((await explain({ fetch: 'wantsProxyUser' }, vscode, ofVSCode)).refusal.reason, 'proxyUser');
  });

  test('asks the authority of the cloud', async () => {
    const { asked } = await explain({ fetch: 'offline' }, { cloud: 'usGov', method: 'vscode' }, ofVSCode);
    assert.match(asked[0] ?? '', /^fetch GET https:\/\/login\.microsoftonline\.us\//);
  });
});

test('sessions reject with what is behind their failure, and let everything else pass', async () => {
  const sessions = new FakeSessions();
  sessions.user = () => ofVSCode;
  const explained = explainedSessions(sessions, error => explainFailure(networkOf({ fetch: 'distrusts' }), vscode, error));
  await assert.rejects(explained.getSession('microsoft', [], { createIfNone: { detail: '' } }), NotReached);
  sessions.user = () => ada;
  assert.equal((await explained.getSession('microsoft', [], { createIfNone: { detail: '' } }))?.account, ada);
  assert.deepEqual(await explained.getAccounts('microsoft'), [ada]);
});

test('a read whose token cannot be had for want of a network fails for the network, and not for want of a sign-in', async () => {
  const { found } = await explain({ https: 'distrusts' }, secret, ofIdentity);
  const getToken = () => Promise.reject(found);
  const source = createTokenSource({ cloud: clouds.global, credential: { getToken }, clock: createFakeClock() });
  await assert.rejects(source.get(['User.Read'], { request: { method: 'GET', path: '/' } }), { kind: 'certificate', sent: 'no' });
});

test('Microsoft Graph is asked without a token, and any answer is one', async () => {
  const asked: string[] = [];
  assert.equal(await graphNotReached(networkOf({}, asked), 'global'), undefined);
  assert.equal(await graphNotReached(networkOf({ graph: 'redirects' }), 'global'), undefined);
  assert.deepEqual(asked, ['graph GET https://graph.microsoft.com/v1.0/organization']);
  assert.equal((await graphNotReached(networkOf({ graph: 'distrusts' }), 'global'))?.reason, 'certificate');
});
