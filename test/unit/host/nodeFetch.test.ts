import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { failureError } from '../../../src/graph/failure.ts';
import { createHostFetch } from '../../../src/host/fetch.ts';
import { nodeFetch } from '../../../src/host/nodeFetch.ts';

/** A server on the loopback for one test; gives its address. */
async function serve(t: TestContext, handle: (request: IncomingMessage, body: string, response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => {
    void request.toArray().then(chunks => handle(request, Buffer.concat(chunks).toString(), response));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  return `http://127.0.0.1:${address.port}/beta/x?$top=1`;
}

/** An address on the loopback where nobody listens any longer. */
async function deserted(): Promise<string> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  await new Promise(resolve => server.close(resolve));
  return `http://127.0.0.1:${address.port}/?secret`;
}

const transports = {
  'node-fetch': nodeFetch,
  "VS Code's fetch": createHostFetch(() => true),
  'the fallback': createHostFetch(() => false),
};
for (const [name, fetch] of Object.entries(transports)) {
  test(`${name} takes what a proxy refuses for no answer`, async t => {
    const url = await serve(t, (_request, _body, response) => {
      response.writeHead(407, { 'proxy-authenticate': 'Basic realm="x"' }).end();
    });
    await assert.rejects(fetch(new Request(url)), error => {
      assert.equal(failureError(error, { method: 'GET', path: '/' }, '').kind, 'network');
      return true;
    });
  });

  test(`${name} carries method, headers and body, and gives the answer as the platform does`, async t => {
    const url = await serve(t, ({ method, url: path, headers }, body, response) => {
      response.writeHead(201, { 'content-type': 'application/json', 'content-encoding': 'gzip', 'request-id': 'r1' });
      response.end(gzipSync(JSON.stringify({ method, path, body, token: headers.authorization, length: headers['content-length'] })));
    });
    const body = JSON.stringify({ a: 'ü' });
    const answer = await fetch(new Request(url, { method: 'POST', body, headers: { authorization: 'Bearer t' }, redirect: 'error' }));
    assert.deepEqual([answer.status, answer.ok, answer.headers.get('request-id')], [201, true, 'r1']);
    assert.deepEqual(await answer.json(), { method: 'POST', path: '/beta/x?$top=1', body, token: 'Bearer t', length: '10' });
  });

  test(`${name}: 204 has no body`, async t => {
    const url = await serve(t, (_request, _body, response) => response.writeHead(204).end());
    const answer = await fetch(new Request(url));
    assert.deepEqual([answer.status, await answer.text()], [204, '']);
  });

  test(`${name} follows no redirect`, async t => {
    let visits = 0;
    const url = await serve(t, (_request, _body, response) => {
      visits += 1;
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    await assert.rejects(fetch(new Request(url, { redirect: 'error' })), error =>
      /redirect/i.test(`${error} ${error instanceof Error ? error.cause : ''}`),
    );
    assert.equal(visits, 1);
  });

  test(`${name} ends with the signal`, async t => {
    const controller = new AbortController();
    const url = await serve(t, () => controller.abort());
    await assert.rejects(fetch(new Request(url, { signal: controller.signal })), { name: 'AbortError' });
  });

  test(`${name}: nobody listens: known not to be sent, and the address stays out of the words`, async () => {
    const cause = await fetch(new Request(await deserted())).catch((error: unknown) => error);
    const error = failureError(cause, { method: 'GET', path: '/' }, 'ours');
    assert.deepEqual([error.kind, error.code, error.sent], ['network', 'ECONNREFUSED', 'no']);
    assert.doesNotMatch(error.message, /secret/);
  });
}

test('globalThis.fetch is looked up at each call, for VS Code replaces it', async t => {
  const fetch = createHostFetch(() => true);
  t.mock.method(globalThis, 'fetch', async () => new Response('replaced'));
  assert.equal(await (await fetch(new Request('https://graph.microsoft.com/'))).text(), 'replaced');
});
