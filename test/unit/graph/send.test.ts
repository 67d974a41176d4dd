import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createFixture, failure, json, path, problem, read, rejection, scopes, write } from './fixture.ts';

describe('one request', () => {
  test('goes to the cloud with a token for its scopes, our id and no redirect', async () => {
    const { client, sent, tokensAsked } = createFixture({ steps: [() => json({ value: [] }, 200, { 'request-id': 'r1' })] });
    const answer = await client.send({ ...read, headers: { ConsistencyLevel: 'eventual', host: 'evil.example', 'content-length': '3' } });
    assert.deepEqual(answer.body, { value: [] });
    assert.equal(sent[0]?.url, `https://graph.microsoft.com${path}`);
    assert.equal(sent[0]?.redirect, 'error');
    const headers = Object.fromEntries(sent[0]?.headers ?? []);
    assert.match(headers['client-request-id'] ?? '', /^[0-9a-f-]{36}$/);
    assert.equal(headers['authorization'], 'Bearer token-1');
    assert.equal(headers['accept'], 'application/json');
    assert.equal(headers['consistencylevel'], 'eventual');
    assert.ok(!('host' in headers) && !('content-length' in headers) && !('content-type' in headers));
    assert.deepEqual(tokensAsked[0]?.scopes, ['https://graph.microsoft.com/DeviceManagementScripts.Read.All']);
  });

  test('sends a body as JSON', async () => {
    const { client, sent } = createFixture({ steps: [() => new Response(null, { status: 204 })] });
    const answer = await client.send(write);
    assert.deepEqual([answer.status, answer.body], [204, undefined]);
    assert.deepEqual(sent[0]?.body, { a: 1 });
    assert.equal(sent[0]?.headers.get('content-type'), 'application/json');
  });

  test('a body that is no JSON is said before anything is sent', async () => {
    const { client, sent } = createFixture({ steps: [] });
    const error = await rejection(client.send({ ...write, body: { n: 1n } }));
    assert.deepEqual([error.kind, error.sent, sent.length], ['badRequest', 'no', 0]);
  });

  test('is logged with path and ids, without query, token and body', async () => {
    const { client, log } = createFixture({ steps: [() => json({ secret: 's' }, 200, { 'request-id': 'r1' }), () => problem(404)] });
    await client.send(read);
    await rejection(client.send(write));
    assert.equal(log[0]?.path, '/beta/deviceManagement/deviceManagementScripts');
    assert.deepEqual(
      [log[0]?.method, log[0]?.status, log[0]?.requestId, log[1]?.status, log[1]?.kind],
      ['GET', 200, 'r1', 404, 'notFound'],
    );
    assert.doesNotMatch(JSON.stringify(log), /token-1|secret|top=5/);
  });

  for (const address of [
    'https://evil.example/beta/x',
    'http://graph.microsoft.com/beta/x',
    'https://graph.microsoft.com:8443/beta/x',
    'https://graph.microsoft.com.evil.example/beta/x',
    'https://user@graph.microsoft.com/beta/x',
    'https://graph.microsoft.com@evil.example/beta/x',
    '//evil.example/beta/x',
    '/\\evil.example/beta/x',
    'https://graph.microsoft.us/beta/x',
    'https://',
  ]) {
    test(`a token never goes to ${address}`, async () => {
      const { client, sent, tokensAsked } = createFixture({ steps: [] });
      const error = await rejection(client.send({ ...read, path: address }));
      assert.deepEqual([error.kind, error.sent, sent.length, tokensAsked.length], ['untrustedHost', 'no', 0, 0]);
    });
  }

  test('the error names the untrusted host and not what was behind it', async () => {
    const { client } = createFixture({ steps: [] });
    const error = await rejection(client.send({ ...read, path: 'https://evil.example/beta/x?secret=1' }));
    assert.match(error.message, /evil\.example/);
    assert.doesNotMatch(JSON.stringify(error) + error.message, /secret/);
  });
});

describe('answers', () => {
  test('text/plain is a string, nothing is undefined', async () => {
    const count = createFixture({ steps: [() => new Response('\uFEFF42', { headers: { 'content-type': 'text/plain' } })] });
    assert.equal((await count.client.send(read)).body, '42');
    const empty = createFixture({ steps: [() => new Response('')] });
    assert.equal((await empty.client.send(read)).body, undefined);
  });

  test('fault: JSON cut off, a page of a gateway, also one that calls itself text/plain, are no answers to a read', async () => {
    for (const step of [
      () => new Response('{"value":[', { headers: { 'content-type': 'application/json' } }),
      () => new Response('<html>Sign in</html>', { headers: { 'content-type': 'text/html' } }),
      () => new Response('<!DOCTYPE html><p>Sign in', { headers: { 'content-type': 'text/plain' } }),
    ]) {
      const { client, sent } = createFixture({ steps: [step] });
      const error = await rejection(client.send(read));
      assert.equal(error.kind, 'badAnswer');
      assert.doesNotMatch(error.message, /<|Sign in/);
      assert.equal(sent.length, 1);
    }
  });

  test('fault: an unreadable body after a write was done is no error', async () => {
    const broken = new ReadableStream({ pull: controller => controller.error(new Error('reset')) });
    for (const step of [
      () => new Response('<html>'),
      () => new Response('{"id":', { headers: { 'content-type': 'application/json' } }),
      () => new Response(broken),
    ]) {
      const { client } = createFixture({ steps: [step] });
      const answer = await client.send(write);
      assert.deepEqual([answer.status, answer.body], [200, undefined]);
    }
  });

  test('fault: the connection breaks inside of the body of a read, which is sent again', async () => {
    const broken = (): Response => new Response(new ReadableStream({ pull: controller => controller.error(failure('ECONNRESET')) }));
    const { client, sent } = createFixture({ steps: [broken, () => json({ ok: 1 })] });
    assert.deepEqual((await client.send(read)).body, { ok: 1 });
    assert.equal(sent.length, 2);
  });

  test('a gateway page with an error status keeps its kind and says no HTML', async () => {
    const { client } = createFixture({ steps: [() => new Response('<html><h1>Bad gateway</h1></html>', { status: 502 })] });
    const error = await rejection(client.send(write));
    assert.deepEqual([error.kind, error.status, error.sent], ['server', 502, 'yes']);
    assert.doesNotMatch(error.message, /</);
  });
});

describe('failures of the network', () => {
  const cases = [
    ['ENOTFOUND', 'network', 'no'],
    ['ECONNREFUSED', 'network', 'no'],
    ['EAI_AGAIN', 'network', 'no'],
    ['EHOSTUNREACH', 'network', 'unknown'],
    ['ECONNRESET', 'network', 'unknown'],
    ['UND_ERR_SOCKET', 'network', 'unknown'],
    ['ETIMEDOUT', 'network', 'unknown'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate', 'no'],
    ['CERT_HAS_EXPIRED', 'certificate', 'no'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate', 'no'],
  ] as const;
  for (const [code, kind, sentState] of cases) {
    test(`fault: ${code} during a write is ${kind}, sent: ${sentState}, and not sent again`, async () => {
      const { client, sent } = createFixture({ steps: [() => Promise.reject(failure(code))] });
      const error = await rejection(client.send(write));
      assert.deepEqual([error.kind, error.sent, error.code, sent.length], [kind, sentState, code, 1]);
      assert.equal(error.request.path, '/beta/deviceManagement/deviceManagementScripts/1/assign');
    });
  }

  test('an AggregateError of refused addresses is network, sent: no', async () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const { client } = createFixture({
      steps: [() => Promise.reject(new TypeError('fetch failed', { cause: new AggregateError([refused]) }))],
    });
    const error = await rejection(client.send(write));
    assert.deepEqual([error.kind, error.sent], ['network', 'no']);
  });

  test('a chain of causes that is a circle ends', async () => {
    const circle = new Error('around');
    circle.cause = circle;
    const { client } = createFixture({ steps: [() => Promise.reject(circle)] });
    assert.equal((await rejection(client.send(write))).kind, 'network');
  });

  test('a redirect is not followed and not an answer', async () => {
    const error = new TypeError('fetch failed', { cause: new Error('unexpected redirect') });
    const { client, sent } = createFixture({ steps: [() => Promise.reject(error)] });
    assert.equal((await rejection(client.send(read))).kind, 'badAnswer');
    assert.equal(sent.length, 1);
  });

  test('a certificate is not tried again', async () => {
    const { client, sent } = createFixture({
      steps: [() => Promise.reject(failure('SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate'))],
    });
    const error = await rejection(client.send(read));
    assert.deepEqual([error.kind, error.message, sent.length], ['certificate', 'self-signed certificate', 1]);
  });
});

test('the scopes of a request are asked as they are', async () => {
  const { client, tokensAsked } = createFixture({ steps: [() => json({})] });
  await client.send({ ...read, scopes: ['Group.Read.All', ...scopes] });
  assert.deepEqual(tokensAsked[0]?.scopes, [
    'https://graph.microsoft.com/Group.Read.All',
    'https://graph.microsoft.com/DeviceManagementScripts.Read.All',
  ]);
});
