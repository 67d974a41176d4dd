import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectionKey, registrationOf } from '../../../src/auth/account.ts';
import { ada, bob, registration } from './fakes.ts';

test('a connection is the cloud, the tenant and the account, and neither the client nor the name of the account', () => {
  const key = connectionKey({ ...registration, account: ada });
  const renamed = { ...registration, clientId: 'other', account: { ...ada, label: 'ada.l@contoso.com' } };
  assert.equal(connectionKey(renamed), key);
  assert.notEqual(connectionKey({ ...registration, account: bob }), key);
  assert.notEqual(connectionKey({ ...registration, cloud: 'china', account: ada }), key);
});

test('sign-in is not set up while an id is missing or the cloud is not known', () => {
  const { cloud, clientId, tenantId } = registration;
  assert.deepEqual(registrationOf({ cloud, clientId, tenantId }), registration);
  assert.equal(registrationOf({ cloud, clientId }), undefined);
  assert.equal(registrationOf({ cloud, tenantId }), undefined);
  assert.equal(registrationOf({ cloud, clientId, tenantId, problems: [{ key: 'cloud' }] }), undefined);
});
