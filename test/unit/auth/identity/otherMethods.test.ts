import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { window } from 'vscode';
import { runHandler } from '../../../../src/app/registerCommands.ts';
import { type Account, appAccount } from '../../../../src/auth/account.ts';
import { chosenSessions } from '../../../../src/auth/chosenSessions.ts';
import type { IdentityCredential, IdentityKind, TokenRequest } from '../../../../src/auth/identity/identityCredential.ts';
import { createIdentitySessions } from '../../../../src/auth/identity/identitySessions.ts';
import { readOnlySessions } from '../../../../src/auth/sessions.ts';
import { SignIn } from '../../../../src/auth/signIn.ts';
import { accountConnection } from '../../../../src/connections/accountConnection.ts';
import { showOutcome } from '../../../../src/features/signIn/showOutcome.ts';
import { createLog } from '../../../../src/host/log.ts';
import { errorText, errorWords } from '../../../../src/ui/errorText.ts';
import { makeToken } from '../../../host/cloud/tokens.ts';
import { createFakeClock } from '../../graph/fakeClock.ts';
import { ada, FakeClock, FakeSessions, FakeStore, registration } from '../fakes.ts';

const kinds: readonly IdentityKind[] = ['deviceCode', 'clientSecret', 'clientCertificate', 'workloadIdentity', 'azureCli'];
const secret = 's3cr3t~of.the-app';
const token = makeToken({ oid: ada.id, marker: 'only-in-the-token' });
const told = `AADSTS50999: No. client_secret=${secret}&client_assertion=${token} of grace.hopper@contoso.example`;

const isPerson = (kind: IdentityKind): boolean => kind === 'deviceCode' || kind === 'azureCli';
const accountOf = (kind: IdentityKind): Account => (isPerson(kind) ? ada : appAccount(registration.clientId));

/** Sign-in by one method, and all that comes out of it but requests to Microsoft Graph. */
function createFixture(kind: IdentityKind, answer: () => Promise<string> = async () => token) {
  const setting = { readOnly: false };
  const said: string[] = [];
  const say = async (text: string): Promise<void> => void said.push(text);
  const channel = { info: say, error: say, debug: say };
  Object.assign(window, { createOutputChannel: () => channel, showErrorMessage: say, showWarningMessage: say });
  const log = createLog();
  const store = new FakeStore();
  const secrets = new Map<string, string>();
  const asked: TokenRequest[] = [];
  const credential: IdentityCredential = {
    silent: async request => {
      asked.push(request);
      return { token: { token: await answer(), expiresOnTimestamp: 3_600_000 }, account: accountOf(kind) };
    },
    ask: async request => void asked.push(request),
  };
  const identity = createIdentitySessions({
    settings: () => ({ signInMethod: kind, registration }),
    secrets: {
      get: async key => secrets.get(key),
      store: async (key, value) => void secrets.set(key, value),
      delete: async key => void secrets.delete(key),
    },
    prompts: {
      agreeToAppOnly: async () => true,
      agreeToAzureCli: async () => true,
      clientSecret: async () => secret,
      clientCertificate: async () => secret,
      withDeviceCode: work => work(() => undefined, new AbortController().signal),
    },
    credentialOf: async () => credential,
    now: () => 0,
  });
  const vscode = new FakeSessions();
  const chosen = chosenSessions(
    vscode,
    async () => identity,
    () => kind,
  );
  const sessions = readOnlySessions(chosen, () => setting.readOnly);
  const signIn = new SignIn({ sessions, store, clock: new FakeClock(), registration: () => registration, detail: tier => tier });
  const connect = (fetch: (request: Request) => Promise<Response>) => {
    assert.ok(signIn.identity);
    const all = { get: store.get, update: store.update, keys: () => [...store.values.keys()] };
    const parts = { sessions, fetch, clock: createFakeClock(), store: all, log: log.request, onName: () => undefined };
    return accountConnection(signIn.identity, parts);
  };
  return { signIn, connect, log, store, said, secrets, asked, setting, vscode };
}

const assertSilent = (what: string, text: string): void => {
  for (const part of [token, ...token.split('.').slice(1, 2), secret, 'grace.hopper']) assert.ok(!text.includes(part), `${what}: ${text}`);
};

for (const kind of kinds) {
  describe(kind, () => {
    test('a token is in requests alone: not in the log, the state, an outcome, a result or a row', async () => {
      const { signIn, connect, log, store, said, secrets, vscode } = createFixture(kind);
      const outcome = await signIn.signIn();
      assert.equal(outcome.kind, 'ok');
      const sent: string[] = [];
      const connection = connect(async request => {
        sent.push(request.headers.get('authorization') ?? '');
        return Response.json(
          { error: { code: 'BadRequest', message: `No, ${request.headers.get('authorization')}, ${token}` } },
          { status: 400 },
        );
      });
      await connection.inventory.load();
      const result = await runHandler(
        () => connection.client.send({ path: '/v1.0/groups', scopes: ['User.Read'] }).then(() => undefined),
        [],
        log,
      );
      assert.ok(sent.length > 0 && sent.every(header => header === `Bearer ${token}`));
      assert.equal(result, undefined);
      assert.equal(signIn.identity && 'accessToken' in signIn.identity, false);
      assertSilent('outcome', JSON.stringify([outcome, signIn.identity, signIn.state]));
      assertSilent('state', JSON.stringify([...store.values]));
      assert.match(said.join('\n'), /Microsoft Graph says: No, /);
      assertSilent('said', said.join('\n'));
      const failed = [...connection.inventory.families.values()].flatMap(state => (state.status === 'failed' ? state.error : []));
      assert.ok(failed.length > 0);
      assertSilent('rows', failed.map(error => errorText(errorWords(error))).join('\n'));
      assert.deepEqual(vscode.asked, []);
      const stored = kind === 'clientSecret' || kind === 'clientCertificate';
      const { cloud, tenantId, clientId } = registration;
      assert.deepEqual([...secrets], stored ? [[`${kind}/${cloud}/${tenantId}/${clientId}`, secret]] : []);
    });

    test('what the library says of a refusal is shown and logged without token, secret and user name', async () => {
      let right = true;
      const { signIn, connect, log, store, said } = createFixture(kind, async () => (right ? token : Promise.reject(new Error(told))));
      await signIn.signIn();
      right = false;
      const connection = connect(async () => assert.fail('Nothing is sent without a token.'));
      const failure = await connection.client
        .send({ path: '/v1.0/groups', scopes: ['GroupMember.Read.All'] })
        .catch((error: unknown) => error);
      log.error(failure);
      await runHandler(async () => Promise.reject(failure), [], log);
      const again = await signIn.ensureTier('browseMore', { interactive: true });
      await showOutcome(signIn, again, 'global', { info: line => said.push(line) });
      assert.equal(again.kind, 'refused');
      assert.ok(said.length >= 4, said.join('\n'));
      assert.match(said.join('\n'), /AADSTS50999/);
      assertSilent('said', said.join('\n'));
      assertSilent('outcome', JSON.stringify(again));
      assertSilent('state', JSON.stringify([...store.values]));
    });

    test('while it is read only, no permission to change is asked for', async () => {
      const { signIn, asked, setting } = createFixture(kind);
      setting.readOnly = true;
      assert.equal((await signIn.signIn()).kind, 'ok');
      for (const tier of ['write', 'writeMore'] as const) {
        assert.equal((await signIn.ensureTier(tier, { interactive: true })).kind, 'refused');
      }
      assert.ok(asked.length > 0);
      assert.deepEqual(
        asked.flatMap(({ scopes }) => scopes).filter(scope => scope.includes('Write')),
        [],
      );
      setting.readOnly = false;
      assert.equal((await signIn.ensureTier('write', { interactive: true })).kind, 'ok');
      assert.ok(asked.some(({ scopes }) => scopes.some(scope => scope.includes('Write'))));
    });
  });
}
