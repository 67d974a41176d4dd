import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSampleTenant, type ObservedRequest, rowsOf, sampleScopes } from '../../../src/sample/index.ts';
import { parseJson } from '../../../src/sample/wire/json.ts';
import { client, errorOf, groupId, include, object, scriptId, values } from './support.ts';

const list = '/beta/deviceManagement/deviceManagementScripts';

test('without a token there is 401, with a challenge if there are claims', async () => {
  const { send, get, tenant } = client();
  const anonymous = await tenant.handle(new Request(`https://graph.microsoft.com${list}`));
  assert.equal(anonymous.status, 401);
  tenant.behavior.faults.push({ kind: 'unauthorized', claims: '{"access_token":{}}' });
  const challenged = await get(list);
  assert.match(challenged.headers.get('www-authenticate') ?? '', /error="insufficient_claims", claims="eyJ/);
  assert.equal((await send('GET', list)).status, 200);
});

test('a missing scope is named for Intune and not for the directory', async () => {
  const { get, post } = client({ scopes: new Set(['DeviceManagementScripts.Read.All']) });
  assert.equal((await get(list)).status, 200);
  const refused = await post(`${list}/11111111-2222-4333-8444-555555555555/assign`, {});
  assert.equal(refused.status, 403);
  const inner = object(parseJson(String(errorOf(refused)['message'])));
  assert.match(String(inner['Message']), /must have one of the following scopes: DeviceManagementScripts\.ReadWrite\.All - Operation ID/);
  assert.equal(errorOf(await get('/v1.0/groups'))['code'], 'Authorization_RequestDenied');
  const policies = await get('/beta/deviceManagement/configurationPolicies');
  assert.match(policies.text, /DeviceManagementConfiguration\.Read\.All, DeviceManagementConfiguration\.ReadWrite\.All/);
});

test('scopes may come from the token', async () => {
  const tenant = createSampleTenant({ scopes: token => (token === 'all' ? sampleScopes : new Set()) });
  const ask = (token: string) =>
    tenant.handle(new Request(`https://graph.microsoft.com${list}`, { headers: { Authorization: `Bearer ${token}` } }));
  assert.deepEqual([(await ask('all')).status, (await ask('none')).status], [200, 403]);
});

test('no Intune role, and no right to one family', async () => {
  const { get, tenant } = client();
  tenant.behavior.forbiddenFamilies = new Set(['deviceShellScripts']);
  assert.equal((await get('/beta/deviceManagement/deviceShellScripts')).status, 403);
  assert.equal((await get(list)).status, 200);
  tenant.behavior.noIntuneRole = true;
  const refused = await get(list);
  assert.equal(errorOf(refused)['code'], 'UnknownError');
  const outer = object(parseJson(String(errorOf(refused)['message'])));
  assert.match(String(object(parseJson(String(outer['Message'])))['HttpHeaders']), /urn:intune:service/);
});

test('faults strike in order, as often as they say, before or after the effect', async () => {
  const { get, post, tenant } = client({ behavior: { assignmentLagMs: 0 } });
  const id = scriptId(tenant, 'deviceManagementScripts', 'Kiosk Auto Logon');
  const script = tenant.state.scripts.get('deviceManagementScripts', id);
  assert.ok(script);
  const body = { deviceManagementScriptAssignments: [include(groupId(tenant, 'HR Devices'))] };
  const write = (method: string) => method === 'POST';
  tenant.behavior.faults.push(
    { kind: 'drop', match: write },
    { kind: 'error', status: 504, match: write, point: 'after' },
    { kind: 'drop', match: write, point: 'after' },
  );
  await assert.rejects(post(`${list}/${id}/assign`, body), { name: 'TypeError', message: 'fetch failed' });
  assert.equal(rowsOf(script).length, 2);
  assert.equal((await post(`${list}/${id}/assign`, body)).status, 504);
  assert.equal(rowsOf(script).length, 1);
  await assert.rejects(post(`${list}/${id}/assign`, { deviceManagementScriptAssignments: [] }), TypeError);
  assert.equal(rowsOf(script).length, 0);
  assert.equal((await get(list)).status, 200);
});

test('HTML, cut off JSON, delays and skipped requests', async () => {
  const { get, tenant, clock } = client();
  tenant.behavior.faults.push(
    { kind: 'html', status: 502 },
    { kind: 'truncate' },
    { kind: 'delay', ms: 9000 },
    { kind: 'error', status: 503, skip: 1, times: 2 },
  );
  const html = await get(list);
  assert.deepEqual([html.status, html.headers.get('content-type')], [502, 'text/html']);
  const cut = await get(list);
  assert.deepEqual([cut.status, cut.body], [200, undefined]);
  const start = clock.now();
  assert.equal((await get(list)).status, 200);
  assert.equal(clock.now() - start, 9000);
  const statuses = [];
  for (let turn = 0; turn < 4; turn++) statuses.push((await get(list)).status);
  assert.deepEqual(statuses, [200, 503, 503, 200]);
});

test('limits: 200 writes and 2,000 requests in 20 seconds, less what other apps use', async () => {
  const { get, post, tenant, clock } = client({ behavior: { retryAfter: 'whole' } });
  const id = scriptId(tenant, 'deviceManagementScripts', 'Kiosk Auto Logon');
  const write = () => post(`${list}/${id}/assign`, { deviceManagementScriptAssignments: [] });
  for (let turn = 0; turn < 200; turn++) assert.equal((await write()).status, 200);
  clock.pass(5000);
  const refused = await write();
  assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '15']);
  assert.equal((await get(list)).status, 200);
  clock.pass(15_000);
  assert.equal((await write()).status, 200);
  tenant.behavior.otherAppsWrites = 399;
  assert.equal((await write()).status, 429);
});

test('Retry-After comes whole, fractional or not at all', async () => {
  const { get, tenant } = client({ behavior: { requestLimit: 0 } });
  const seen = [];
  for (let turn = 0; turn < 3; turn++) seen.push((await get(list)).headers.get('retry-after'));
  assert.deepEqual(seen, ['20', '20.000', null]);
  tenant.behavior.requestLimit = 2000;
  tenant.behavior.faults.push({ kind: 'throttle', retryAfter: '2.128' });
  assert.equal((await get(list)).headers.get('retry-after'), '2.128');
});

test('the ids of a request are echoed, and an aborted one is rejected with its reason', async () => {
  const { get, tenant } = client();
  const reply = await get(list, { 'client-request-id': 'abc' });
  assert.equal(reply.headers.get('client-request-id'), 'abc');
  assert.ok(reply.headers.get('request-id'));
  const stop = new AbortController();
  tenant.behavior.faults.push({ kind: 'hold', until: new Promise(() => undefined) });
  const waiting = tenant.handle(
    new Request(`https://graph.microsoft.com${list}`, { signal: stop.signal, headers: { Authorization: 'Bearer x' } }),
  );
  const reason = new Error('changed my mind');
  stop.abort(reason);
  await assert.rejects(waiting, reason);
});

test('an observer sees every request, those in batches too', async () => {
  const seen: ObservedRequest[] = [];
  const { post } = client({ observe: request => seen.push(request) });
  await post('/beta/$batch', { requests: [{ id: '1', method: 'GET', url: '/deviceManagement/deviceShellScripts' }] });
  assert.deepEqual(
    seen.map(request => [request.method, request.path, request.inBatch, request.status]),
    [
      ['GET', '/beta/deviceManagement/deviceShellScripts', true, 200],
      ['POST', '/beta/$batch', false, 200],
    ],
  );
});

test('a list of scripts starts with the same ids for the same seed, and others for another', async () => {
  const ids = async (seed: number) => values(await client({ seed }).get(list)).map(script => script['id']);
  assert.deepEqual(await ids(7), await ids(7));
  assert.notDeepEqual(await ids(7), await ids(8));
});
