import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { answerError, readClaims, unnest } from '../../../src/graph/answer.ts';
import { GraphError } from '../../../src/graph/errors.ts';

const of = (status: number, body: unknown, headers: Record<string, string> = {}): GraphError =>
  answerError({
    status,
    headers: new Headers(headers),
    body,
    request: { method: 'GET', path: '/beta/x' },
    clientRequestId: 'ours',
    now: 0,
  });
const said = (code: string, message: string): unknown => ({ error: { code, message } });

describe('the kind of an error', () => {
  const cases: [number, unknown, string][] = [
    [400, said('BadRequest', 'No'), 'badRequest'],
    [
      400,
      said('BadRequest', '{"Message":"No OData route exists that match template ~/singleton - Operation ID (for customer support): 1"}'),
      'noRoute',
    ],
    [404, said('No method match route template', ''), 'notFound'],
    [403, said('Forbidden', 'No method may match this'), 'forbidden'],
    [401, said('InvalidAuthenticationToken', 'expired'), 'unauthorized'],
    [404, said('ResourceNotFound', ''), 'notFound'],
    [409, said('Conflict', 'changed'), 'conflict'],
    [409, said('BadRequest', 'An active Approval Request already exists for this object.'), 'approval'],
    [412, said('PreconditionFailed', ''), 'conflict'],
    [429, '', 'throttled'],
    [500, undefined, 'server'],
    [509, undefined, 'throttled'],
    [302, undefined, 'badAnswer'],
    [405, 'Not here', 'badRequest'],
  ];
  for (const [status, body, kind] of cases)
    test(`${status} ${JSON.stringify(body)} is ${kind}`, () => assert.equal(of(status, body).kind, kind));

  test('403 with a claims challenge wants the claims', () => {
    const header = { 'www-authenticate': `Bearer error="insufficient_claims", claims="${btoa('{"a":1}')}"` };
    assert.deepEqual([of(403, undefined, header).kind, of(403, undefined, header).claims], ['claimsChallenge', '{"a":1}']);
  });

  test('"User is not authorized" is a missing Intune role', () => {
    assert.equal(of(403, said('Forbidden', 'User is not authorized to perform this operation')).intuneRole, true);
    assert.equal(of(403, said('Authorization_RequestDenied', 'Insufficient privileges to complete the operation.')).intuneRole, false);
    assert.equal(of(400, said('Forbidden', 'User is not authorized')).intuneRole, false);
  });
});

describe('the words of an error', () => {
  test('every level of nesting is undone', () => {
    let message = 'Why - Operation ID (for customer support): 1 - Activity ID: 2 - Url: https://fef.x/y';
    for (let n = 0; n < 4; n += 1) message = JSON.stringify({ _version: n, Message: message });
    assert.equal(unnest(message).message, 'Why');
  });

  test('pages, JSON that is cut off and nothing at all become a sentence', () => {
    for (const body of ['<html>', said('X', '<!DOCTYPE html>'), said('X', '{"Message":"cut'), undefined, null, 5, [], {}, { error: 7 }]) {
      assert.match(of(503, body).message, /^The service answered with the status 503 and gave no reason( \(X\))?\.$/);
    }
  });

  test('an error without the envelope is read', () => {
    assert.equal(of(500, { Message: 'Nope' }).message, 'Nope');
    assert.equal(of(400, { error: 'invalid_grant' }).code, 'invalid_grant');
    assert.equal(of(502, 'upstream down').message, 'upstream down');
  });

  test('parts of another type do not hide the rest', () => {
    assert.equal(of(400, { error: { code: 5, message: 'Nope', innerError: 'x', innererror: { 'request-id': 'r' } } }).message, 'Nope');
    assert.equal(of(400, { error: { message: 'Nope', innererror: { 'request-id': 'r' } } }).requestId, 'r');
  });

  test('the ids of the headers come first', () => {
    const error = of(400, said('X', 'Nope'), { 'request-id': 'r', 'client-request-id': 'c' });
    assert.deepEqual([error.requestId, error.clientRequestId], ['r', 'c']);
  });
});

describe('claims', () => {
  const claims = '{"access_token":{"nbf":{"essential":true,"value":"1ü?>"}}}';
  const encoded = Buffer.from(claims).toString('base64');
  const cases: [string, string | null, string | undefined][] = [
    ['base64', `Bearer realm="", claims="${encoded}"`, claims],
    ['base64url', `Bearer claims="${Buffer.from(claims).toString('base64url')}"`, claims],
    ['JSON', 'Bearer claims="{\\"a\\":1}"', '{"a":1}'],
    ['no header', null, undefined],
    ['a plain 401', 'Bearer realm="", error="invalid_token"', undefined],
    ['garbage', 'Bearer claims="%%%"', undefined],
    ['no JSON', `Bearer claims="${btoa('no')}"`, undefined],
    ['another parameter', `Bearer xclaims="${encoded}"`, undefined],
  ];
  for (const [what, header, expected] of cases) test(what, () => assert.equal(readClaims(header), expected));
});

describe('whatever the service sends', () => {
  const nested = fc.letrec<{ any: unknown }>(tie => ({
    any: fc.oneof(
      fc.jsonValue(),
      fc.string(),
      fc.record({ error: fc.record({ code: fc.anything(), message: fc.oneof(fc.json(), tie('any')) }) }),
    ),
  })).any;
  test('an error is a GraphError with words', () => {
    fc.assert(
      fc.property(fc.oneof(nested, fc.json(), fc.anything()), fc.integer({ min: 300, max: 599 }), fc.string(), (body, status, header) => {
        const headers = new Headers();
        for (const name of ['www-authenticate', 'retry-after']) {
          try {
            headers.set(name, header);
          } catch {
            // Not every text can be a header, and then none arrives.
          }
        }
        const error = answerError({ status, headers, body, request: { method: 'GET', path: '/' }, clientRequestId: 'c', now: 0 });
        assert.ok(error instanceof GraphError);
        assert.ok(error.message.length > 0 && error.message.length <= 1000 && error.code.length > 0);
        assert.ok(error.retryAfterMs === undefined || (Number.isFinite(error.retryAfterMs) && error.retryAfterMs >= 0));
      }),
      { numRuns: 2000 },
    );
  });
});

test('a token that a service says again is in no error, whole, cut off or nested', () => {
  const token = 'eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJtYXJrZXIiOjF9.c2lnbmVk';
  for (const message of [
    `Bad token ${token}.`,
    `authorization: Bearer ${token} was refused`,
    'bearer 0.AXoA-opaque-and-long was refused',
    `x=${token.slice(0, 30)}`,
    JSON.stringify({ Message: JSON.stringify({ message: `No: ${token}` }) }),
  ]) {
    const error = of(400, said(token, message));
    assert.doesNotMatch(`${error.message} ${error.code} ${JSON.stringify(error)}`, /eyJ|AXoA|c2lnbmVk/, message);
    assert.match(error.message, /\*\*\*/);
  }
  const harmless = 'The bearer of this is eyJustice.';
  assert.equal(of(400, said('x', harmless)).message, harmless);
});
