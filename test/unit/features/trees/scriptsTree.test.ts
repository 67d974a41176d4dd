import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowOf } from '../../../../src/features/trees/rowOf.ts';
import { scriptChildren, scriptParent, scriptRoots } from '../../../../src/features/trees/scriptsTree.ts';
import { GraphError } from '../../../../src/graph/errors.ts';
import { type Node, nodeId } from '../../../../src/ui/nodes.ts';
import {
  allDevices,
  assigned,
  contextOf,
  deleted,
  exclude,
  failed,
  include,
  inventoryOf,
  loaded,
  loading,
  named,
  once,
  script,
  unreadable,
} from '../../ui/sampleInventory.ts';

const forbidden = new GraphError({
  kind: 'forbidden',
  message: 'no',
  request: { method: 'GET', path: '/' },
  status: 403,
  requiredScopes: ['DeviceManagementConfiguration.Read.All'],
});

const cleanup = script(
  'deviceHealthScripts',
  'r1',
  'Disk cleanup',
  assigned(exclude(1)),
  assigned(include(1), once('2026-01-01')),
  assigned(include(1, { id: 'f1', mode: 'include' })),
  assigned(include(2)),
  assigned(include(3)),
  assigned(include(4)),
  assigned(include(9)),
  assigned(allDevices),
);
const inventory = inventoryOf(
  {
    deviceManagementScripts: loaded(script('deviceManagementScripts', 's10', 'Step 10'), script('deviceManagementScripts', 's9', 'step 9')),
    deviceHealthScripts: loaded(cleanup),
    deviceShellScripts: loading(),
    configurationPolicies: failed(forbidden),
    deviceComplianceScripts: loaded(script('deviceComplianceScripts', 'c1', 'Firewall')),
  },
  [named(1, 'Sales'), named(2, 'sales'), deleted(3), unreadable(4)],
);
const context = contextOf(inventory);
const rowsBelow = (node: Node) => scriptChildren(context, node).map(child => rowOf(child, context));
const everything = (nodes: readonly Node[]): readonly Node[] => nodes.flatMap(node => [node, ...everything(scriptChildren(context, node))]);
const family = (id: string): Node => scriptRoots(context).find(node => node.family === id) ?? assert.fail();

test('families come as they arrive, in their order; a failed one has its row', () => {
  assert.deepEqual(
    scriptRoots(context)
      .map(node => rowOf(node, context))
      .map(({ label, description, expandable }) => [label, description, expandable]),
    [
      ['Platform scripts (Windows)', '2', true],
      ['Remediations', '1', true],
      ['Custom attributes (macOS)', '0', false],
      ['Bash scripts (Linux)', 'needs consent to DeviceManagementConfiguration.Read.All', false],
      ['Custom compliance scripts', '1', true],
    ],
  );
});

test('a failed family says why in full to those who ask', () => {
  const row = rowOf(family('configurationPolicies'), context);
  assert.match(row.tooltip.join(' '), /settings catalog.*DeviceManagementConfiguration\.Read\.All/);
  assert.equal(row.icon.id, 'warning');
});

test('without a tree to show there is none', () => {
  assert.deepEqual(scriptRoots(contextOf(inventoryOf({}))), []);
  assert.deepEqual(scriptRoots(contextOf(inventoryOf({}, [], loading()))), []);
});

test('scripts are sorted as people expect', () => {
  assert.deepEqual(
    rowsBelow(family('deviceManagementScripts')).map(({ label }) => label),
    ['step 9', 'Step 10'],
  );
});

test('every id is unique, also where one group is included, excluded and filtered', () => {
  const ids = everything(scriptRoots(context)).map(nodeId);
  assert.equal(new Set(ids).size, ids.length);
});

test('ids are the same for another reading', () => {
  assert.deepEqual(everything(scriptRoots(context)).map(nodeId), everything(scriptRoots(contextOf(inventory))).map(nodeId));
});

test('rows that the service doubled have ids of their own', () => {
  const doubled = script('deviceShellScripts', 'd', 'D', assigned(include(1)), assigned(include(1)));
  const shown = contextOf(inventoryOf({ deviceShellScripts: loaded(doubled) }));
  const ids = scriptChildren(shown, { kind: 'script', connection: shown.key, script: doubled }).map(nodeId);
  assert.equal(new Set(ids).size, 3, 'two assignments below the row of the run results');
});

test('assignments say whom they reach and how; ids never stand for names', () => {
  const [node] = scriptChildren(context, family('deviceHealthScripts'));
  assert.deepEqual(
    rowsBelow(node ?? assert.fail())
      .slice(1)
      .map(({ label, description, icon, capabilities }) => [label, description, icon.id, capabilities.join(' ')]),
    [
      ['All devices', '', 'device-desktop', 'assignment edit remove'],
      ['Deleted group', '00000003', 'warning', 'assignment edit remove deletedGroup id'],
      ['Loading name…', '', 'loading~spin', 'assignment edit remove id'],
      ['Name not readable', '', 'organization', 'assignment edit remove targetGroup portal id'],
      ['Sales', 'Once on 2026-01-01 at 23:59 UTC (passed) · 00000001', 'organization', 'assignment edit remove targetGroup portal id'],
      ['Sales', 'with a filter (include) · 00000001', 'organization', 'assignment edit remove targetGroup portal id'],
      ['sales', '00000002', 'organization', 'assignment edit remove targetGroup portal id'],
      ['Sales', 'excluded · 00000001', 'circle-slash', 'assignment edit remove targetGroup portal id'],
    ],
  );
});

test('what cannot be assigned by itself has no assign', () => {
  const words = (id: string): readonly string[] => rowsBelow(family(id)).map(({ capabilities }) => capabilities.join(' '));
  assert.deepEqual(words('deviceComplianceScripts'), ['script portal id']);
  assert.deepEqual(words('deviceHealthScripts'), ['script assign allDevices allUsers exclude portal id removeSome']);
});

test('rows make sense when spoken', () => {
  const spoken = (id: string): readonly string[] => rowsBelow(family(id)).map(row => row.spoken);
  assert.deepEqual(spoken('deviceManagementScripts'), [
    "Platform script 'step 9', not assigned",
    "Platform script 'Step 10', not assigned",
  ]);
  assert.deepEqual(spoken('deviceHealthScripts'), [
    "Remediation 'Disk cleanup', assigned to all devices, 6 groups, 1 excluded group, 1 deleted",
  ]);
  const [node] = scriptChildren(context, family('deviceHealthScripts'));
  const assignments = rowsBelow(node ?? assert.fail()).map(row => row.spoken);
  assert.ok(assignments.includes('Assigned to a deleted group, ID 00000003'), assignments.join('; '));
  const excluded = script('deviceShellScripts', 'e', 'E', assigned(exclude(1)));
  const shown = contextOf(inventoryOf({ deviceShellScripts: loaded(excluded) }));
  const row = rowOf({ kind: 'script', connection: shown.key, script: excluded }, shown);
  assert.equal(row.spoken, "Shell script 'E', not assigned, 1 excluded group");
  assert.equal(rowOf(family('deviceManagementScripts'), context).spoken, 'Platform scripts (Windows), 2 scripts');
});

test('every row leads back to its root', () => {
  for (const root of scriptRoots(context)) {
    for (const child of scriptChildren(context, root)) {
      assert.deepEqual(scriptParent(child), root);
      for (const assignment of scriptChildren(context, child)) assert.deepEqual(scriptParent(assignment), child);
    }
  }
});

test('rows of another connection have nothing below them', () => {
  assert.deepEqual(scriptChildren({ ...context, key: 'other' }, family('deviceHealthScripts')), []);
});
