import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as z from 'zod/mini';
import type { GraphRequest } from '../../../src/graph/client.ts';
import { challenge, createFixture, failure, graphErrorBody, json, problem, type Step, scopes } from './fixture.ts';

const batch = z.object({ requests: z.array(z.looseObject({ id: z.string(), method: z.string(), url: z.string() })) });
type Inner = z.infer<typeof batch>['requests'][number];
type Reply = { status: number; body?: unknown; headers?: Record<string, string> };

/** A $batch that answers each request by its address, in reverse order. */
const answering =
  (reply: (inner: Inner) => Reply | undefined): Step =>
  async request => {
    const { requests } = batch.parse(await request.json());
    const responses = requests.flatMap(inner => {
      const answer = reply(inner);
      return answer ? [{ id: inner.id, ...answer }] : [];
    });
    return json({ responses: responses.toReversed() });
  };

const ok = answering(({ url }) => ({ status: 200, body: { url } }));
const reads = (count: number): GraphRequest[] => Array.from({ length: count }, (_, n) => ({ path: `/beta/items/${n}`, scopes }));
const writes = (count: number): GraphRequest[] =>
  Array.from({ length: count }, (_, n) => ({ method: 'POST', path: `/beta/items/${n}/assign`, body: { n }, scopes }));
const ids = (body: unknown): string[] => batch.parse(body).requests.map(({ url }) => url);

describe('several requests', () => {
  test('none sends nothing, one goes alone', async () => {
    const { client, sent } = createFixture({ steps: [() => json({ alone: true })] });
    assert.deepEqual(await client.sendAll([]), []);
    const [outcome] = await client.sendAll(reads(1));
    assert.ok(outcome?.ok);
    assert.equal(sent[0]?.url, 'https://graph.microsoft.com/beta/items/0');
  });

  test('45 go in three $batches and come back in the order asked', async () => {
    const { client, sent } = createFixture({ steps: [ok] });
    const outcomes = await client.sendAll(reads(45));
    assert.deepEqual(
      outcomes.map(outcome => outcome.ok && outcome.value.body),
      reads(45).map((_, n) => ({ url: `/items/${n}` })),
    );
    assert.deepEqual(
      sent.map(({ url, body }) => [url, ids(body).length]),
      [20, 20, 5].map(count => ['https://graph.microsoft.com/beta/$batch', count]),
    );
  });

  test('v1.0 and beta, other scopes, reads and writes stay apart', async () => {
    const { client, sent } = createFixture({ steps: [ok] });
    const groups = Array.from({ length: 2 }, (_, n) => ({ path: `/v1.0/groups/${n}`, scopes }));
    const others = reads(2).map(request => ({ ...request, scopes: ['Group.Read.All'] }));
    const outcomes = await client.sendAll([...groups, ...reads(2), ...others, ...writes(2)]);
    assert.ok(outcomes.every(({ ok }) => ok));
    assert.equal(sent.length, 4);
    assert.ok(sent[0]?.url.endsWith('/v1.0/$batch'));
  });

  test('inner requests carry their body, its type and their headers', async () => {
    const { client, sent } = createFixture({ steps: [ok] });
    await client.sendAll(writes(2).map(request => ({ ...request, headers: { 'x-msft-approval-justification': 'YQ==' } })));
    const { requests } = batch.parse(sent[0]?.body);
    assert.deepEqual(requests[1], {
      id: '1',
      method: 'POST',
      url: '/items/1/assign',
      headers: { 'Content-Type': 'application/json', 'x-msft-approval-justification': 'YQ==' },
      body: { n: 1 },
    });
  });

  test('the number of a $count is the same text as alone', async () => {
    const count = answering(() => ({ status: 200, body: 14, headers: { 'Content-Type': 'text/plain' } }));
    const { client } = createFixture({ steps: [count] });
    const [first] = await client.sendAll(reads(2));
    assert.equal(first?.ok && first.value.body, '14');
  });

  for (const second of [{ status: 200 }, { status: 403 }, { status: 'none' }]) {
    test(`fault: two answers with one id, the second with the status ${second.status}: neither is believed`, async () => {
      const twice: Step = async request => {
        const { requests } = batch.parse(await request.json());
        const [zero] = requests;
        return json({ responses: [...requests.map(({ id }) => ({ id, status: 204 })), { id: zero?.id, ...second }] });
      };
      const { client, sent } = createFixture({ steps: [twice] });
      const [zero, one] = await client.sendAll(writes(2));
      const error = zero?.ok ? undefined : zero?.error;
      assert.deepEqual([error?.kind, error?.sent, error?.request.path], ['badAnswer', 'unknown', '/beta/items/0/assign']);
      assert.ok(one?.ok);
      assert.equal(sent.length, 1);
    });
  }

  test('a path of another host is never in a $batch and gets no token', async () => {
    const { client, sent } = createFixture({ steps: [ok] });
    const [bad] = await client.sendAll([{ path: 'https://evil.example/beta/x', scopes }, ...reads(2)]);
    assert.equal(!bad?.ok && bad?.error.kind, 'untrustedHost');
    assert.equal(sent.length, 1);
  });

  test('at most four $batches of reads are under way, and one of writes', async () => {
    for (const [requests, most] of [
      [reads(200), 4],
      [writes(100), 1],
    ] as const) {
      let now = 0;
      let top = 0;
      const step: Step = async request => {
        now += 1;
        top = Math.max(top, now);
        await new Promise(resolve => setImmediate(resolve));
        now -= 1;
        return ok(request);
      };
      const { client } = createFixture({ steps: [step] });
      await client.sendAll(requests);
      assert.equal(top, most);
    }
  });

  test('each is in the log with its own status', async () => {
    const { client, log } = createFixture({ steps: [answering(({ url }) => ({ status: url.endsWith('1') ? 404 : 200 }))] });
    await client.sendAll(reads(2));
    assert.deepEqual(
      log.map(({ path, status, inBatch }) => [path, status, inBatch]),
      [
        ['/beta/$batch', 200, undefined],
        ['/beta/items/0', 200, true],
        ['/beta/items/1', 404, true],
      ],
    );
  });
});

describe('reads in a $batch', () => {
  test('fault: inner 429 and 503: only those go again, after the longest wait', async () => {
    const first = answering(({ url }) => {
      if (url.endsWith('/1')) return { status: 429, headers: { 'Retry-After': '2.5' }, body: graphErrorBody('TooManyRequests', 'Wait') };
      return url.endsWith('/2') ? { status: 503, headers: { 'Retry-After': '7' } } : { status: 200, body: {} };
    });
    const { client, sent, clock } = createFixture({ steps: [first, ok] });
    const outcomes = await client.sendAll(reads(4));
    assert.ok(outcomes.every(({ ok }) => ok));
    assert.deepEqual(ids(sent[1]?.body), ['/items/1', '/items/2']);
    assert.deepEqual(clock.slept, [7000]);
  });

  test('fault: inner errors that stay are those of their requests alone', async () => {
    const mixed = answering(({ url }) => (url.endsWith('/1') ? { status: 403, body: graphErrorBody('Forbidden', 'No') } : { status: 200 }));
    const { client } = createFixture({ steps: [mixed] });
    const [zero, one] = await client.sendAll(reads(2));
    assert.ok(zero?.ok);
    assert.ok(one && !one.ok);
    assert.deepEqual([one.error.kind, one.error.message, one.error.request.path], ['forbidden', 'No', '/beta/items/1']);
  });

  test('fault: inner 429 for ever ends after five tries', async () => {
    const { client, sent } = createFixture({ steps: [answering(() => ({ status: 429 }))] });
    const outcomes = await client.sendAll(reads(2));
    assert.ok(outcomes.every(outcome => !outcome.ok && outcome.error.kind === 'throttled'));
    assert.equal(sent.length, 5);
  });

  test('fault: an inner Retry-After of an hour gives up on that item alone', async () => {
    const first = answering(({ url }) => ({ status: 429, headers: { 'Retry-After': url.endsWith('/0') ? '3600' : '1' } }));
    const { client, sent } = createFixture({ steps: [first, ok] });
    const [zero, one] = await client.sendAll(reads(2));
    assert.ok(zero && !zero.ok && one?.ok);
    assert.equal(zero.error.retryAfterMs, 3_600_000);
    assert.deepEqual(ids(sent[1]?.body), ['/items/1']);
  });

  test('fault: the whole $batch fails with 503 and goes again', async () => {
    const { client, sent } = createFixture({ steps: [() => problem(503), ok] });
    assert.ok((await client.sendAll(reads(3))).every(({ ok }) => ok));
    assert.equal(sent.length, 2);
  });

  test('fault: a 404 to the whole $batch does not say that what is asked for in it is gone', async () => {
    const { client } = createFixture({ steps: [() => problem(404)] });
    assert.ok((await client.sendAll(reads(2))).every(outcome => !outcome.ok && outcome.error.kind === 'badRequest'));
  });

  test('fault: 401 with claims, outside and inside: once more with a new token, never twice', async () => {
    const inside = answering(() => ({ status: 401, headers: { 'WWW-Authenticate': challenge['www-authenticate'] } }));
    for (const refused of [() => problem(401, challenge), inside]) {
      const good = createFixture({ steps: [refused, ok] });
      assert.ok((await good.client.sendAll(reads(2))).every(({ ok }) => ok));
      assert.equal(good.tokensAsked[1]?.options?.claims, '{"access_token":{}}');
      const bad = createFixture({ steps: [refused] });
      assert.ok((await bad.client.sendAll(reads(2))).every(outcome => !outcome.ok && outcome.error.kind === 'claimsChallenge'));
      assert.equal(bad.sent.length, 2);
    }
  });

  test('fault: answers are missing, or are none', async () => {
    for (const body of [{}, { responses: [{ id: '0', status: 'x' }, 5, null, { id: '1' }] }, []]) {
      const { client } = createFixture({ steps: [() => json(body)] });
      assert.ok((await client.sendAll(reads(2))).every(outcome => !outcome.ok && outcome.error.kind === 'badAnswer'));
    }
  });

  test('a cancellation rejects', async () => {
    const controller = new AbortController();
    const { client } = createFixture({
      steps: [
        () => {
          controller.abort(new Error('user'));
          return new Promise<Response>(() => undefined);
        },
      ],
    });
    await assert.rejects(client.sendAll(reads(30), { signal: controller.signal }), /user/);
  });
});

describe('writes in a $batch', () => {
  test('fault: inner 429, 503 and 401 are not sent again', async () => {
    const { client, sent, clock } = createFixture({ steps: [answering(({ id }) => ({ status: [429, 503, 401][Number(id)] ?? 200 }))] });
    const outcomes = await client.sendAll(writes(4));
    assert.deepEqual(
      outcomes.map(outcome => (outcome.ok ? 'ok' : outcome.error.kind)),
      ['throttled', 'server', 'unauthorized', 'ok'],
    );
    assert.deepEqual([sent.length, clock.slept.length], [1, 0]);
  });

  test('fault: the connection drops after the $batch was sent: each may have been done', async () => {
    const { client, sent } = createFixture({ steps: [() => Promise.reject(failure('ECONNRESET'))] });
    const outcomes = await client.sendAll(writes(3));
    assert.ok(outcomes.every(outcome => !outcome.ok && outcome.error.sent === 'unknown'));
    assert.equal(!outcomes[2]?.ok && outcomes[2]?.error.request.path, '/beta/items/2/assign');
    assert.equal(sent.length, 1);
  });

  test('fault: an answer is missing: that one may have been done', async () => {
    const { client } = createFixture({ steps: [answering(({ id }) => (id === '1' ? undefined : { status: 204 }))] });
    const [zero, one] = await client.sendAll(writes(2));
    assert.ok(zero?.ok && one && !one.ok);
    assert.deepEqual([one.error.kind, one.error.sent], ['badAnswer', 'unknown']);
  });

  test('fault: the answer of the $batch is a page: each may have been done', async () => {
    const { client } = createFixture({ steps: [() => new Response('<html>')] });
    const outcomes = await client.sendAll(writes(2));
    assert.ok(outcomes.every(outcome => !outcome.ok && outcome.error.kind === 'badAnswer' && outcome.error.sent === 'unknown'));
  });

  test('fault: a cancellation after the first $batch: its outcomes stay, the others were not sent', async () => {
    const controller = new AbortController();
    const { client, sent } = createFixture({
      steps: [
        request => {
          controller.abort(new Error('user'));
          return ok(request);
        },
      ],
    });
    const outcomes = await client.sendAll(writes(41), { signal: controller.signal });
    assert.equal(outcomes.filter(({ ok }) => ok).length, 20);
    const rest = outcomes.slice(20);
    assert.equal(rest.length, 21);
    assert.ok(rest.every(outcome => !outcome.ok && outcome.error.sent === 'no' && outcome.error.code === 'canceled'));
    assert.equal(sent.length, 1);
  });

  test('a cancellation before the first $batch rejects', async () => {
    const { client, sent } = createFixture({ steps: [] });
    await assert.rejects(client.sendAll(writes(2), { signal: AbortSignal.abort(new Error('user')) }), /user/);
    assert.equal(sent.length, 0);
  });
});
