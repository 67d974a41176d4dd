import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsOf } from '../../../src/sample/index.ts';
import { client, errorOf, groupId, include, scriptId, values } from './support.ts';

const justification = { 'x-msft-approval-justification': btoa('Rollout of this week') };

function gated() {
  const connection = client({ behavior: { approvalFamilies: new Set(['deviceHealthScripts']) } });
  const { tenant, post } = connection;
  const id = scriptId(tenant, 'deviceHealthScripts', 'Clear Teams Cache');
  const script = tenant.state.scripts.get('deviceHealthScripts', id);
  assert.ok(script);
  const body = { deviceHealthScriptAssignments: [include(groupId(tenant, 'HR Devices')), include(groupId(tenant, 'FIN Pilot'))] };
  const assign = (headers: Record<string, string>, sent = body) =>
    post(`/beta/deviceManagement/deviceHealthScripts/${id}/assign`, sent, headers);
  return { ...connection, script, assign, body };
}

test('a write waits for approval and takes effect when it is sent again', async () => {
  const { get, tenant, script, assign } = gated();
  const asked = await assign({});
  assert.equal(asked.status, 400);
  assert.match(String(errorOf(asked)['message']), /x-msft-approval-justification/);
  const submitted = await assign(justification);
  const code = submitted.headers.get('x-msft-approval-code') ?? '';
  assert.equal(submitted.status, 412);
  assert.equal((await assign(justification)).status, 409);
  const status = async () => values(await get('/beta/deviceManagement/operationApprovalRequests'))[0]?.['status'];
  assert.equal(await status(), 'needsApproval');
  assert.equal((await assign({ 'x-msft-approval-code': code })).status, 412);
  tenant.admin.approve(code);
  assert.equal(await status(), 'approved');
  assert.equal(rowsOf(script).length, 1);
  assert.equal((await assign({ 'x-msft-approval-code': code }, { deviceHealthScriptAssignments: [] })).status, 400);
  assert.equal((await assign({ 'x-msft-approval-code': code })).status, 200);
  assert.equal(rowsOf(script).length, 2);
  assert.equal(await status(), 'completed');
  assert.equal((await assign({ 'x-msft-approval-code': code })).status, 403);
});

test('a request may be rejected, expire, or be somebody else’s', async () => {
  const { tenant, script, assign, clock } = gated();
  const submit = async () => (await assign(justification)).headers.get('x-msft-approval-code') ?? '';
  const rejected = await submit();
  tenant.admin.reject(rejected);
  assert.equal((await assign({ 'x-msft-approval-code': rejected })).status, 403);
  const expired = await submit();
  clock.pass(4 * 24 * 3_600_000);
  assert.equal((await assign({ 'x-msft-approval-code': expired })).status, 403);
  const foreign = tenant.admin.requestApproval('deviceHealthScripts', script.id);
  assert.equal((await assign(justification)).status, 409);
  tenant.admin.approve(foreign.id);
  assert.equal((await assign({ 'x-msft-approval-code': foreign.id })).status, 403);
});

test('the documented status, and families without the gate', async () => {
  const { tenant, assign, post } = gated();
  tenant.behavior.approvalStatus = 403;
  const submitted = await assign(justification);
  assert.deepEqual([submitted.status, errorOf(submitted)['code']], [403, 'ApprovalRequired']);
  const other = scriptId(tenant, 'deviceShellScripts', 'Install Homebrew');
  assert.equal(
    (await post(`/beta/deviceManagement/deviceShellScripts/${other}/assign`, { deviceManagementScriptAssignments: [] })).status,
    204,
  );
});
