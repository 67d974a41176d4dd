import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Account, appAccount, readPinnedAccount, writePinnedAccount } from '../../../../src/auth/account.ts';
import type { IdentityKind } from '../../../../src/auth/identity/identityCredential.ts';
import { createIdentitySessions } from '../../../../src/auth/identity/identitySessions.ts';
import { tierSessionScopes } from '../../../../src/auth/scopes.ts';
import { SignIn } from '../../../../src/auth/signIn.ts';
import { challengeRequest } from '../../../../src/auth/vscodeCredential.ts';
import type { SignInMethod } from '../../../../src/host/settings.ts';
import { ada, bob, FakeClock, FakeStore, registration } from '../fakes.ts';

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
  let made = 0;
  /** Who signs in with a device code, in turn. */
  const people: Account[] = [];
  const during = { enter: async (): Promise<void> => undefined };
  const enter = async (what: string) => {
    asked.push(what);
    await during.enter();
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
    credentialOf: async (_kind, _registration, secret) => {
      made += 1;
      let signedIn: Account | undefined;
      return {
        silent: async () => {
          if (kind === 'deviceCode') return signedIn ? { token: fresh(), account: signedIn } : undefined;
          if (secret !== undefined && secret !== 'right') throw new Error('AADSTS7000215: Invalid client secret provided.');
          return { token: fresh(), account: app };
        },
        ask: async () => {
          if (kind !== 'deviceCode') return;
          signedIn = people.shift();
          if (!signedIn) throw new Error('Canceled');
        },
      };
    },
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
  return { sessions, session, settings, stored, asked, pass, people, during, made: () => made };
}

describe('who signs in', () => {
  test('is agreed to for each way anew: what was chosen for VS Code’s account counts for no app', async () => {
    const { sessions, settings, asked } = createFixture();
    const store = new FakeStore();
    const port = { ...sessions, onDidChangeSessions: () => ({ dispose: () => undefined }) };
    const of = (signInMethod: SignInMethod) =>
      new SignIn({
        sessions: port,
        store,
        clock: new FakeClock(),
        registration: () => ({ ...registration, signInMethod }),
        detail: () => 'x',
      });
    await writePinnedAccount(store, registration, ada);
    assert.equal((await of('clientSecret').signIn()).kind, 'ok');
    assert.deepEqual(asked, ['agree', 'secret']);
    settings.signInMethod = 'vscode';
    assert.deepEqual(readPinnedAccount(store, registration), ada);
  });

  test('can be somebody else, of whom no token is kept yet; a sign-in that is left changes nothing', async () => {
    const { sessions, people, session } = createFixture('deviceCode');
    people.push(ada, bob);
    await session(first);
    assert.deepEqual(await sessions.getAccounts('microsoft'), [ada]);
    await session(first);
    assert.deepEqual(await sessions.getAccounts('microsoft'), [bob]);
    await assert.rejects(session(first), /Canceled/);
    assert.deepEqual(await sessions.getAccounts('microsoft'), [bob]);
  });

  test('is asked for once by two at the same time', async () => {
    const { sessions, session, made } = createFixture('workloadIdentity');
    await session(first);
    await sessions.forget(registration);
    await Promise.all([session(quiet), session(quiet), sessions.getAccounts('microsoft')]);
    assert.equal(made(), 2);
  });

  test('has no token for another cloud, though its ids are the same', async () => {
    const { session, settings } = createFixture('workloadIdentity');
    const ofGov = { ...registration, cloud: 'usGov' } as const;
    settings.registration = { ...registration, cloud: 'usGovDoD' };
    assert.equal(await session(quiet, tierSessionScopes(ofGov, 'browse')), undefined);
  });
});

describe('an app’s secret', () => {
  test('that is entered as somebody signs out is not kept', async () => {
    const { sessions, session, stored, during } = createFixture();
    during.enter = () => sessions.forget(registration);
    await assert.rejects(session(first), /did not consent/);
    during.enter = async () => undefined;
    assert.equal(stored.size, 0);
    assert.equal(await session(quiet), undefined);
  });

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
    const { people, sessions, session } = createFixture('deviceCode');
    people.push(ada);
    assert.equal(await session({ silent: true, account: ada }), undefined);
    assert.deepEqual(await sessions.getAccounts('microsoft'), []);
    assert.equal(await session(first), 'token 1');
    assert.deepEqual(await sessions.getAccounts('microsoft'), [ada]);
  });
});
