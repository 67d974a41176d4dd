import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GraphError } from '../../../src/graph/errors.ts';
import { errorText, errorWords, isCancelled } from '../../../src/ui/errorText.ts';
import { familyFailure } from '../../../src/ui/format/family.ts';

const request = { method: 'GET', path: '/' };

test('an error says what, why and what to do; the service in its own words beside it', () => {
  const error = new GraphError({ kind: 'throttled', message: 'Too many.', request, status: 429, retryAfterMs: 2128, requestId: 'r-1' });
  const words = errorWords(error, 'Remediations could not be read.');
  assert.equal(words.message, 'Remediations could not be read. Microsoft Graph gets too many requests. Try again in 3 seconds.');
  assert.equal(words.detail, 'Microsoft Graph says: Too many.\nRequest ID: r-1');
  assert.ok(!errorText(words).includes('\n'));
});

test('what is no error of Graph speaks for itself', () => {
  assert.deepEqual(errorWords(new Error('disk\nfull'), 'It was not saved.'), { message: 'It was not saved. disk full' });
});

test('a cancellation is known as one, however it came', () => {
  assert.ok(isCancelled(new DOMException('x', 'AbortError')));
  assert.ok(isCancelled(new Error('x', { cause: Object.assign(new Error(), { name: 'Canceled' }) })));
  assert.ok(!isCancelled(new GraphError({ kind: 'network', message: 'x', request })));
});

test('a failed family says whether consent or a role is missing', () => {
  const forbidden = (init: { readonly intuneRole?: boolean; readonly requiredScopes?: readonly string[] }): GraphError =>
    new GraphError({ kind: 'forbidden', message: 'x', request, status: 403, ...init });
  const short = (error: unknown): string => familyFailure('deviceHealthScripts', error).short;
  assert.equal(short(forbidden({ intuneRole: true })), 'needs an Intune role');
  assert.equal(short(forbidden({ requiredScopes: ['A.Read'] })), 'needs consent to A.Read');
  assert.equal(short(forbidden({})), 'not allowed');
  assert.equal(short(new GraphError({ kind: 'noToken', message: 'x', request })), 'needs consent to DeviceManagementScripts.Read.All');
  assert.equal(short(new GraphError({ kind: 'network', message: 'x', request })), 'not reachable');
  assert.equal(short(new Error('x')), 'could not be read');
});

test('a second request for approval says that one waits already, and not to ask for one', () => {
  const { message } = errorWords(new GraphError({ kind: 'approval', message: 'x', request, status: 409 }), 'Alpha could not be changed.');
  assert.equal(message, 'Alpha could not be changed. A change of it waits for approval already. Finish or cancel that one first.');
});
