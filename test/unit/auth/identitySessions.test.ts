import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { appAccount } from '../../../src/auth/account.ts';
import type { IdentityKind } from '../../../src/auth/identity/identityCredential.ts';
import { createIdentitySessions } from '../../../src/auth/identity/identitySessions.ts';
import { tierSessionScopes } from '../../../src/auth/scopes.ts';
import { challengeRequest } from '../../../src/auth/sessionCredential.ts';
import type { SignInMethod } from '../../../src/host/settings.ts';
import { ada, registration } from './fakes.ts';

const scopes = tierSessionScopes(registration, 'browse');
const app = appAccount(registration.clientId);
const first = { createIfNone: { detail: 'x' } } as const;
const quiet = { silent: true, account: app } as const;

/** Sessions over credentials that give a new token with each request, each good for an hour; `right` is the only secret that counts. */
function createFixture(kind: IdentityKind = 'clientSecret', answers: readonly (string | undefined)[] = ['right'], agrees = true) {
  const settings: { signInMethod: SignInMethod; registration: typeof registration } = { signInMethod: kind, registration };
  const stored = new Map<string, string>();
  const asked: string[] = [];
  const left = [...answers];
  let now = 0;
  let tokens = 0;
  let signedIn = false;
  const enter = async (what: string) => {
    asked.push(what);
    return left.shift();
  };
  const sessions = createIdentitySessions({
    settings: () => settings,
    secrets: {
      get: async key => stored.get(key),
      store: async (key, value) => void stored.set(key, value),
      delete: async key => void stored.delete(key),
    },
    prompts: {
      agreeToAppOnly: async () => {
        asked.push('agree');
        return agrees;
      },
      agreeToAzureCli: async () => agrees,
      clientSecret: () => enter('secret'),
      clientCertificate: () => enter('certificate'),
      withDeviceCode: work => work(() => undefined, new AbortController().signal),
    },
    credentialOf: async (_kind, _registration, secret) => ({
      silent: async () => {
        if (kind === 'deviceCode') return signedIn ? { token: fresh(), account: ada } : undefined;
        if (secret !== undefined && secret !== 'right') throw new Error('AADSTS7000215: Invalid client secret provided.');
        return { token: fresh(), account: app };
      },
      ask: async () => {
        signedIn = true;
      },
    }),
    now: () => now,
  });
  const fresh = () => {
    tokens += 1;
    return { token: `token ${tokens}`, expiresOnTimestamp: now + 3_600_000 };
  };
  const session = async (options: Parameters<typeof sessions.getSession>[2], request: Parameters<typeof sessions.getSession>[1] = scopes) =>
    (await sessions.getSession('microsoft', request, options))?.accessToken;
  const pass = (ms: number): void => {
    now += ms;
  };
  return { sessions, session, settings, stored, asked, pass };
}

describe('an app’s secret', () => {
  test('is asked for after words of what it means, kept once a token was had with it, and not asked for again', async () => {
    const { session, asked, stored } = createFixture();
    assert.equal(await session(quiet), undefined);
    assert.equal(await session(first), 'token 1');
    assert.deepEqual(asked, ['agree', 'secret']);
    assert.deepEqual([...stored.values()], ['right']);
    assert.equal(await session(quiet), 'token 1');
    assert.equal(asked.length, 2);
  });

  test('that is wrong is not kept, and asked for again', async () => {
    const { session, asked, stored } = createFixture('clientSecret', ['wrong', 'right']);
    await assert.rejects(session(first), /AADSTS7000215/);
    assert.equal(stored.size, 0);
    assert.equal(await session(first), 'token 1');
    assert.deepEqual(asked, ['agree', 'secret', 'agree', 'secret']);
  });

  test('that was kept and counts no longer is forgotten', async () => {
    const { session, stored } = createFixture();
    stored.set(`clientSecret/${registration.cloud}/${registration.tenantId}/${registration.clientId}`, 'old');
    await assert.rejects(session({ ...first, account: app }), /AADSTS7000215/);
    assert.equal(stored.size, 0);
    assert.equal(await session(first), 'token 1');
  });

  test('that is not entered, or not agreed to, is a cancellation', async () => {
    await assert.rejects(createFixture('clientSecret', [undefined]).session(first), /^Error: User did not consent to login\.$/);
    const { session, asked } = createFixture('clientCertificate', ['right'], false);
    await assert.rejects(session(first), /^Error: User did not consent to login\.$/);
    assert.deepEqual(asked, ['agree']);
  });

  test('is forgotten with Sign Out, with all tokens', async () => {
    const { sessions, session, stored } = createFixture();
    await session(first);
    await sessions.forget(registration);
    assert.equal(stored.size, 0);
    assert.equal(await session(quiet), undefined);
    assert.deepEqual(await sessions.getAccounts('microsoft'), []);
  });
});

describe('tokens of other credentials', () => {
  test('are kept while they live five minutes more, and new with claims', async () => {
    const { session, pass } = createFixture('workloadIdentity');
    assert.equal(await session(quiet), 'token 1');
    pass(54 * 60_000);
    assert.equal(await session(quiet), 'token 1');
    pass(2 * 60_000);
    assert.equal(await session(quiet), 'token 2');
    assert.equal(await session(quiet, challengeRequest('{"access_token":{}}', scopes)), 'token 3');
    assert.equal(await session(quiet), 'token 3');
  });

  test('are given for the registration that is set up, and for no other', async () => {
    const { session, settings } = createFixture('workloadIdentity');
    const other = { ...registration, tenantId: '33333333-3333-4333-8333-333333333333' };
    assert.equal(await session(quiet, tierSessionScopes(other, 'browse')), undefined);
    settings.signInMethod = 'vscode';
    assert.equal(await session(quiet), undefined);
  });

  test('of a person who has not signed in in this window need the person', async () => {
    const { sessions, session } = createFixture('deviceCode');
    assert.equal(await session({ silent: true, account: ada }), undefined);
    assert.deepEqual(await sessions.getAccounts('microsoft'), []);
    assert.equal(await session(first), 'token 1');
    assert.deepEqual(await sessions.getAccounts('microsoft'), [ada]);
  });
});
