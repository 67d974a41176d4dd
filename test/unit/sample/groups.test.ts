import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleScopes } from '../../../src/sample/index.ts';
import { client, errorOf, eventual, groupId, object, values } from './support.ts';

const search = (text: string) => `/v1.0/groups?$search=${encodeURIComponent(`"displayName:${text}"`)}&$count=true&$select=id,displayName`;
const names = (groups: readonly { readonly [key: string]: unknown }[]) => groups.map(group => group['displayName']);

test('search finds the starts of words, in any case', async () => {
  const { get } = client();
  const found = names(values(await get(search('fin'), eventual)));
  assert.ok(found.includes('Finance – All Laptops') && found.includes('FIN Pilot') && found.length >= 3);
  assert.ok(values(await get(search('hr'), eventual)).length >= 2);
  assert.deepEqual(names(values(await get(search('laptops fin'), eventual))), ['Finance – All Laptops']);
  assert.deepEqual(values(await get(search('inance'), eventual)), []);
  assert.deepEqual(names(values(await get(search('営業部'), eventual))), ['営業部 ノートPC']);
  assert.deepEqual(names(values(await get(search('\\"Field\\"'), eventual))), ['Sales "Field" & Partners']);
});

test('search needs ConsistencyLevel: eventual and quotes', async () => {
  const { get } = client();
  const without = await get(search('fin'));
  assert.equal(without.status, 400);
  assert.equal(errorOf(without)['code'], 'Request_UnsupportedQuery');
  assert.equal((await get('/v1.0/groups?$search=displayName:fin', eventual)).status, 400);
});

test('a new group is missing in searches for minutes, but startswith and its id find it', async () => {
  const { get, tenant, clock } = client();
  const { id } = tenant.admin.addGroup({ displayName: 'Zebra Printers' });
  assert.deepEqual(values(await get(search('zebra'), eventual)), []);
  assert.equal(values(await get("/v1.0/groups?$filter=startswith(displayName,'zeb')")).length, 1);
  assert.equal((await get(`/v1.0/groups/${id}`)).status, 200);
  clock.pass(6 * 60_000);
  assert.equal(values(await get(search('zebra'), eventual)).length, 1);
});

test('filters that the directory has, and what it refuses', async () => {
  const { get } = client();
  assert.equal(values(await get("/v1.0/groups?$filter=displayName eq 'O''Brien''s Team'")).length, 1);
  assert.equal(values(await get("/v1.0/groups?$filter=displayName eq 'kiosk devices' and securityEnabled eq true")).length, 2);
  assert.ok(values(await get("/beta/groups?$filter=groupTypes/any(c:c eq 'DynamicMembership')")).length > 5);
  assert.equal((await get("/v1.0/groups?$filter=contains(displayName,'x')")).status, 400);
  assert.equal((await get("/v1.0/groups?$filter=startswith(displayName,'x')&$orderby=displayName")).status, 400);
  assert.equal((await get('/v1.0/groups?$top=1000')).status, 400);
  assert.equal((await get('/v1.0/groups?$skip=5')).status, 400);
  assert.equal(values(await get('/v1.0/groups?$top=999')).length, 60);
});

test('kinds of groups say what they are', async () => {
  const { get, tenant } = client();
  const read = async (name: string) => object((await get(`/v1.0/groups/${groupId(tenant, name)}`)).body);
  assert.equal((await read('HR – Kiosks'))['membershipRuleProcessingState'], 'Paused');
  assert.deepEqual((await read('HR – All Employees'))['groupTypes'], ['Unified']);
  assert.equal((await read('Finance – Users'))['onPremisesSyncEnabled'], true);
  const list = await read('Newsletter Recipients');
  assert.deepEqual([list['mailEnabled'], list['securityEnabled']], [true, false]);
});

test('counts are text, by kind, and need the header', async () => {
  const { get, tenant } = client();
  const path = `/v1.0/groups/${groupId(tenant, 'FIN Pilot')}/transitiveMembers`;
  assert.equal((await get(`${path}/$count`)).status, 400);
  const reply = await get(`${path}/$count`, eventual);
  assert.deepEqual([reply.text, reply.headers.get('content-type')], ['20', 'text/plain']);
  assert.equal((await get(`${path}/microsoft.graph.device/$count`, eventual)).text, '12');
  assert.equal((await get(`${path}/microsoft.graph.user/$count`, eventual)).text, '8');
});

test('a deleted group is 404, one that may not be read 403', async () => {
  const { get, tenant } = client();
  const id = groupId(tenant, 'HR Devices');
  tenant.behavior.unreadableGroups = new Set([id]);
  const hidden = await get(`/v1.0/groups/${id}`);
  assert.deepEqual([hidden.status, errorOf(hidden)['code']], [403, 'Authorization_RequestDenied']);
  tenant.behavior.unreadableGroups = new Set();
  tenant.admin.deleteGroup(id);
  const deleted = await get(`/v1.0/groups/${id}`);
  assert.deepEqual([deleted.status, errorOf(deleted)['code']], [404, 'Request_ResourceNotFound']);
});

test('getByIds gives ids alone without Directory.Read.All, and nothing of deleted groups', async () => {
  const gone = '11111111-2222-4333-8444-555555555555';
  const plain = client();
  const id = groupId(plain.tenant, 'HR Devices');
  const ids = { ids: [id, gone], types: ['group'] };
  assert.deepEqual(values(await plain.post('/v1.0/directoryObjects/getByIds', ids)), [{ '@odata.type': '#microsoft.graph.group', id }]);
  const reader = client({ scopes: new Set([...sampleScopes, 'Directory.Read.All']) });
  assert.deepEqual(names(values(await reader.post('/v1.0/directoryObjects/getByIds', ids))), ['HR Devices']);
  assert.equal((await plain.post('/v1.0/directoryObjects/getByIds', { ids: Array.from({ length: 1001 }, () => id) })).status, 400);
});

test('the large tenant has 60,000 groups with ids of their own, twelve of one name', async () => {
  const { tenant, get } = client({ size: 'large' });
  const groups = [...tenant.state.groups.all()];
  assert.equal(new Set(groups.map(group => group.id)).size, 60_000);
  assert.equal(values(await get("/v1.0/groups?$filter=displayName eq 'Shared Kiosks'")).length, 12);
});
