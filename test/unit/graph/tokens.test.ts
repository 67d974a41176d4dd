import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createFakeClock } from './fakeClock.ts';
import { challenge, createFixture, json, problem, read, rejection, scopes, write } from './fixture.ts';

describe('tokens', () => {
  test('are kept until a minute before they expire', async () => {
    const clock = createFakeClock();
    const { client, tokensAsked } = createFixture({ steps: [() => json({})], clock });
    await client.send(read);
    await clock.sleep(3_600_000 - 61_000);
    await client.send(read);
    assert.equal(tokensAsked.length, 1);
    await clock.sleep(2_000);
    await client.send(read);
    assert.equal(tokensAsked.length, 2);
  });

  test('of the same scopes are asked for once by many at a time, of others apart', async () => {
    const { client, tokensAsked } = createFixture({ steps: [() => json({})] });
    await Promise.all([client.send(read), client.send(read), client.send(write), client.send({ ...read, scopes: ['User.Read'] })]);
    assert.equal(tokensAsked.length, 2);
  });

  test('the order of scopes makes no difference', async () => {
    const { client, tokensAsked } = createFixture({ steps: [() => json({})] });
    await client.send({ ...read, scopes: ['A.Read', 'B.Read'] });
    await client.send({ ...read, scopes: ['B.Read', 'A.Read'] });
    assert.equal(tokensAsked.length, 1);
  });

  test('that were renewed are asked for once more, with claims that no cached one has', async () => {
    const { client, tokensAsked } = createFixture({ steps: [() => json({})], clock: createFakeClock() });
    await client.send(read);
    client.renewTokens();
    await client.send(read);
    await client.send(read);
    assert.equal(tokensAsked.length, 2);
    assert.deepEqual(
      [tokensAsked[0]?.options?.claims, /"nbf":\{"essential":true,"value":"\d+"\}/.test(tokensAsked[1]?.options?.claims ?? '')],
      [undefined, true],
    );
  });

  test('null from the credential is noToken, and nothing is sent', async () => {
    const { client, sent } = createFixture({ steps: [], getToken: async () => null });
    const error = await rejection(client.send(write));
    assert.deepEqual([error.kind, error.sent, sent.length], ['noToken', 'no', 0]);
  });

  test('what the credential throws is the cause of noToken, and the next call asks again', async () => {
    const refusal = new Error('AADSTS65001: no consent');
    const { client, tokensAsked } = createFixture({ steps: [], getToken: () => Promise.reject(refusal) });
    const error = await rejection(client.send(read));
    assert.deepEqual([error.kind, error.message], ['noToken', refusal.message]);
    assert.equal(error.cause, refusal);
    await rejection(client.send(read));
    assert.equal(tokensAsked.length, 2);
  });

  test('one caller who cancels leaves the request to the others; when all do, it ends', async () => {
    const clock = createFakeClock();
    const signals: (AbortSignal | undefined)[] = [];
    const { client } = createFixture({
      steps: [() => json({})],
      clock,
      getToken: async (_, options) => {
        signals.push(options?.abortSignal);
        await clock.sleep(1_000, options?.abortSignal);
        return { token: 't', expiresOnTimestamp: clock.now() + 3_600_000 };
      },
    });
    const [one, two] = [new AbortController(), new AbortController()];
    const first = client.send(read, { signal: one.signal });
    const second = client.send(read, { signal: two.signal });
    one.abort(new Error('one'));
    await assert.rejects(first, /one/);
    assert.equal(signals[0]?.aborted, false);
    two.abort(new Error('two'));
    await assert.rejects(second, /two/);
    assert.equal(signals[0]?.aborted, true);
    assert.equal((await client.send(read)).status, 200);
    assert.equal(signals.length, 2);
  });

  test('prepare has one at hand that lives for two minutes', async () => {
    const clock = createFakeClock();
    const { client, tokensAsked } = createFixture({ steps: [() => json({})], clock });
    await client.prepare(scopes);
    await client.send(read);
    assert.equal(tokensAsked.length, 1);
    await clock.sleep(3_600_000 - 110_000);
    await client.send(read);
    assert.equal(tokensAsked.length, 1);
    await client.prepare(scopes);
    assert.equal(tokensAsked.length, 2);
  });

  test('a token is there until the service refuses it for whatever request', async () => {
    const { client } = createFixture({ steps: [() => problem(401), () => problem(401)] });
    assert.equal(client.hasToken(scopes), false);
    await client.prepare(scopes);
    assert.equal(client.hasToken(scopes), true);
    await rejection(client.send(read, { once: true }));
    assert.equal(client.hasToken(scopes), false);
  });

  test('prepare says so where the credential has only one that expires', async () => {
    const clock = createFakeClock();
    const getToken = async () => ({ token: 't', expiresOnTimestamp: clock.now() + 90_000 });
    const { client } = createFixture({ steps: [], clock, getToken });
    assert.equal((await rejection(client.prepare(scopes))).code, 'tokenExpiresSoon');
  });
});

describe('a refused token', () => {
  test('fault: 401 with claims on a read: asked for once with the claims, sent once more', async () => {
    const { client, sent, tokensAsked } = createFixture({ steps: [() => problem(401, challenge), () => json({})] });
    await client.send(read);
    assert.equal(tokensAsked[1]?.options?.claims, '{"access_token":{}}');
    assert.equal(sent[1]?.headers.get('authorization'), 'Bearer token-2');
    await client.send(read);
    assert.equal(tokensAsked.length, 2);
  });

  test('fault: a plain 401 on a read: one fresh token, once more', async () => {
    const { client, tokensAsked } = createFixture({ steps: [() => problem(401), () => json({})] });
    await client.send(read);
    assert.equal(tokensAsked.length, 2);
    assert.equal(tokensAsked[1]?.options?.claims, undefined);
  });

  test('fault: 401 for ever never loops', async () => {
    for (const headers of [{}, challenge]) {
      const { client, sent, tokensAsked } = createFixture({ steps: [() => problem(401, headers)] });
      const error = await rejection(client.send(read));
      assert.equal(error.kind, headers === challenge ? 'claimsChallenge' : 'unauthorized');
      assert.deepEqual([sent.length, tokensAsked.length], [2, 2]);
    }
  });

  test('fault: 401, 503, 401: one new token in all tries', async () => {
    const { client, sent } = createFixture({ steps: [() => problem(401), () => problem(503), () => problem(401)] });
    assert.equal((await rejection(client.send(read))).kind, 'unauthorized');
    assert.equal(sent.length, 3);
  });

  test('fault: claims that need the user are in the error', async () => {
    const { client } = createFixture({
      steps: [() => problem(401, challenge)],
      getToken: async (n, options) => (options?.claims ? null : { token: `t${n}`, expiresOnTimestamp: Number.MAX_SAFE_INTEGER }),
    });
    const error = await rejection(client.send(read));
    assert.deepEqual([error.kind, error.claims], ['noToken', '{"access_token":{}}']);
  });

  test('fault: 401 with claims on a write: thrown, and the next request asks with the claims', async () => {
    const { client, sent, tokensAsked } = createFixture({ steps: [() => problem(401, challenge), () => json({})] });
    const error = await rejection(client.send(write));
    assert.deepEqual([error.kind, error.claims, sent.length], ['claimsChallenge', '{"access_token":{}}', 1]);
    await client.send(read);
    assert.equal(tokensAsked[1]?.options?.claims, '{"access_token":{}}');
  });

  test('fault: three reads are refused at once: one new token for all', async () => {
    const refused = (): Response => problem(401, challenge);
    const { client, tokensAsked } = createFixture({ steps: [refused, refused, refused, () => json({})] });
    await Promise.all([client.send(read), client.send(read), client.send(read)]);
    assert.equal(tokensAsked.length, 2);
  });

  test('fault: a 401 that is only text in the message of Intune asks for no sign-in', async () => {
    const nested = JSON.stringify({ Message: 'Nope', HttpHeaders: '{"WWW-Authenticate":"Bearer claims=\\"e30=\\""}', status: 401 });
    const { client, tokensAsked } = createFixture({ steps: [() => problem(403, {}, 'UnknownError', nested)] });
    assert.equal((await rejection(client.send(read))).kind, 'forbidden');
    assert.equal(tokensAsked.length, 1);
  });
});
