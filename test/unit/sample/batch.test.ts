import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsOf } from '../../../src/sample/index.ts';
import { isArray, isObject, type Json } from '../../../src/sample/wire/json.ts';
import { client, eventual, groupId, include, object, type Reply } from './support.ts';

const scripts = 'deviceManagement/deviceManagementScripts';
const gets = (count: number): Json[] =>
  Array.from({ length: count }, (_, id) => ({ id: String(id), method: 'GET', url: `/${scripts}?$top=1` }));

function responses(reply: Reply) {
  const list = object(reply.body)['responses'];
  assert.ok(isArray(list));
  return list.filter(isObject);
}

test('a batch answers up to 20 requests, in an order of its own', async () => {
  const { post } = client();
  const answers = responses(await post('/beta/$batch', { requests: gets(20) }));
  const order = answers.map(answer => Number(answer['id']));
  assert.notDeepEqual(
    order,
    order.toSorted((a, b) => a - b),
  );
  assert.equal(new Set(order).size, 20);
  assert.ok(answers.every(answer => answer['status'] === 200 && isObject(answer['body'])));
});

test('a batch that is too long, has equal ids, absolute addresses or bodies without a type is refused', async () => {
  const { post } = client();
  assert.equal((await post('/beta/$batch', { requests: gets(21) })).status, 400);
  assert.equal((await post('/beta/$batch', { requests: [...gets(1), ...gets(1)] })).status, 400);
  assert.equal(
    (await post('/beta/$batch', { requests: [{ id: '1', method: 'GET', url: 'https://graph.microsoft.com/beta/me' }] })).status,
    400,
  );
  assert.equal((await post('/beta/$batch', { requests: [{ id: '1', method: 'POST', url: `/${scripts}`, body: {} }] })).status, 400);
});

test('errors and headers inside are of each request', async () => {
  const { post, tenant } = client();
  tenant.behavior.faults.push({ kind: 'throttle', retryAfter: '7', match: (method, path) => method === 'GET' && path.includes('$top=1') });
  const answers = responses(
    await post('/beta/$batch', {
      requests: [...gets(2), { id: 'gone', method: 'GET', url: `${scripts}/11111111-2222-4333-8444-555555555555` }],
    }),
  );
  const of = (id: string) => object(answers.find(answer => answer['id'] === id));
  assert.equal(of('0')['status'], 429);
  assert.equal(object(of('0')['headers'])['Retry-After'], '7');
  assert.equal(of('1')['status'], 200);
  assert.equal(of('gone')['status'], 404);
});

test('beta and v1.0 are apart', async () => {
  const { post } = client();
  assert.equal(responses(await post('/v1.0/$batch', { requests: gets(1) }))[0]?.['status'], 400);
});

test('counts in a batch are base64, or text, or a number', async () => {
  const { post, tenant } = client();
  const url = `/groups/${groupId(tenant, 'FIN Pilot')}/transitiveMembers/$count`;
  const count = async () =>
    responses(await post('/v1.0/$batch', { requests: [{ id: '1', method: 'GET', url, headers: eventual }] }))[0]?.['body'];
  assert.equal(await count(), btoa('20'));
  tenant.behavior.batchText = 'string';
  assert.equal(await count(), '20');
  tenant.behavior.batchText = 'number';
  assert.equal(await count(), 20);
});

test('a connection that is lost on the way leaves the first requests done and tells of none', async () => {
  const { post, tenant } = client();
  const [first, second, third] = tenant.state.scripts.list('deviceManagementScripts').slice(0, 3);
  assert.ok(first && second && third);
  const hr = groupId(tenant, 'HR Devices');
  tenant.behavior.faults.push({ kind: 'drop', point: 'after', match: (_, path) => path.includes(second.id) });
  const requests = [first, second, third].map(script => ({
    id: script.id,
    method: 'POST',
    url: `/${scripts}/${script.id}/assign`,
    headers: { 'Content-Type': 'application/json' },
    body: { deviceManagementScriptAssignments: [include(hr)] },
  }));
  await assert.rejects(post('/beta/$batch', { requests }), TypeError);
  assert.deepEqual(
    [first, second, third].map(script => rowsOf(script)[0]?.target['groupId'] === hr),
    [true, true, false],
  );
});

test('each write in a batch counts', async () => {
  const { post, tenant } = client({ behavior: { writeLimit: 1 } });
  const requests = tenant.state.scripts
    .list('deviceManagementScripts')
    .slice(0, 3)
    .map((script, index) => ({
      id: String(index),
      method: 'POST',
      url: `/${scripts}/${script.id}/assign`,
      headers: { 'Content-Type': 'application/json' },
      body: { deviceManagementScriptAssignments: [] },
    }));
  const statuses = responses(await post('/beta/$batch', { requests })).map(answer => answer['status']);
  assert.deepEqual(statuses.sort(), [200, 429, 429]);
});
