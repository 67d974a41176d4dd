import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, type Context, GraphError, PageIterator } from '@microsoft/microsoft-graph-client';
import { createSampleTenant } from '../../../src/sample/index.ts';

/** Microsoft's own client of Microsoft Graph, with the sample tenant in the place of the network. */
function foreignClient(tenant = createSampleTenant({ behavior: { pageSize: 4 } })) {
  const execute = async (context: Context) => {
    const given = new Headers(Object.entries(context.options?.headers ?? {}).map(([name, value]) => [name, String(value)]));
    given.set('Authorization', 'Bearer token');
    const { method = 'GET', body } = context.options ?? {};
    const content = typeof body === 'string' ? { body } : {};
    context.response = await tenant.handle(new Request(String(context.request), { method, headers: given, ...content }));
  };
  return { tenant, graph: Client.initWithMiddleware({ middleware: { execute }, defaultVersion: 'beta' }) };
}

test('another client walks all pages', async () => {
  const { graph } = foreignClient();
  const names: unknown[] = [];
  const first = await graph.api('/deviceManagement/deviceManagementScripts').select('id,displayName').get();
  await new PageIterator(graph, first, script => names.push(script.displayName) > 0).iterate();
  assert.equal(names.length, 13);
});

test('another client assigns and understands an error', async () => {
  const { graph, tenant } = foreignClient();
  const script = tenant.state.scripts.byName('deviceManagementScripts', 'Outlook Signature');
  const path = `/deviceManagement/deviceManagementScripts/${script?.id}`;
  await graph.api(`${path}/assign`).post({ deviceManagementScriptAssignments: [] });
  assert.equal(script?.versions.at(-1)?.rows.length, 0);
  await assert.rejects(
    graph.api(`${path}/assignments`).post({}),
    (error: unknown) => error instanceof GraphError && error.statusCode === 400,
  );
});
