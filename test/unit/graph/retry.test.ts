import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readRetryAfter } from '../../../src/graph/retry.ts';
import { createFixture, failure, json, problem, read, rejection, write } from './fixture.ts';

describe('Retry-After', () => {
  const now = Date.UTC(2026, 0, 1);
  const cases: [string | null, number | undefined][] = [
    ['7', 7000],
    ['0', 0],
    ['2.128', 2128],
    [' 3 ', 3000],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['Wed, 31 Dec 2025 23:59:00 GMT', 0],
    [null, undefined],
    ['', undefined],
    ['soon', undefined],
    ['-5', undefined],
    ['1e9', undefined],
    ['NaN', undefined],
    ['5 seconds', undefined],
  ];
  for (const [header, ms] of cases) {
    test(`${header} is ${ms} ms`, () => assert.equal(readRetryAfter(header, now), ms));
  }
  test('a number without end is a finite wait', () => assert.ok(Number.isSafeInteger(readRetryAfter('9'.repeat(400), now))));
});

describe('reads are tried again', () => {
  for (const status of [429, 502, 503, 504]) {
    test(`fault: ${status}, then an answer`, async () => {
      const { client, sent, clock } = createFixture({ steps: [() => problem(status, { 'retry-after': '2.5' }), () => json({})] });
      await client.send(read);
      assert.equal(sent.length, 2);
      assert.deepEqual(clock.slept, [2500]);
    });
  }

  for (const status of [400, 403, 404, 409, 500, 501]) {
    test(`fault: ${status} is final`, async () => {
      const { client, sent } = createFixture({ steps: [() => problem(status)] });
      assert.equal((await rejection(client.send(read))).status, status);
      assert.equal(sent.length, 1);
    });
  }

  test('fault: 429 without Retry-After for ever: five tries, waits double with jitter', async () => {
    const { client, sent, clock } = createFixture({ steps: [() => problem(429)] });
    assert.equal((await rejection(client.send(read))).kind, 'throttled');
    assert.equal(sent.length, 5);
    assert.deepEqual(clock.slept, [500, 1000, 2000, 4000]);
  });

  test('fault: a Retry-After of 10 minutes is told and not waited for', async () => {
    for (const status of [429, 503]) {
      const { client, sent, clock } = createFixture({ steps: [() => problem(status, { 'retry-after': '600' })] });
      const error = await rejection(client.send(read));
      assert.deepEqual([error.kind, error.status, error.retryAfterMs, sent.length], ['throttled', status, 600_000, 1]);
      assert.deepEqual(clock.slept, []);
    }
  });

  test('fault: each answer asks for 59 s: no try begins later than two minutes after the first', async () => {
    const { client, sent, clock } = createFixture({ steps: [() => problem(429, { 'retry-after': '59' })] });
    const start = clock.now();
    await rejection(client.send(read));
    assert.equal(sent.length, 3);
    assert.ok(clock.now() - start <= 120_000);
  });

  test('fault: the connection drops twice', async () => {
    const drop = (): Promise<Response> => Promise.reject(failure('ECONNRESET'));
    const { client, sent } = createFixture({ steps: [drop, drop, () => json({})] });
    await client.send(read);
    assert.equal(sent.length, 3);
  });

  test('fault: no answer for a minute, then one', async () => {
    const { client, sent, clock } = createFixture({ steps: [() => new Promise<Response>(() => undefined), () => json({})] });
    await client.send(read);
    assert.equal(sent.length, 2);
    assert.equal(clock.slept[0], 60_000);
  });

  test('a POST that is marked idempotent is a read', async () => {
    const { client, sent } = createFixture({ steps: [() => problem(503), () => json({})] });
    await client.send({ ...write, idempotent: true });
    assert.equal(sent.length, 2);
  });

  test('fault: a cancellation while it waits ends it with the reason of the signal', async () => {
    const controller = new AbortController();
    const { client, sent } = createFixture({
      steps: [
        () => {
          queueMicrotask(() => setImmediate(() => controller.abort(new Error('user'))));
          return problem(429, { 'retry-after': '50' });
        },
      ],
    });
    await assert.rejects(client.send(read, { signal: controller.signal }), /user/);
    assert.equal(sent.length, 1);
  });

  test('fault: a cancellation while a read is on its way, with a fetch that hears no signal', async () => {
    const controller = new AbortController();
    const { client } = createFixture({
      steps: [
        () => {
          setImmediate(() => controller.abort(new Error('user')));
          return new Promise<Response>(() => undefined);
        },
      ],
    });
    await assert.rejects(client.send(read, { signal: controller.signal }), /user/);
  });

  test('nothing is asked for or sent with a signal that is aborted already', async () => {
    const { client, sent, tokensAsked } = createFixture({ steps: [] });
    await assert.rejects(client.send(write, { signal: AbortSignal.abort(new Error('user')) }), /user/);
    assert.deepEqual([sent.length, tokensAsked.length], [0, 0]);
  });
});

describe('a write goes out once', () => {
  for (const status of [401, 408, 429, 500, 502, 503, 504]) {
    test(`fault: ${status}`, async () => {
      const { client, sent, clock } = createFixture({ steps: [() => problem(status, { 'retry-after': '1' })] });
      const error = await rejection(client.send(write));
      assert.deepEqual([error.status, sent.length, clock.slept.length], [status, 1, 0]);
    });
  }

  test('fault: the answer never comes: a time-out that may have been done', async () => {
    const { client, sent } = createFixture({ steps: [() => new Promise<Response>(() => undefined)] });
    const error = await rejection(client.send(write));
    assert.deepEqual([error.kind, error.sent, sent.length], ['timeout', 'unknown', 1]);
  });

  test('fault: a cancellation while it is on its way does not lose its answer', async () => {
    const controller = new AbortController();
    const { client } = createFixture({
      steps: [
        async request => {
          controller.abort(new Error('user'));
          await new Promise(resolve => setImmediate(resolve));
          request.signal.throwIfAborted();
          return json({ done: true });
        },
      ],
    });
    assert.deepEqual((await client.send(write, { signal: controller.signal })).body, { done: true });
  });
});
