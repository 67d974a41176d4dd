import assert from 'node:assert/strict';
import { test } from 'node:test';
import { consentLink, redirectUris } from '../../../src/auth/scopes.ts';
import { registration } from './fakes.ts';

test('a consent link is for exactly the chosen tiers, in the tenant and cloud', () => {
  const link = new URL(consentLink({ ...registration, cloud: 'usGov', tiers: ['browse', 'writeMore'] }));
  assert.equal(link.origin + link.pathname, `https://login.microsoftonline.us/${registration.tenantId}/v2.0/adminconsent`);
  assert.equal(link.searchParams.get('client_id'), registration.clientId);
  assert.deepEqual(link.searchParams.get('scope')?.split(' '), [
    'https://graph.microsoft.us/DeviceManagementConfiguration.ReadWrite.All',
    'https://graph.microsoft.us/DeviceManagementScripts.Read.All',
    'https://graph.microsoft.us/GroupMember.Read.All',
    'https://graph.microsoft.us/User.Read',
  ]);
});

test('the page that consent ends on is registered', () => {
  const link = new URL(consentLink({ ...registration, tiers: ['browse'] }));
  assert.ok(redirectUris(registration.clientId).includes(link.searchParams.get('redirect_uri') ?? ''));
});

test('a consent link means the same after the editor decoded and encoded it', () => {
  const link = consentLink({ ...registration, tiers: ['browse', 'write'] });
  const opened = new URL(encodeURI(decodeURIComponent(link)));
  assert.deepEqual([...opened.searchParams], [...new URL(link).searchParams]);
});
