import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { window } from 'vscode';
import { chosenSessions } from '../../../../src/auth/chosenSessions.ts';
import { createIdentitySessions } from '../../../../src/auth/identity/identitySessions.ts';
import { signOut } from '../../../../src/features/signIn/signIn.ts';
import type { SignInMethod } from '../../../../src/host/settings.ts';
import { FakeSessions, registration, signInOver } from '../../auth/fakes.ts';

const said: string[] = [];
Object.assign(window, { showInformationMessage: async (text: string) => void said.push(text) });
beforeEach(() => void said.splice(0));

const keyOf = (kind: string, { cloud, tenantId, clientId } = registration) => `${kind}/${cloud}/${tenantId}/${clientId}`;
const other = { ...registration, tenantId: '33333333-3333-4333-8333-333333333333' };

/** The command over a secret storage in which there are secrets of two tenants, as it is in a window that was just opened. */
function createFixture(signInMethod: SignInMethod) {
  const stored = new Map([
    [keyOf('clientSecret'), 'secret'],
    [keyOf('clientCertificate'), 'pem'],
    [keyOf('clientSecret', other), 'of another tenant'],
  ]);
  const notAsked = async () => assert.fail('Sign Out asks for nothing.');
  const sessions = createIdentitySessions({
    settings: () => ({ signInMethod, registration }),
    secrets: {
      get: async key => stored.get(key),
      store: async (key, value) => void stored.set(key, value),
      delete: async key => void stored.delete(key),
    },
    prompts: {
      agreeToAppOnly: notAsked,
      agreeToAzureCli: notAsked,
      clientSecret: notAsked,
      clientCertificate: notAsked,
      withDeviceCode: notAsked,
    },
    credentialOf: notAsked,
    now: () => 0,
  });
  const chosen = chosenSessions(
    new FakeSessions(),
    async () => sessions,
    () => signInMethod,
  );
  const { signIn } = signInOver();
  const run = signOut({
    signIn,
    remembered: () => undefined,
    forget: () => chosen.forget(registration),
    usesVSCode: () => signInMethod === 'vscode',
  });
  return { run, stored };
}

for (const method of ['clientSecret', 'clientCertificate', 'vscode'] as const) {
  test(`with ${method}, what is kept of the app is deleted even where nobody is signed in, and nothing of another tenant`, async () => {
    const { run, stored } = createFixture(method);
    await run();
    assert.deepEqual([...stored.keys()], [keyOf('clientSecret', other)]);
    assert.match(said.join(), /^You are not signed in to Intune Scripts\./);
    assert.equal(said.join().includes('is deleted'), method !== 'vscode');
  });
}
