import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isArray, isObject, type Json, type JsonObject, parseJson, stringAt } from '../../../src/sample/wire/json.ts';
import { client, exclude, groupId, include, object, scriptId } from './support.ts';

const folder = new URL('../../../../shared/graph/observed/', import.meta.url);
const skip = existsSync(folder) ? false : 'the observed answers (../shared/graph/observed) are not here';
const base = '/beta/deviceManagement';
// The plain form; the harsh one leaves filters out, which was not observed in these files.
const plain = { emptyFilter: 'null', changeGuidCase: false, assignmentLagMs: 0 } as const;

function observed(name: string): JsonObject {
  return object(parseJson(readFileSync(new URL(`${name}.json`, folder), 'utf8')));
}

/** Names and types of everything in a value; JSON in texts is opened. */
function shape(value: Json | undefined): Json {
  if (isArray(value)) return value.length === 0 ? [] : [shape(value[0])];
  if (isObject(value))
    return Object.fromEntries(
      Object.entries(value)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, part]) => [key, shape(part)]),
    );
  const nested = typeof value === 'string' && value.startsWith('{') ? parseJson(value) : undefined;
  return nested === undefined ? (value === null ? 'null' : typeof value) : shape(nested);
}

async function same(
  name: string,
  answer: Promise<{ readonly status: number; readonly body: Json | undefined }>,
  drop: readonly string[] = [],
): Promise<void> {
  const file = observed(name);
  const expected = object(file['body']);
  const { status, body } = await answer;
  assert.equal(status, file['status']);
  const kept = Object.fromEntries(Object.entries(object(body)).filter(([key]) => !drop.includes(key)));
  assert.deepEqual(shape(kept), shape(expected));
}

test('assignments have the observed shapes', { skip }, async () => {
  const { tenant, get, post } = client({ behavior: plain });
  const group = groupId(tenant, 'HR Devices');
  const script = `${base}/deviceManagementScripts/${scriptId(tenant, 'deviceManagementScripts', 'Set Time Zone by Location')}`;
  const expanded = observed('get-deviceManagementScript-expand-assignments');
  const single = await get(`${script}?$expand=assignments`);
  assert.deepEqual(shape(single.body), shape(expanded['body']));
  await post(`${script}/assign`, { deviceManagementScriptAssignments: [include(group)] });
  await same('get-deviceManagementScript-assignments-group', get(`${script}/assignments`));
  const health = `${base}/deviceHealthScripts/${scriptId(tenant, 'deviceHealthScripts', 'Fix Broken WMI Repository')}`;
  const runSchedule = { '@odata.type': '#microsoft.graph.deviceHealthScriptHourlySchedule', interval: 1 };
  await post(`${health}/assign`, { deviceHealthScriptAssignments: [{ ...include(group), runSchedule }] });
  await same('get-deviceHealthScript-assignments-hourly', get(`${health}/assignments`));
  const policy = `${base}/configurationPolicies/${scriptId(tenant, 'configurationPolicies', 'Linux – Collect Logs ("debug")')}`;
  await post(`${policy}/assign`, { assignments: [include(group), exclude(groupId(tenant, 'FIN Pilot'))] });
  await same('get-configurationPolicy-assignments-group', get(`${policy}/assignments`), ['@odata.context']);
});

test('the bodies that tools send are taken', { skip }, async () => {
  const { tenant, post } = client();
  for (const family of ['deviceManagementScripts', 'deviceHealthScripts', 'configurationPolicies'] as const) {
    const id = tenant.state.scripts.list(family)[0]?.id;
    const reply = await post(`${base}/${family}/${id}/assign`, observed(`assign-request-${family}`)['body'] ?? null);
    assert.equal(reply.status, 200, family);
  }
});

test('errors have the observed shapes', { skip }, async () => {
  const missing = client({ scopes: new Set(['User.Read']) });
  await same('error-403-missing-scope', missing.get(`${base}/deviceManagementScripts`));
  const { tenant, get, post } = client();
  const health = tenant.state.scripts.list('deviceHealthScripts')[0]?.id;
  await same('error-400-no-route-collection-post', post(`${base}/deviceHealthScripts/${health}/assignments`, {}));
  tenant.behavior.faults.push({ kind: 'throttle', retryAfter: '2.128' }, { kind: 'error', status: 400, code: 'InternalError' });
  await same('error-429', get(`${base}/deviceHealthScripts`));
  await same('error-400-internalerror-nested-json', get(`${base}/deviceHealthScripts`));
  tenant.behavior.noIntuneRole = true;
  await same('error-403-double-nested-no-intune-rbac', get(`${base}/deviceHealthScripts`));
});

test('the steps of approval have the observed texts', { skip }, async () => {
  const { tenant, post } = client({ behavior: { approvalFamilies: new Set(['deviceShellScripts']) } });
  const path = `${base}/deviceShellScripts/${tenant.state.scripts.list('deviceShellScripts')[0]?.id}/assign`;
  const message = (body: Json | undefined) => stringAt(object(object(body)['error']), 'message')?.replaceAll(/[0-9a-f-]{36}/g, 'ID');
  const step = async (name: string, headers: Record<string, string>) => {
    const reply = await post(path, { deviceManagementScriptAssignments: [] }, headers);
    const file = observed(name);
    assert.deepEqual([reply.status, message(reply.body)], [file['status'], message(file['body'])]);
  };
  await step('error-maa-400-missing-justification', {});
  await step('error-maa-412-observed', { 'x-msft-approval-justification': btoa('why') });
  for (const approval of tenant.admin.approvals()) tenant.admin.expire(approval.id);
  tenant.behavior.approvalStatus = 403;
  await step('error-maa-403-documented', { 'x-msft-approval-justification': btoa('why') });
});
