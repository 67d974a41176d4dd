import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tierSessionScopes } from '../../../src/auth/scopes.ts';
import { readOnlySessions } from '../../../src/auth/sessions.ts';
import { offeredTiers, SignIn, tierOrder } from '../../../src/auth/signIn.ts';
import { createSessionCredential } from '../../../src/auth/vscodeCredential.ts';
import { createGraphClient, GraphError } from '../../../src/graph/client.ts';
import { clouds } from '../../../src/graph/clouds.ts';
import { familyOf, tierScopes } from '../../../src/intune/model/families.ts';
import { readForPlan } from '../../../src/intune/plan/propose.ts';
import { createFakeClock } from '../graph/fakeClock.ts';
import { type Asked, ada, FakeClock, FakeSessions, FakeStore, registration } from './fakes.ts';

const scopesAsked = ({ request }: Asked): readonly string[] => ('fallbackScopes' in request ? request.fallbackScopes : request);
const asksToWrite = (asked: Asked): boolean => scopesAsked(asked).some(scope => scope.includes('Write'));

const over = (sessions: FakeSessions, setting: { readOnly: boolean }) => {
  const port = readOnlySessions(sessions, () => setting.readOnly);
  const signIn = new SignIn({
    sessions: port,
    store: new FakeStore(),
    clock: new FakeClock(),
    registration: () => registration,
    detail: tier => tier,
  });
  const credential = createSessionCredential({ registration, account: ada, sessions: port, now: () => 1_000 });
  return { signIn, credential };
};

const knownToVSCode = (): FakeSessions => {
  const sessions = new FakeSessions();
  sessions.accounts = [ada];
  sessions.user = () => ada;
  return sessions;
};

test('while it is read only, nobody is asked for a permission to change, in any cloud and by any way', async () => {
  const sessions = knownToVSCode();
  const { signIn, credential } = over(sessions, { readOnly: true });
  assert.equal((await signIn.signIn()).kind, 'ok');
  for (const tier of ['write', 'writeMore'] as const) {
    const outcome = await signIn.ensureTier(tier, { interactive: true });
    assert.equal(outcome.kind === 'refused' && outcome.refusal.message, 'Intune Scripts is set to read only.');
    for (const { graph } of Object.values(clouds)) {
      const names = tierScopes[tier].map(scope => `${graph}/${scope}`);
      await assert.rejects(Promise.resolve(credential.getToken(names)), /read only/);
      await assert.rejects(Promise.resolve(credential.getToken(names, { claims: '{"access_token":{}}' })), /read only/);
    }
  }
  assert.ok(sessions.asked.length > 0);
  assert.deepEqual(sessions.asked.filter(asksToWrite), []);
});

test('what only reads is asked for as ever', async () => {
  const sessions = knownToVSCode();
  const { signIn } = over(sessions, { readOnly: true });
  await signIn.signIn();
  assert.equal((await signIn.ensureTier('browseMore', { interactive: true })).kind, 'ok');
  assert.deepEqual(sessions.asked.map(scopesAsked), [
    tierSessionScopes(registration, 'browse'),
    tierSessionScopes(registration, 'browseMore'),
  ]);
});

test('a plan cannot be read while it is read only, and the setting counts at once', async () => {
  const sessions = knownToVSCode();
  const setting = { readOnly: true };
  const { credential } = over(sessions, setting);
  const sent: string[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    sent.push(request.url);
    return Response.json({ value: [] });
  };
  const client = createGraphClient({ cloud: clouds.global, credential, fetch, clock: createFakeClock() });
  const script = { family: 'deviceManagementScripts', id: 'a', name: 'A' } as const;
  const { bases } = await readForPlan(client, [script], []);
  const [base] = bases.values();
  assert.ok(base && !base.ok && base.error instanceof GraphError);
  assert.equal(base.error.kind, 'noToken');
  assert.deepEqual([sent, sessions.asked], [[], []]);
  setting.readOnly = false;
  await readForPlan(client, [script], []);
  assert.equal(sessions.asked.filter(asksToWrite).length, 1);
});

test('consent and set-up offer no permission to change while it is read only', () => {
  assert.deepEqual(offeredTiers(false), tierOrder);
  const offered = offeredTiers(true);
  assert.ok(offered.includes(familyOf('deviceManagementScripts').readTier));
  assert.deepEqual(
    offered.flatMap(tier => tierScopes[tier]).filter(scope => scope.includes('Write')),
    [],
  );
});
