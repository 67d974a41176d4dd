import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Identity, writePinnedAccount } from '../../../../src/auth/account.ts';
import { knownTenants } from '../../../../src/connections/accountConnection.ts';
import { storedMemory } from '../../../../src/connections/memory.ts';
import { type SwitchTenantParts, switchTenant } from '../../../../src/features/signIn/switchTenant.ts';
import type { Settings } from '../../../../src/host/settings.ts';
import type { PickRow } from '../../../../src/ui/quickPick.ts';
import { givenSettings } from '../givenSettings.ts';

const client = '66666666-7777-4888-9999-aaaaaaaaaaaa';
const [contoso, fabrikam] = ['11111111-2222-4333-8444-555555555555', '22222222-2222-4333-8444-555555555555'];
const ada = { id: 'ada', label: 'ada@contoso.test' };
const at = (tenantId: string, cloud: Identity['cloud'] = 'global'): Identity => ({ cloud, tenantId, clientId: client, account: ada });

async function createStore(identities: readonly Identity[]) {
  const values = new Map<string, unknown>();
  const store = {
    get: (key: string) => values.get(key),
    update: async (key: string, value: unknown) => void values.set(key, value),
    keys: () => [...values.keys()],
  };
  for (const identity of identities) await writePinnedAccount(store, identity, identity.account);
  return store;
}

/** Somebody who is signed in to Contoso, knows Fabrikam too, and picks the row with a label. */
async function run(
  label: string,
  options: { readonly settings?: Partial<Settings>; readonly back?: boolean; readonly fabrikamName?: string } = {},
) {
  const store = await createStore([at(contoso), at(fabrikam, 'usGovDoD')]);
  await storedMemory(store, `global/${contoso}/ada`).set('tenantName', 'Contoso');
  if (options.fabrikamName !== undefined) await storedMemory(store, `usgovdod/${fabrikam}/ada`).set('tenantName', options.fabrikamName);
  const settings: Record<string, unknown> = { clientId: client, tenantId: contoso, ...options.settings };
  const told: string[] = [];
  let identity: Identity | undefined = options.settings?.useSampleTenant ? undefined : at(contoso);
  let rows: readonly string[] = [];
  const say = (text: string) => async () => void told.push(text);
  const parts: SwitchTenantParts = {
    readSettings: () => givenSettings(settings),
    updateSetting: async (key, value) => {
      settings[key] = value;
    },
    known: () => knownTenants(store),
    signIn: {
      get identity() {
        return identity;
      },
      restore: async () => {
        told.push('restore');
        identity = options.back === false ? undefined : at(String(settings['tenantId']));
      },
    },
    pickOne: async <Value>(all: readonly PickRow<Value>[]) => {
      rows = all.map(row => (row.kind === 'choice' ? [row.label, row.description ?? ''].join(' | ') : `— ${row.label}`));
      const row = all.find(one => one.kind === 'choice' && one.label === label);
      return row?.kind === 'choice' ? { kind: 'picked', value: row.value } : undefined;
    },
    askToSignIn: say('sign in'),
    signInAsAnother: say('sign in as another'),
    setUpSignIn: say('set up'),
    useSampleTenant: say('sample'),
    leaveSampleTenant: say('leave sample'),
  };
  await switchTenant(parts)();
  return { rows, told, settings };
}

test('tenants that somebody signed in to are offered, and which of them is shown is said', async () => {
  const { rows, told } = await run('nothing');
  assert.deepEqual(rows, [
    '— tenants that you signed in to',
    `${fabrikam} | ada@contoso.test, US Government (DoD)`,
    'Contoso | ada@contoso.test, current',
    '— more',
    'Another Account in This Tenant… | ',
    'Another Tenant or App Registration… | ',
    'Sample Tenant | ',
  ]);
  assert.deepEqual(told, []);
  assert.deepEqual((await run('Contoso')).told, [], 'the one that is shown stays');
});

test('two tenants of one name are told apart', async () => {
  const { rows } = await run('nothing', { fabrikamName: 'Contoso' });
  assert.deepEqual(rows.slice(1, 3), [
    'Contoso | ada@contoso.test, 11111111, current',
    'Contoso | ada@contoso.test, US Government (DoD), 22222222',
  ]);
});

test('a tenant is opened with its cloud, its app registration and the account of then', async () => {
  const { settings, told } = await run(fabrikam);
  assert.deepEqual(settings, { clientId: client, tenantId: fabrikam, cloud: 'usGovDoD' });
  assert.deepEqual(told, ['restore']);
});

test('a cloud that is not known is replaced, also by the one that stands in for it', async () => {
  const problems = [{ key: 'cloud', message: 'The cloud is not known.' }] as const;
  const { settings } = await run('Contoso', { settings: { useSampleTenant: true, problems } });
  assert.equal(settings['cloud'], 'global');
});

test('where the account of then is gone, the user signs in', async () => {
  assert.deepEqual((await run(fabrikam, { back: false })).told, ['restore', 'sign in']);
});

test('from the sample tenant, the way back goes to each tenant, also to the one of the settings', async () => {
  const { rows, settings, told } = await run('Contoso', { settings: { useSampleTenant: true } });
  assert.deepEqual(rows, [
    '— tenants that you signed in to',
    `${fabrikam} | ada@contoso.test, US Government (DoD)`,
    'Contoso | ada@contoso.test',
    '— more',
    'Another Tenant or App Registration… | ',
    'Leave the Sample Tenant | ',
  ]);
  assert.equal(settings['useSampleTenant'], undefined);
  assert.deepEqual(told, ['restore']);
});

test('what is not known yet is asked for', async () => {
  assert.deepEqual((await run('Another Tenant or App Registration…')).told, ['set up']);
  assert.deepEqual((await run('Another Account in This Tenant…')).told, ['sign in as another']);
  assert.deepEqual((await run('Sample Tenant')).told, ['sample']);
  assert.deepEqual((await run('Leave the Sample Tenant', { settings: { useSampleTenant: true } })).told, ['leave sample']);
});

test('what the store holds is checked: other keys, and accounts without an id, name no tenant', async () => {
  const store = await createStore([]);
  await store.update('account:global/no-guid/no-guid', ada);
  await store.update(`account:mars/${contoso}/${client}`, ada);
  await store.update(`account:global/${contoso}/${client}`, { label: 'ada' });
  await store.update('recentGroups', []);
  assert.deepEqual(knownTenants(store), []);
});
