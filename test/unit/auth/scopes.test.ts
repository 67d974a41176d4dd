import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fullScopes, sessionScopes, tierSessionScopes } from '../../../src/auth/scopes.ts';
import { registration } from './fakes.ts';

test('the scopes of a tier are full names of the cloud, with client and tenant', () => {
  assert.deepEqual(tierSessionScopes({ ...registration, cloud: 'usGovDoD' }, 'write'), [
    `VSCODE_CLIENT_ID:${registration.clientId}`,
    `VSCODE_TENANT:${registration.tenantId}`,
    'https://dod-graph.microsoft.us/DeviceManagementScripts.ReadWrite.All',
    'https://dod-graph.microsoft.us/GroupMember.Read.All',
    'https://dod-graph.microsoft.us/User.Read',
  ]);
});

test('order and repetition make no other request', () => {
  const scopes = fullScopes('global', 'browse');
  assert.deepEqual(sessionScopes(registration, [...scopes, ...scopes].reverse()), tierSessionScopes(registration, 'browse'));
});
