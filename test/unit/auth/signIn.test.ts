import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Account } from '../../../src/auth/account.ts';
import { tierSessionScopes } from '../../../src/auth/scopes.ts';
import { sessionsQuiet } from '../../../src/auth/signIn.ts';
import { ada, bob, registration, settle, signInOver } from './fakes.ts';

const signedIn = async () => {
  const parts = signInOver();
  parts.sessions.user = () => ada;
  assert.equal((await parts.signIn.signIn()).kind, 'ok');
  parts.sessions.asked.length = 0;
  parts.changes.length = 0;
  return parts;
};

test('not set up: nothing is asked of VS Code, and sign-in says so', async () => {
  const { signIn, sessions, settings } = signInOver();
  settings.registration = undefined;
  await signIn.restore();
  assert.equal(signIn.state, 'notSetUp');
  assert.deepEqual(await signIn.signIn(), { kind: 'notSetUp' });
  assert.deepEqual(await signIn.ensureTier('write', { interactive: true }), { kind: 'notSetUp' });
  assert.deepEqual([sessions.asked.length, sessions.lookups], [0, 0]);
});

test('the first sign-in asks for browse only, says why, and lets the user choose the account', async () => {
  const { signIn, sessions, changes } = signInOver();
  sessions.user = () => ada;
  assert.deepEqual(await signIn.signIn(), { kind: 'ok', identity: { ...registration, account: ada } });
  assert.deepEqual(sessions.asked, [
    {
      provider: 'microsoft',
      request: tierSessionScopes(registration, 'browse'),
      options: { createIfNone: { detail: 'for browse' }, clearSessionPreference: true },
    },
  ]);
  assert.deepEqual([signIn.state, signIn.identity?.account, changes], ['signedIn', ada, ['signedIn']]);
});

test('the next window finds the account of the last time among several, without asking', async () => {
  const { sessions, openAnother } = await signedIn();
  sessions.accounts = [bob, ada];
  const next = openAnother();
  assert.equal(next.state, 'signedOut');
  await next.restore();
  assert.deepEqual(next.identity?.account, ada);
  assert.deepEqual(sessions.asked[0]?.options, { silent: true, account: ada });
  assert.equal(sessions.interactive.length, 0);
});

test('a restore without the account, without its session, or with a broken provider ends signed out, without a question', async () => {
  for (const spoil of ['account', 'session', 'provider'] as const) {
    const { sessions, openAnother } = await signedIn();
    if (spoil === 'account') sessions.accounts = [bob];
    if (spoil === 'session') sessions.allows = () => false;
    if (spoil === 'provider')
      sessions.getAccounts = () => Promise.reject(new Error("No authentication provider 'x' is currently registered."));
    const next = openAnother();
    await next.restore();
    assert.equal(next.state, 'signedOut', spoil);
    assert.equal(sessions.interactive.length, 0, spoil);
  }
});

test('what the store holds is checked', async () => {
  const { store, sessions, openAnother } = await signedIn();
  for (const value of [7, { id: '' }, { id: 5, label: 'x' }]) {
    for (const key of store.values.keys()) store.values.set(key, value);
    const next = openAnother();
    await next.restore();
    assert.equal(next.state, 'signedOut');
  }
  assert.equal(sessions.asked.length, 0);
});

test('an account that was pinned for one registration is not used for another', async () => {
  const { signIn, sessions, settings, changes } = await signedIn();
  settings.registration = { ...registration, tenantId: '33333333-3333-4333-8333-333333333333' };
  await signIn.restore();
  assert.deepEqual([signIn.state, changes, sessions.asked.length], ['signedOut', ['signedOut'], 0]);
  settings.registration = registration;
  await signIn.restore();
  assert.equal(signIn.identity?.account.id, ada.id);
});

test('another account than the pinned one is never kept silently', async () => {
  const { signIn, sessions, store } = await signedIn();
  const before = new Map(store.values);
  sessions.accounts = [];
  sessions.user = () => bob;
  assert.deepEqual(await signIn.signIn(), { kind: 'otherAccount', expected: ada, actual: bob });
  assert.deepEqual(sessions.interactive[0]?.options, { createIfNone: { detail: 'for browse' }, account: ada });
  assert.deepEqual([signIn.identity?.account, store.values], [ada, before]);
  assert.deepEqual(await signIn.use(bob), { kind: 'ok', identity: { ...registration, account: bob } });
  assert.deepEqual(signIn.identity?.account, bob);
});

test('another account on purpose replaces the pinned one', async () => {
  const { signIn, sessions } = await signedIn();
  sessions.user = () => bob;
  assert.equal((await signIn.signIn({ anotherAccount: true })).kind, 'ok');
  assert.deepEqual(sessions.interactive[0]?.options, { createIfNone: { detail: 'for browse' }, clearSessionPreference: true });
  assert.deepEqual(signIn.identity?.account, bob);
});

test('cancelling is an outcome and changes nothing', async () => {
  const { signIn, sessions, changes } = signInOver();
  sessions.user = () => new Error('User did not consent to login.');
  assert.deepEqual(await signIn.signIn(), { kind: 'cancelled' });
  for (const words of ['Cancelled', 'Canceled', 'user_cancelled: User cancelled the flow.']) {
    sessions.user = () => new Error(words);
    assert.deepEqual(await signIn.signIn(), { kind: 'left' }, words);
  }
  assert.deepEqual([signIn.state, changes], ['signedOut', []]);
});

test('a refusal is an outcome with its code', async () => {
  const { signIn, sessions } = signInOver();
  sessions.user = () => new Error('invalid_client: AADSTS7000218: The request body must contain client_secret.');
  const outcome = await signIn.signIn();
  assert.equal(outcome.kind === 'refused' && outcome.refusal.reason, 'notPublicClient');
});

test('a tier is had silently where it can be', async () => {
  const { signIn, sessions, changes } = await signedIn();
  assert.equal((await signIn.ensureTier('write', { interactive: true })).kind, 'ok');
  assert.deepEqual(sessions.asked, [
    { provider: 'microsoft', request: tierSessionScopes(registration, 'write'), options: { silent: true, account: ada } },
  ]);
  assert.deepEqual(changes, []);
});

test('a tier without consent asks the user once, or not at all', async () => {
  const { signIn, sessions } = await signedIn();
  sessions.allows = scopes => !scopes.some(scope => scope.includes('ReadWrite'));
  assert.deepEqual(await signIn.ensureTier('write', { interactive: false }), { kind: 'needsUser' });
  assert.equal(sessions.interactive.length, 0);
  assert.equal((await signIn.ensureTier('write', { interactive: true })).kind, 'ok');
  assert.deepEqual(sessions.interactive, [
    {
      provider: 'microsoft',
      request: tierSessionScopes(registration, 'write'),
      options: { createIfNone: { detail: 'for write' }, account: ada },
    },
  ]);
});

test('a tier that is had with another account is not had', async () => {
  const { signIn, sessions } = await signedIn();
  sessions.allows = () => false;
  sessions.user = () => bob;
  assert.equal((await signIn.ensureTier('write', { interactive: true })).kind, 'otherAccount');
  assert.deepEqual(signIn.identity?.account, ada);
});

test('a tier while signed out signs in for browse first', async () => {
  const { signIn, sessions } = signInOver();
  assert.deepEqual(await signIn.ensureTier('write', { interactive: false }), { kind: 'needsUser' });
  sessions.user = () => ada;
  sessions.allows = scopes => !scopes.some(scope => scope.includes('ReadWrite'));
  assert.equal((await signIn.ensureTier('write', { interactive: true })).kind, 'ok');
  assert.deepEqual(
    sessions.interactive.map(({ request }) => request),
    [tierSessionScopes(registration, 'browse'), tierSessionScopes(registration, 'write')],
  );
});

test('a sign-in that ends after the settings changed is dropped', async () => {
  const { signIn, sessions, settings, store } = signInOver();
  sessions.user = () => {
    settings.registration = { ...registration, clientId: '44444444-4444-4444-8444-444444444444' };
    return ada;
  };
  assert.deepEqual(await signIn.signIn(), { kind: 'cancelled' });
  assert.deepEqual([signIn.identity, store.values.size], [undefined, 0]);
});

test('a restore that a sign-in overtook is dropped', async () => {
  const { sessions, openAnother } = await signedIn();
  const next = openAnother();
  let answer = (_accounts: readonly Account[]): void => assert.fail('nobody asked for the accounts');
  sessions.getAccounts = () =>
    new Promise(resolve => {
      answer = resolve;
    });
  const restoring = next.restore();
  sessions.user = () => bob;
  await next.signIn({ anotherAccount: true });
  answer([ada, bob]);
  await restoring;
  assert.deepEqual(next.identity?.account, bob);
});

test('signing out forgets the account, and the next sign-in lets the user choose', async () => {
  const { signIn, sessions, store, changes, openAnother } = await signedIn();
  await signIn.signOut();
  assert.deepEqual([signIn.state, signIn.identity, store.values.size, changes], ['signedOut', undefined, 0, ['signedOut']]);
  const next = openAnother();
  await next.restore();
  assert.equal(next.state, 'signedOut');
  await signIn.signIn();
  assert.ok(sessions.interactive.every(({ options }) => 'clearSessionPreference' in options));
});

test('many changes of sessions are one look, which asks nobody', async () => {
  const { signIn, sessions, clock, changes } = await signedIn();
  for (let event = 0; event < 5; event += 1) {
    sessions.fire();
    await clock.pass(sessionsQuiet - 1);
  }
  assert.equal(sessions.lookups, 0);
  await clock.pass(1);
  assert.deepEqual([sessions.lookups, sessions.asked.length, signIn.state, changes], [1, 0, 'signedIn', []]);
});

test('changes of other providers are nothing', async () => {
  const { sessions, clock } = await signedIn();
  sessions.fire('github');
  await clock.pass(sessionsQuiet);
  assert.equal(sessions.lookups, 0);
});

test('an account that VS Code signed out is left, and found again when it is back', async () => {
  const { signIn, sessions, clock, changes } = await signedIn();
  sessions.accounts = [bob];
  sessions.fire();
  await clock.pass(sessionsQuiet);
  assert.equal(signIn.state, 'signedOut');
  sessions.accounts = [bob, ada];
  sessions.fire();
  await clock.pass(sessionsQuiet);
  assert.deepEqual(signIn.identity?.account, ada);
  assert.deepEqual([changes, sessions.interactive.length], [['signedOut', 'signedIn'], 0]);
});

test('a network that is gone signs nobody out', async () => {
  const { signIn, sessions, clock } = await signedIn();
  sessions.allows = () => false;
  sessions.fire();
  await clock.pass(sessionsQuiet);
  await signIn.restore();
  sessions.getAccounts = () => Promise.reject(new Error('timed out'));
  await signIn.restore();
  assert.equal(signIn.state, 'signedIn');
});

test('a disposed sign-in looks at nothing more', async () => {
  const { signIn, sessions, clock } = await signedIn();
  sessions.fire();
  signIn.dispose();
  sessions.fire();
  await clock.pass(sessionsQuiet);
  await settle();
  assert.equal(sessions.lookups, 0);
});

test('what began before a sign-out has nothing to say after it', async () => {
  const { signIn, sessions, store, changes, openAnother } = await signedIn();
  const gate = Promise.withResolvers<void>();
  const { getSession } = sessions;
  sessions.getSession = async (...args) => {
    await gate.promise;
    return getSession.apply(sessions, args);
  };
  const tested = signIn.ensureTier('browse', { interactive: false });
  const next = openAnother();
  const restored = next.restore();
  await Promise.all([signIn.signOut(), next.signOut()]);
  gate.resolve();
  assert.deepEqual(await tested, { kind: 'cancelled' });
  await restored;
  assert.deepEqual([signIn.state, next.state, changes], ['signedOut', 'signedOut', ['signedOut']]);
  assert.equal([...store.values.keys()].filter(key => key.startsWith('account:')).length, 0);
});

test('another way to sign in leaves whoever signed in by the one before, at once', async () => {
  const { signIn, settings, sessions } = await signedIn();
  settings.registration = { ...registration, signInMethod: 'azureCli' };
  const restored = signIn.restore();
  assert.equal(signIn.state, 'signedOut');
  await restored;
  assert.deepEqual([signIn.state, sessions.asked.length, sessions.lookups], ['signedOut', 0, 0]);
  settings.registration = registration;
  await signIn.restore();
  assert.deepEqual(signIn.identity?.account, ada);
});
