import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isDistrusted } from '../../../src/graph/failure.ts';
import { createTransport } from '../../../src/graph/transport.ts';
import { failure } from './fixture.ts';

type Behaviour = () => Promise<Response>;
const answers: Behaviour = async () => new Response('ok');
const distrusts: Behaviour = () => Promise.reject(failure('UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first certificate'));
const drops: Behaviour = () => Promise.reject(failure('ECONNRESET'));

function create(parts: { fetch: Behaviour; fallback?: Behaviour; support?: boolean }) {
  const used: string[] = [];
  const state = { fetch: parts.fetch, loads: 0 };
  const transport = createTransport({
    fetch: async request => {
      used.push(`fetch ${request.method}`);
      return state.fetch();
    },
    loadFallback: async () => {
      state.loads += 1;
      return async request => {
        used.push(`fallback ${request.method}`);
        return (parts.fallback ?? answers)();
      };
    },
    additionalSupport: () => parts.support ?? true,
  });
  const send = (method = 'GET'): Promise<Response> => transport(new Request('https://graph.microsoft.com/', { method }));
  return { send, used, state };
}

describe('the transport', () => {
  test('is the fetch of VS Code where it works, and the fallback is never loaded', async () => {
    const { send, used, state } = create({ fetch: answers });
    await send();
    await send('POST');
    assert.deepEqual([used, state.loads], [['fetch GET', 'fetch POST'], 0]);
  });

  test('is the fallback where http.fetchAdditionalSupport is off, for writes too', async () => {
    const { send, used } = create({ fetch: answers, support: false });
    await send('POST');
    await send();
    assert.deepEqual(used, ['fallback POST', 'fallback GET']);
  });

  test('fault: the first read meets an untrusted certificate: the fallback from then on', async () => {
    const { send, used } = create({ fetch: distrusts });
    assert.equal(await (await send()).text(), 'ok');
    await send('POST');
    await send();
    assert.deepEqual(used, ['fetch GET', 'fallback GET', 'fallback POST', 'fallback GET']);
  });

  test('reads that start together share the decision', async () => {
    const { send, used } = create({ fetch: distrusts });
    await Promise.all([send(), send(), send()]);
    assert.deepEqual(used, ['fetch GET', 'fallback GET', 'fallback GET', 'fallback GET']);
  });

  test('fault: a write meets an untrusted certificate: it is not sent by another transport', async () => {
    const { send, used } = create({ fetch: distrusts });
    await assert.rejects(send('POST'));
    assert.deepEqual(used, ['fetch POST']);
    await send();
    assert.deepEqual(used.slice(1), ['fetch GET', 'fallback GET']);
  });

  test('fault: a certificate that is untrusted after the first read changes nothing', async () => {
    const { send, used, state } = create({ fetch: answers });
    await send();
    state.fetch = distrusts;
    await assert.rejects(send());
    assert.deepEqual(used, ['fetch GET', 'fetch GET']);
  });

  test('fault: neither trusts it: the error is that of the first, and the next read tries again', async () => {
    const { send, used, state } = create({ fetch: distrusts, fallback: drops });
    await assert.rejects(send(), isDistrusted);
    state.fetch = answers;
    await send();
    assert.deepEqual(used, ['fetch GET', 'fallback GET', 'fetch GET']);
  });

  test('fault: offline decides nothing, and those that waited try themselves', async () => {
    const { send, used, state } = create({ fetch: drops });
    const results = await Promise.allSettled([send(), send()]);
    assert.ok(results.every(({ status }) => status === 'rejected'));
    assert.equal(state.loads, 0);
    state.fetch = distrusts;
    await send();
    assert.deepEqual(used.slice(2), ['fetch GET', 'fallback GET']);
  });
});
