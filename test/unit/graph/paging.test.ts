import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFixture, json, problem, read, rejection } from './fixture.ts';

const next = (n: number): string => `https://graph.microsoft.com/beta/x?$skiptoken=%2b${n}%3D`;
const page = (value: readonly unknown[], link?: unknown) => (): Response =>
  json({ value, ...(link === undefined ? {} : { '@odata.nextLink': link }) });

test('all pages come in order, the nextLink as it was sent, with the headers of the first request', async () => {
  const { client, sent } = createFixture({ steps: [page([{ id: '1' }], next(1)), page([{ id: '2' }], next(2)), page([{ id: '3' }])] });
  const pages: unknown[] = [];
  const items = await client.list({ ...read, headers: { ConsistencyLevel: 'eventual' } }, { onPage: found => pages.push(found) });
  assert.deepEqual(items, [{ id: '1' }, { id: '2' }, { id: '3' }]);
  assert.deepEqual(sent.map(({ url }) => url).slice(1), [next(1), next(2)]);
  assert.equal(sent[2]?.headers.get('consistencylevel'), 'eventual');
  assert.equal(pages.length, 3);
});

test('an item on two pages comes twice: one id may stand for two assignments', async () => {
  const { client } = createFixture({ steps: [page([{ id: '1', v: 1 }, {}], next(1)), page([{ id: '1', v: 2 }, {}])] });
  assert.deepEqual(await client.list(read), [{ id: '1', v: 1 }, {}, { id: '1', v: 2 }, {}]);
});

test('an empty page in the middle ends nothing', async () => {
  const { client } = createFixture({ steps: [page([], next(1)), page([{ id: '2' }], null)] });
  assert.equal((await client.list(read)).length, 1);
});

test('fault: page 2 fails for good: no part of the list is returned', async () => {
  const { client } = createFixture({ steps: [page([{ id: '1' }], next(1)), () => problem(403)] });
  assert.equal((await rejection(client.list(read))).kind, 'forbidden');
});

test('fault: page 2 is throttled once: only that page is asked for again', async () => {
  const { client, sent } = createFixture({ steps: [page([{ id: '1' }], next(1)), () => problem(429), page([{ id: '2' }])] });
  assert.equal((await client.list(read)).length, 2);
  assert.deepEqual(sent.map(({ url }) => url).slice(1), [next(1), next(1)]);
});

test('fault: a nextLink that came before', async () => {
  const { client, sent } = createFixture({ steps: [page([{ id: '1' }], next(1))] });
  assert.equal((await rejection(client.list(read))).kind, 'badAnswer');
  assert.equal(sent.length, 2);
});

test('fault: a nextLink to another host gets no token', async () => {
  const { client, sent } = createFixture({ steps: [page([], 'https://graph.microsoft.com.evil.example/beta/x')] });
  assert.equal((await rejection(client.list(read))).kind, 'untrustedHost');
  assert.equal(sent.length, 1);
});

test('fault: what is no page, and nextLinks that are none', async () => {
  for (const body of [{}, { value: {} }, [], 'text', null, { value: [], '@odata.nextLink': 5 }, { value: [], '@odata.nextLink': '' }]) {
    const { client } = createFixture({ steps: [() => json(body)] });
    assert.equal((await rejection(client.list(read))).kind, 'badAnswer');
  }
});

test('fault: pages without end stop at 1,000', async () => {
  let n = 0;
  const { client, sent } = createFixture({ steps: [() => page([], next(++n))()] });
  assert.equal((await rejection(client.list(read))).kind, 'badAnswer');
  assert.equal(sent.length, 1000);
});
