import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Answer, answered, back, closed, setUpSignIn, type Way } from '../../../../src/features/signIn/setUpSignIn.ts';
import type { Tier } from '../../../../src/intune/model/families.ts';

const client = '22222222-2222-4222-8222-222222222222';
const tenant = '11111111-1111-4111-8111-111111111111';

interface Script {
  way?: Answer<Way>[];
  tiers?: Answer<readonly Tier[]>[];
  clientId?: Answer<string>[];
  tenantId?: Answer<string>[];
  enterIds?: boolean;
  next?: ('signIn' | 'consent')[];
  domains?: Readonly<Record<string, string>>;
  failing?: (key: string, value: string | undefined) => boolean;
  problems?: readonly { readonly key: string }[];
}

/** Runs Set Up Sign-In with a user who answers as written, and writes down all that happens. */
const run = async (script: Script, before: { clientId?: string; tenantId?: string } = {}) => {
  const settings = new Map<string, string | undefined>(Object.entries(before));
  const told: string[] = [];
  const take = <Value>(name: string, answers: Answer<Value>[] | undefined, place: { step: number; totalSteps: number }, extra = '') => {
    told.push(`${name} ${place.step}/${place.totalSteps}${extra}`);
    return Promise.resolve(answers?.shift() ?? closed);
  };
  await setUpSignIn({
    questions: {
      way: step => take('way', script.way, step),
      tiers: (step, way) => take(`tiers of ${way}`, script.tiers, step),
      clientId: (step, initial) => take('client', script.clientId, step, ` [${initial}]`),
      tenantId: (step, initial) => take('tenant', script.tenantId, step, ` [${initial}]`),
      script: async ({ language, text }) => {
        told.push(`script ${language} ${text.includes('ReadWrite') ? 'write' : 'read'}`);
        return script.enterIds ?? false;
      },
      done: async () => {
        told.push('done');
        return script.next?.shift();
      },
      noTenant: async (domain, error) => void told.push(`no tenant ${domain}${error === undefined ? '' : ` ${String(error)}`}`),
      notSaved: async error => void told.push(String(error)),
    },
    readSettings: () => ({ cloud: 'global', ...before, problems: script.problems ?? [] }),
    updateSetting: async (key, value) => {
      if (script.failing?.(key, value)) throw new Error(`cannot write ${key}`);
      settings.set(key, value);
    },
    resolveTenant: async domain => {
      if (domain === 'offline.test') throw new TypeError('fetch failed');
      return script.domains?.[domain];
    },
    signIn: async () => void told.push('sign in'),
    testSignIn: async tiers => void told.push(`test ${tiers.join()}`),
    openConsentPage: async tiers => void told.push(`consent ${tiers.join()}`),
  })();
  return { settings: Object.fromEntries(settings), told };
};

test('the ids of a registration are saved together, then the user signs in', async () => {
  const { settings, told } = await run({
    way: [answered('existing')],
    clientId: [answered(client)],
    tenantId: [answered(tenant)],
    tiers: [answered(['browse', 'write'])],
    next: ['signIn'],
  });
  assert.deepEqual(settings, { clientId: client, tenantId: tenant });
  assert.deepEqual(told, ['way 1/4', 'client 2/4 []', 'tenant 3/4 []', 'tiers of existing 4/4', 'done', 'sign in', 'test browse,write']);
});

test('a script is opened for the chosen tiers, and the ids are entered after it', async () => {
  const { settings, told } = await run({
    way: [answered('powerShell')],
    tiers: [answered(['browse', 'write'])],
    enterIds: true,
    clientId: [answered(client)],
    tenantId: [answered(tenant)],
    next: ['consent', 'signIn'],
  });
  assert.deepEqual(settings, { clientId: client, tenantId: tenant });
  assert.deepEqual(told, [
    'way 1/4',
    'tiers of powerShell 2/4',
    'script powershell write',
    'client 3/4 []',
    'tenant 4/4 []',
    'done',
    'consent browse,write',
    'done',
    'sign in',
    'test browse,write',
  ]);
});

test('a domain stands for the id of its tenant, and one that leads nowhere is asked again', async () => {
  const { settings, told } = await run({
    way: [answered('existing')],
    clientId: [answered(client)],
    tenantId: [answered('nobody.test'), answered('offline.test'), answered('contoso.test')],
    tiers: [answered(['browse'])],
    domains: { 'contoso.test': tenant },
  });
  assert.deepEqual(settings, { clientId: client, tenantId: tenant });
  assert.deepEqual(told.slice(2), [
    'tenant 3/4 []',
    'no tenant nobody.test',
    'tenant 3/4 [nobody.test]',
    'no tenant offline.test TypeError: fetch failed',
    'tenant 3/4 [offline.test]',
    'tiers of existing 4/4',
    'done',
  ]);
});

test('closing any step saves nothing', async () => {
  const before = { clientId: 'old client', tenantId: 'old tenant' };
  const scripts: Script[] = [
    {},
    { way: [answered('existing')] },
    { way: [answered('existing')], clientId: [answered(client)] },
    { way: [answered('existing')], clientId: [answered(client)], tenantId: [answered(tenant)] },
    { way: [answered('azureCli')] },
    { way: [answered('azureCli')], tiers: [answered(['browse'])] },
    { way: [answered('azureCli')], tiers: [answered(['browse'])], enterIds: true, clientId: [answered(client)] },
  ];
  for (const script of scripts) {
    const { settings, told } = await run(script, before);
    assert.deepEqual(settings, before);
    assert.ok(!told.includes('done'));
  }
});

test('Back returns to the step before, with what was entered', async () => {
  const { told } = await run(
    { way: [answered('existing'), answered('existing')], clientId: [answered(client), back], tenantId: [back] },
    { clientId: 'old' },
  );
  assert.deepEqual(told, ['way 1/4', 'client 2/4 [old]', 'tenant 3/4 []', `client 2/4 [${client}]`, 'way 1/4', 'client 2/4 [old]']);
  const tiers = await run({ way: [answered('azureCli')], tiers: [back] });
  assert.deepEqual(tiers.told, ['way 1/4', 'tiers of azureCli 2/4', 'way 1/4']);
});

test('Back from the permissions returns to the tenant that was entered', async () => {
  const { told } = await run({
    way: [answered('existing')],
    clientId: [answered(client)],
    tenantId: [answered(tenant), answered(tenant)],
    tiers: [back, answered(['browse'])],
  });
  assert.deepEqual(told.slice(2), ['tenant 3/4 []', 'tiers of existing 4/4', `tenant 3/4 [${tenant}]`, 'tiers of existing 4/4', 'done']);
});

test('a cloud that is not known is replaced, for nobody is signed in before', async () => {
  const answers = () => ({
    way: [answered<Way>('existing')],
    clientId: [answered(client)],
    tenantId: [answered(tenant)],
    tiers: [answered<readonly Tier[]>(['browse'])],
    problems: [{ key: 'cloud' }],
  });
  const { settings, told } = await run(answers());
  assert.deepEqual(settings, { cloud: 'global', clientId: client, tenantId: tenant });
  assert.equal(told.at(-1), 'done');
  // Else the old ids would be used in a cloud that nobody meant them for.
  for (const failed of ['clientId', 'tenantId', 'cloud']) {
    const { settings } = await run({ ...answers(), failing: key => key === failed }, { clientId: 'old client', tenantId: 'old tenant' });
    assert.deepEqual(settings, { clientId: 'old client', tenantId: 'old tenant' });
  }
});

test('ids that cannot be saved together are not saved at all', async () => {
  const before = { clientId: 'old client', tenantId: 'old tenant' };
  const answers = () => ({
    way: [answered<Way>('existing')],
    clientId: [answered(client)],
    tenantId: [answered(tenant)],
    tiers: [answered<readonly Tier[]>(['browse'])],
  });
  for (const failed of ['clientId', 'tenantId']) {
    const { settings, told } = await run({ ...answers(), failing: key => key === failed }, before);
    assert.deepEqual(settings, before);
    assert.equal(told.at(-1), `Error: cannot write ${failed}`);
  }
  const { told } = await run({ ...answers(), failing: (key, value) => key === 'tenantId' || value === 'old client' }, before);
  assert.equal(told.at(-1), 'Error: cannot write tenantId');
});
