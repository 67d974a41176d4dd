import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotReached } from '../../../src/auth/signInError.ts';
import { createSessionCredential, tokenLifetime } from '../../../src/auth/vscodeCredential.ts';
import { GraphError } from '../../../src/graph/errors.ts';
import { ada, bob, FakeSessions, registration } from './fakes.ts';

const scope = 'https://graph.microsoft.com/DeviceManagementScripts.Read.All';
const wanted = [`VSCODE_CLIENT_ID:${registration.clientId}`, `VSCODE_TENANT:${registration.tenantId}`, scope];

const over = (sessions: FakeSessions) => createSessionCredential({ registration, account: ada, sessions, now: () => 1_000 });

test('a token is asked for silently, for the pinned account, with the scopes as they are', async () => {
  const sessions = new FakeSessions();
  sessions.accounts = [bob, ada];
  assert.deepEqual(await over(sessions).getToken([scope, scope]), {
    token: `token of ${ada.id}`,
    expiresOnTimestamp: 1_000 + tokenLifetime,
  });
  assert.deepEqual(sessions.asked, [{ provider: 'microsoft', request: wanted, options: { silent: true, account: ada } }]);
});

test('null says that the user is needed', async () => {
  assert.equal(await over(new FakeSessions()).getToken(scope), null);
});

test('a token of another account is never handed out', async () => {
  const sessions = new FakeSessions();
  sessions.getSession = async () => ({ accessToken: 'x', account: bob });
  assert.equal(await over(sessions).getToken(scope), null);
});

test('claims go through the challenge API, with client and tenant, and in base64', async () => {
  const sessions = new FakeSessions();
  sessions.accounts = [ada];
  const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"},"n":{"value":"ü\\""}}}';
  await over(sessions).getToken(scope, { claims });
  const [asked] = sessions.asked;
  assert.ok(asked && 'wwwAuthenticate' in asked.request);
  assert.deepEqual(asked.request.fallbackScopes, wanted);
  const encoded = /^Bearer claims="([A-Za-z0-9+/=]+)"$/.exec(asked.request.wwwAuthenticate)?.[1];
  assert.equal(Buffer.from(encoded ?? '', 'base64').toString('utf8'), claims);
});

test('empty claims are no challenge', async () => {
  const sessions = new FakeSessions();
  await over(sessions).getToken(scope, { claims: '' });
  assert.deepEqual(sessions.asked[0]?.request, wanted);
});

test('an aborted request asks for nothing', async () => {
  const sessions = new FakeSessions();
  await assert.rejects(over(sessions).getToken(scope, { abortSignal: AbortSignal.abort(new Error('stop')) }), /stop/);
  assert.equal(sessions.asked.length, 0);
});

test('that there was no answer stays the error that it is, and does not look like a sign-in that needs the user', async () => {
  const sessions = new FakeSessions();
  const cause = new GraphError({ kind: 'network', message: 'no network', request: { method: 'GET', path: '/' } });
  const notReached = new NotReached('unreachable', 'login.microsoftonline.com', cause);
  sessions.getSession = () => Promise.reject(notReached);
  await assert.rejects(Promise.resolve(over(sessions).getToken(scope)), (error: unknown) => error === notReached);
});
