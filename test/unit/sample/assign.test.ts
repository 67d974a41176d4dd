import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FamilyName, rowsOf } from '../../../src/sample/index.ts';
import { client, errorOf, exclude, groupId, groupsOf, include, object, scriptId, values } from './support.ts';

const base = '/beta/deviceManagement';

function subject(name = 'Enable BitLocker on Data Volumes', family: FamilyName = 'deviceManagementScripts') {
  const connection = client();
  const id = scriptId(connection.tenant, family, name);
  const script = connection.tenant.state.scripts.get(family, id);
  assert.ok(script);
  return { ...connection, id, script, path: `${base}/${family}/${id}`, hr: groupId(connection.tenant, 'HR Devices') };
}

test('assign replaces the whole set, and reads show the old one for some seconds', async () => {
  const { get, post, path, hr, clock } = subject();
  const before = groupsOf(values(await get(`${path}/assignments`)));
  assert.equal(before.length, 3);
  const reply = await post(`${path}/assign`, { deviceManagementScriptAssignments: [include(hr)] });
  assert.deepEqual([reply.status, reply.text], [200, '']);
  assert.deepEqual(groupsOf(values(await get(`${path}/assignments`))), before);
  clock.pass(3000);
  assert.deepEqual(groupsOf(values(await get(`${path}/assignments`))), [hr]);
});

test('copies that are behind answer in turn, with the old set once more after the new one was shown', async () => {
  const { get, post, path, hr, clock, tenant } = subject();
  tenant.behavior.replicaLagsMs = [0, 2000];
  const shown = async () => groupsOf(values(await get(`${path}/assignments`)));
  const before = await shown();
  await post(`${path}/assign`, { deviceManagementScriptAssignments: [include(hr)] });
  const seen = [];
  for (const ms of [3000, 0, 2000]) {
    clock.pass(ms);
    seen.push([await shown(), await shown()]);
  }
  assert.deepEqual(seen, [
    [before, [hr]],
    [before, [hr]],
    [[hr], [hr]],
  ]);
});

test('properties of a row that nobody knows are kept and shown', async () => {
  const { get, post, path, hr, clock } = subject();
  await post(`${path}/assign`, { deviceManagementScriptAssignments: [{ ...include(hr), rollout: { ring: 2 } }] });
  clock.pass(3000);
  const [row] = values(await get(`${path}/assignments`));
  assert.deepEqual(row?.['rollout'], { ring: 2 });
});

test('a second row of the same target is ignored, and of an include and an exclude of one group the include is kept', async () => {
  const { post, path, hr, script } = subject();
  const rows = [include(hr), include(hr.toUpperCase()), exclude(hr)];
  for (const sent of [rows, rows.toReversed()]) {
    await post(`${path}/assign`, { deviceManagementScriptAssignments: sent });
    assert.deepEqual(
      rowsOf(script).map(({ target }) => target['@odata.type']),
      ['#microsoft.graph.groupAssignmentTarget'],
    );
  }
});

test('each family wants its own key in the body', async () => {
  const keys = {
    deviceManagementScripts: 'deviceManagementScriptAssignments',
    deviceShellScripts: 'deviceManagementScriptAssignments',
    deviceCustomAttributeShellScripts: 'deviceManagementScriptAssignments',
    deviceHealthScripts: 'deviceHealthScriptAssignments',
    deviceComplianceScripts: 'deviceHealthScriptAssignments',
    configurationPolicies: 'assignments',
  } as const;
  const families: FamilyName[] = [
    'deviceManagementScripts',
    'deviceShellScripts',
    'deviceCustomAttributeShellScripts',
    'deviceHealthScripts',
    'deviceComplianceScripts',
    'configurationPolicies',
  ];
  const { tenant, post } = client();
  for (const family of families) {
    const id = tenant.state.scripts.list(family)[0]?.id;
    const right = await post(`${base}/${family}/${id}/assign`, { [keys[family]]: [] });
    assert.ok(right.status === 200 || right.status === 204, `${family}: ${right.status}`);
    const wrong = await post(`${base}/${family}/${id}/assign`, { someAssignments: [] });
    assert.equal(wrong.status, 400, family);
    assert.match(String(errorOf(wrong)['message']), /not a valid parameter/);
  }
});

test('the answer of assign differs by family', async () => {
  const policy = subject('Linux – Configure Proxy', 'configurationPolicies');
  const answered = await policy.post(`${policy.path}/assign`, { assignments: [include(policy.hr)] });
  assert.equal(answered.status, 200);
  assert.deepEqual(groupsOf(values(answered)), [policy.hr]);
  const shell = subject('Install Homebrew', 'deviceShellScripts');
  assert.equal((await shell.post(`${shell.path}/assign`, { deviceManagementScriptAssignments: [] })).status, 204);
});

test('rows of policy sets are shown and not touched', async () => {
  const { get, post, path, clock } = subject('Linux – Install Security Updates', 'configurationPolicies');
  const rows = values(await get(`${path}/assignments`));
  assert.deepEqual(rows.map(row => row['source']).sort(), ['direct', 'policySets']);
  await post(`${path}/assign`, { assignments: [] });
  clock.pass(3000);
  assert.deepEqual(
    values(await get(`${path}/assignments`)).map(row => row['source']),
    ['policySets'],
  );
});

test('the collection has no route for POST, unless it is switched on', async () => {
  const { post, path, hr, tenant, script } = subject('Restart Stopped Print Spooler', 'deviceHealthScripts');
  const pilot = groupId(tenant, 'FIN Pilot');
  const refused = await post(`${path}/assignments`, include(pilot));
  assert.equal(refused.status, 400);
  assert.equal(errorOf(refused)['code'], 'No method match route template');
  assert.equal(rowsOf(script).length, 3);
  tenant.behavior.collectionPost = true;
  const created = await post(`${path}/assignments`, include(pilot));
  assert.equal(created.status, 201);
  assert.equal(String(object(created.body)['id']).toLowerCase(), `${script.id}:${pilot}`);
  assert.equal(rowsOf(script).length, 4);
  tenant.behavior.collectionPostReplaces = true;
  await post(`${path}/assignments`, include(hr));
  assert.equal(rowsOf(script).length, 1);
});

test('a remediation keeps what was sent, reads back false, and shows times with 7 decimals', async () => {
  const { get, post, path, hr, clock, script } = subject('Report Local Administrators', 'deviceHealthScripts');
  const runSchedule = { '@odata.type': '#microsoft.graph.deviceHealthScriptDailySchedule', interval: 1, time: '09:00:00', useUtc: false };
  await post(`${path}/assign`, { deviceHealthScriptAssignments: [{ ...include(hr), runRemediationScript: true, runSchedule }] });
  clock.pass(3000);
  const [row] = values(await get(`${path}/assignments`));
  assert.equal(row?.['runRemediationScript'], false);
  assert.equal(object(row?.['runSchedule'])['time'], '09:00:00.0000000');
  assert.equal(rowsOf(script)[0]?.runRemediationScript, true);
  await post(`${path}/assign`, { deviceHealthScriptAssignments: [include(hr)] });
  clock.pass(3000);
  assert.equal(values(await get(`${path}/assignments`))[0]?.['runSchedule'], null);
});

test('what was read can be written back and gives the same set, though it reads differently', async () => {
  const { get, post, path, tenant, script } = subject('Free Disk Space Below 10 GB', 'deviceHealthScripts');
  tenant.behavior.assignmentLagMs = 0;
  const before = rowsOf(script).map(row => row.target['@odata.type']);
  const rows = values(await get(`${path}/assignments`)).map(({ target, runSchedule, runRemediationScript }) => ({
    target: target ?? null,
    runSchedule: runSchedule ?? null,
    runRemediationScript: runRemediationScript ?? null,
  }));
  assert.equal((await post(`${path}/assign`, { deviceHealthScriptAssignments: rows })).status, 200);
  assert.deepEqual(
    rowsOf(script)
      .map(row => row.target['@odata.type'])
      .sort(),
    before.sort(),
  );
});

test('ids of assignments name the script and the group or what stands for everybody', async () => {
  const { get, tenant } = client();
  const id = scriptId(tenant, 'deviceManagementScripts', 'Set Time Zone by Location');
  const [row] = values(await get(`${base}/deviceManagementScripts/${id}/assignments`));
  assert.equal(row?.['id'], `${id}:adadadad-808e-44e2-905a-0b7873a8a531`);
});

test('the ways in which there is no filter, and the case of ids, are mixed; switches make them plain', async () => {
  const { tenant, get } = client({ size: 'large', behavior: { assignmentPageSize: 100 } });
  const id = scriptId(tenant, 'deviceManagementScripts', 'Baseline for All Branch Offices');
  const targets = async () => values(await get(`${base}/deviceManagementScripts/${id}/assignments`)).map(row => object(row['target']));
  const mixed = await targets();
  assert.equal(mixed.length, 40);
  assert.equal(new Set(mixed.map(target => target['deviceAndAppManagementAssignmentFilterId'])).size, 3);
  assert.ok(mixed.some(target => /[A-F]/.test(String(target['groupId']))));
  Object.assign(tenant.behavior, { emptyFilter: 'null', changeGuidCase: false });
  const plain = await targets();
  assert.ok(plain.every(target => target['deviceAndAppManagementAssignmentFilterId'] === null && !/[A-F]/.test(String(target['groupId']))));
});

test('a list with a group outside of the scope groups is refused as a whole', async () => {
  const { tenant, post, path, hr, script } = subject();
  tenant.behavior.scopeGroups = new Set([hr]);
  const reply = await post(`${path}/assign`, { deviceManagementScriptAssignments: [include(hr), exclude(groupId(tenant, 'FIN Pilot'))] });
  assert.equal(reply.status, 403);
  assert.equal(rowsOf(script).length, 3);
  assert.equal((await post(`${path}/assign`, { deviceManagementScriptAssignments: [include(hr)] })).status, 200);
});

test('another administrator is in time at every point of a write', async () => {
  const { tenant, get, post, path, hr, script } = subject();
  tenant.behavior.assignmentLagMs = 0;
  const family = 'deviceManagementScripts';
  tenant.behavior.afterRead = () => tenant.admin.assign(family, script.id, [include(groupId(tenant, 'FIN Pilot'))]);
  assert.equal(values(await get(`${path}/assignments`)).length, 3);
  assert.equal(rowsOf(script).length, 1);
  tenant.behavior.afterRead = undefined;
  tenant.behavior.afterWrite = () => tenant.admin.add(family, script.id, include(groupId(tenant, 'FIN Pilot')));
  await post(`${path}/assign`, { deviceManagementScriptAssignments: [include(hr)] });
  assert.equal(values(await get(`${path}/assignments`)).length, 2);
});

test('a row without a target type or with a wrong group id is refused', async () => {
  const { post, path, script } = subject();
  for (const target of [{}, { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: 'x' }]) {
    assert.equal((await post(`${path}/assign`, { deviceManagementScriptAssignments: [{ target }] })).status, 400);
  }
  assert.equal(rowsOf(script).length, 3);
});
