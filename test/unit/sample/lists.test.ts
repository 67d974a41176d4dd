import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isArray, isObject, type JsonObject } from '../../../src/sample/wire/json.ts';
import { type Client, client, object, scriptId, values } from './support.ts';

const base = '/beta/deviceManagement';
const nextOf = (body: unknown): string | undefined => {
  const link = typeof body === 'object' && body !== null && '@odata.nextLink' in body ? body['@odata.nextLink'] : undefined;
  return typeof link === 'string' ? link : undefined;
};

async function all(connection: Client, path: string, limit = 50): Promise<JsonObject[]> {
  const items: JsonObject[] = [];
  for (let next: string | undefined = path; next !== undefined && limit > 0; limit--) {
    const reply = await connection.get(next);
    items.push(...values(reply));
    next = nextOf(reply.body);
  }
  return items;
}

test('contents are null in lists and there in the single GET', async () => {
  const connection = client();
  const listed = await all(connection, `${base}/deviceHealthScripts`);
  assert.ok(listed.every(script => script['detectionScriptContent'] === null && script['remediationScriptContent'] === null));
  const single = object((await connection.get(`${base}/deviceHealthScripts/${listed[0]?.['id']}`)).body);
  assert.match(atob(String(single['detectionScriptContent'])), /Spooler/);
});

test('a list comes in pages with absolute links that keep the options', async () => {
  const connection = client({ behavior: { pageSize: 5 } });
  const first = await connection.get(`${base}/deviceManagementScripts?$select=id,displayName&$expand=assignments`);
  assert.equal(values(first).length, 5);
  const link = nextOf(first.body);
  assert.match(
    link ?? '',
    /^https:\/\/graph\.microsoft\.com\/beta\/deviceManagement\/deviceManagementScripts\?\$select=id,displayName&\$expand=assignments&\$skiptoken=/,
  );
  const scripts = await all(connection, `${base}/deviceManagementScripts?$select=id,displayName&$expand=assignments`);
  assert.equal(scripts.length, 13);
  assert.equal(new Set(scripts.map(script => script['id'])).size, 13);
  assert.deepEqual(Object.keys(scripts[0] ?? {}), ['id', 'displayName', 'assignments@odata.context', 'assignments']);
});

test('pages go wrong in the ways that were asked for', async () => {
  const connection = client({ behavior: { pageSize: 5 } });
  const { behavior } = connection.tenant;
  behavior.pageWart = 'overlap';
  assert.equal((await all(connection, `${base}/deviceManagementScripts`)).length, 15);
  behavior.pageWart = 'emptyPage';
  assert.equal((await all(connection, `${base}/deviceManagementScripts`)).length, 13);
  behavior.pageWart = 'foreignHost';
  assert.doesNotMatch(nextOf((await connection.get(`${base}/deviceManagementScripts`)).body) ?? '', /^https:\/\/graph\.microsoft\.com\//);
  behavior.pageWart = 'repeatedToken';
  const second = nextOf((await connection.get(`${base}/deviceManagementScripts`)).body) ?? '';
  assert.equal(nextOf((await connection.get(second)).body), second);
});

test('assignments come in pages too, whose second may fail', async () => {
  const connection = client({ size: 'large' });
  const id = scriptId(connection.tenant, 'deviceManagementScripts', 'Baseline for All Branch Offices');
  const path = `${base}/deviceManagementScripts/${id}/assignments`;
  assert.equal((await all(connection, path)).length, 40);
  connection.tenant.behavior.faults.push({ kind: 'error', status: 503, match: (_, target) => target.includes('skiptoken') });
  const second = nextOf((await connection.get(path)).body) ?? '';
  assert.equal((await connection.get(second)).status, 503);
  assert.equal((await connection.get(second)).status, 200);
});

test('policies that are no scripts stand among the Linux scripts, and the filter may do nothing', async () => {
  const connection = client();
  const path = `${base}/configurationPolicies?$filter=templateReference/TemplateFamily eq 'deviceConfigurationScripts'`;
  assert.equal((await all(connection, path)).length, 303);
  connection.tenant.behavior.ignorePolicyFilter = false;
  assert.equal((await all(connection, path)).length, 3);
});

test('a Linux script is in the settings of its policy', async () => {
  const { tenant, get } = client();
  const id = scriptId(tenant, 'configurationPolicies', 'Linux – Configure Proxy');
  const expanded = object((await get(`${base}/configurationPolicies/${id}?$expand=settings`)).body);
  const settings = values(await get(`${base}/configurationPolicies/${id}/settings`));
  assert.ok(isArray(expanded['settings']) && expanded['settings'].length === settings.length);
  const script = settings
    .map(setting => object(setting['settingInstance']))
    .find(one => one['settingDefinitionId'] === 'linux_customconfig_script');
  const value = script?.['simpleSettingValue'];
  assert.ok(isObject(value) && atob(String(value['value'])).startsWith('#!/bin/bash'));
});

test('platform scripts are found by name, remediations are not', async () => {
  const { get } = client();
  const named = await get(`${base}/deviceManagementScripts?$filter=displayName eq 'Printer: O''Brien''s Floor %26 "Lobby"'`);
  assert.equal(values(named).length, 1);
  assert.ok(values(await get(`${base}/deviceHealthScripts?$filter=displayName eq 'Clear Teams Cache'`)).length > 1);
});

test('a script that is not there is 404, in Intune form', async () => {
  const { get } = client();
  const reply = await get(`${base}/deviceShellScripts/11111111-2222-4333-8444-555555555555`);
  assert.equal(reply.status, 404);
  assert.match(reply.text, /_version/);
});

test('scripts do not exist in v1.0', async () => {
  const { get } = client();
  const reply = await get('/v1.0/deviceManagement/deviceHealthScripts');
  assert.equal(reply.status, 400);
  assert.match(reply.text, /Resource not found for the segment 'deviceHealthScripts'/);
});

test('scripts are created, changed and deleted; a global one keeps its content', async () => {
  const { send, post, get, tenant } = client();
  const created = await post(`${base}/deviceManagementScripts`, { displayName: 'New', scriptContent: btoa('exit 0'), fileName: 'new.ps1' });
  assert.equal(created.status, 201);
  const path = `${base}/deviceManagementScripts/${object(created.body)['id']}`;
  assert.equal((await send('PATCH', path, { displayName: 'Newer' })).status, 200);
  assert.equal(object((await get(path)).body)['displayName'], 'Newer');
  assert.equal((await send('DELETE', path)).status, 204);
  assert.equal((await get(path)).status, 404);
  const global = scriptId(tenant, 'deviceHealthScripts', 'Update stale Group Policies');
  assert.equal((await send('PATCH', `${base}/deviceHealthScripts/${global}`, { detectionScriptContent: '' })).status, 400);
  assert.equal((await post(`${base}/deviceHealthScripts/${global}/assign`, { deviceHealthScriptAssignments: [] })).status, 200);
});

test('run summaries, filters and the organization answer', async () => {
  const { get, tenant } = client();
  const id = scriptId(tenant, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
  assert.equal(typeof object((await get(`${base}/deviceManagementScripts/${id}/runSummary`)).body)['successDeviceCount'], 'number');
  assert.equal(values(await get(`${base}/assignmentFilters`)).length, 4);
  assert.equal(values(await get('/v1.0/organization'))[0]?.['id'], tenant.tenantId);
  assert.equal((await get('/v1.0/me?$select=userPrincipalName')).status, 200);
});
