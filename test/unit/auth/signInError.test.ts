import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cancellationOf, declinedError, refusalOf } from '../../../src/auth/signInError.ts';
import { refusalWords } from '../../../src/auth/signInErrorText.ts';

test('the codes of Microsoft Entra are recognised wherever they stand', () => {
  const reasons = {
    AADSTS65001: 'consentMissing',
    AADSTS90094: 'consentMissing',
    AADSTS65002: 'clientNotAllowed',
    AADSTS50011: 'redirectUriMissing',
    AADSTS53003: 'conditionalAccess',
    AADSTS650053: 'permissionUnknown',
    AADSTS70011: 'permissionUnknown',
    AADSTS7000218: 'notPublicClient',
    AADSTS700016: 'unknownClient',
    AADSTS90002: 'unknownTenant',
    AADSTS99999: 'other',
  };
  for (const [code, reason] of Object.entries(reasons)) {
    const message = `invalid_grant: Error(s): 1 - ${code}: Words.`;
    assert.deepEqual(refusalOf(new Error(message)), { reason, code, message });
  }
});

test('a permission that a cloud does not know is said to be undocumented there', () => {
  const refusal = refusalOf(new Error("AADSTS650053: The application asked for scope 'x' that doesn't exist on the resource."));
  assert.match(refusalWords(refusal, 'china').message, /does not document .* exist here\. \(AADSTS650053\)/);
  assert.doesNotMatch(refusalWords(refusal, 'global').message, /document/);
});

test('a provider that is missing or slow is recognised', () => {
  assert.equal(
    refusalOf(new Error("No authentication provider 'microsoft-sovereign-cloud' is currently registered.")).reason,
    'providerMissing',
  );
  assert.equal(refusalOf("Timed out waiting for authentication provider 'microsoft' to register.").reason, 'providerMissing');
  assert.equal(refusalOf(new Error('Timed out waiting for authentication')).reason, 'timedOut');
  assert.deepEqual(refusalOf(new Error('two\n lines')), { reason: 'other', message: 'two lines' });
});

test('a code of Microsoft Entra is no cancellation, even if its words say so', () => {
  assert.equal(cancellationOf(new Error('AADSTS65004: User declined to consent. Cancelled.')), undefined);
  assert.equal(cancellationOf(new Error('network cancelled by proxy')), undefined);
});

test('declining before a sign-in is told apart from leaving one that is under way', () => {
  assert.equal(cancellationOf(declinedError()), 'declined');
  for (const text of ['Canceled', 'Cancelled', 'Error: Cancelled', 'user_cancelled: User cancelled the flow'])
    assert.equal(cancellationOf(new Error(text)), 'left', text);
});
