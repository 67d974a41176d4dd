import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appAccount } from '../../../../src/auth/account.ts';
import { cliAccount } from '../../../../src/auth/identity/cliAccount.ts';
import { makeToken } from '../../../host/cloud/tokens.ts';
import { registration } from '../fakes.ts';

const { tenantId: tid, clientId: appid } = registration;
const oid = '44444444-4444-4444-8444-444444444444';
const accountOf = (claims: Readonly<Record<string, unknown>>) => cliAccount(makeToken({ tid, ...claims }), registration);

test('a service principal of the Azure CLI is an app, and a user is a person', () => {
  assert.deepEqual(accountOf({ appid: appid.toUpperCase(), oid, roles: [] }), appAccount(appid));
  assert.deepEqual(accountOf({ appid, oid, scp: 'User.Read', upn: 'ada@contoso.example' }), {
    id: `azureCli:${oid}`,
    label: 'ada@contoso.example',
  });
});

test('nobody is taken for somebody: what is written down belongs to an account and a tenant', () => {
  assert.equal(cliAccount('opaque', registration), undefined);
  assert.equal(accountOf({ scp: 'User.Read' }), undefined);
  assert.equal(accountOf({ scp: 'User.Read', oid: '' }), undefined);
  assert.equal(accountOf({ scp: 'User.Read', oid: 'x/../y' }), undefined);
  assert.equal(accountOf({ oid, appid, tid: '55555555-5555-4555-8555-555555555555' }), undefined);
  assert.equal(accountOf({ oid, appid, tid: undefined }), undefined);
});
