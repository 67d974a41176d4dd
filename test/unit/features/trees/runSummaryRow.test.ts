import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowOf } from '../../../../src/features/trees/rowOf.ts';
import { scriptChildren, scriptParent } from '../../../../src/features/trees/scriptsTree.ts';
import { GraphError } from '../../../../src/graph/errors.ts';
import { type RunSummaryState, runSummaryFromWire } from '../../../../src/intune/read/runSummary.ts';
import { ageWords } from '../../../../src/ui/format/count.ts';
import { nodeId } from '../../../../src/ui/nodes.ts';
import { assigned, contextOf, include, inventoryOf, loaded, now, script } from '../../ui/sampleInventory.ts';

const own = script('deviceHealthScripts', 'r1', 'Disk cleanup', assigned(include(1)));
const linux = script('configurationPolicies', 'l1', 'Bash', assigned(include(1)));

function rowIn(state: RunSummaryState | undefined) {
  const context = contextOf(inventoryOf({ deviceHealthScripts: loaded(own) }), () => state);
  const [node = assert.fail()] = scriptChildren(context, { kind: 'script', connection: context.key, script: own });
  return { node, row: rowOf(node, context) };
}

const rowOfWire = (wire: Record<string, unknown>, readAt = now - 5 * 60_000) =>
  rowIn({ status: 'read', summary: runSummaryFromWire(wire) ?? assert.fail('no summary'), readAt }).row;

const told = (wire: Record<string, unknown>): readonly (string | undefined)[] => {
  const { label, description } = rowOfWire(wire);
  return [label, description];
};

const failedWith = (status: number, kind: GraphError['kind'], requiredScopes: readonly string[] = []) =>
  rowIn({
    status: 'failed',
    error: new GraphError({ kind, message: 'no', request: { method: 'GET', path: '/' }, status, requiredScopes }),
  }).row;

test('is the first row below a script, and leads back to it', () => {
  const { node } = rowIn(undefined);
  assert.equal(node.kind, 'runSummary');
  const parent = scriptParent(node);
  assert.ok(parent?.kind === 'script' && parent.script === own);
});

test('keeps its id, whatever it says', () => {
  assert.equal(nodeId(rowIn(undefined).node), nodeId(rowIn({ status: 'reading' }).node));
});

test('is not there for Linux scripts, of which the service tells nothing', () => {
  const context = contextOf(inventoryOf({ configurationPolicies: loaded(linux) }));
  const below = scriptChildren(context, { kind: 'script', connection: context.key, script: linux });
  assert.deepEqual(
    below.map(({ kind }) => kind),
    ['assignment'],
  );
});

test('says that it is read', () => {
  const { row } = rowIn({ status: 'reading' });
  assert.deepEqual([row.label, row.icon.id], ['Reading run results…', 'loading~spin']);
});

test('counts devices of scripts, and users where there are no devices', () => {
  assert.deepEqual(told({ successDeviceCount: 1204, errorDeviceCount: 12, successUserCount: 3 }), [
    'Ran: 1,204 succeeded, 12 failed',
    'read 5 minutes ago',
  ]);
  assert.deepEqual(told({ successDeviceCount: 0, errorDeviceCount: 0, errorUserCount: 2 }), [
    'Ran: 2 failed (users)',
    'read 5 minutes ago',
  ]);
});

test('counts what remediations found, with the age that the service tells', () => {
  const wire = {
    noIssueDetectedDeviceCount: 940,
    issueDetectedDeviceCount: 42,
    issueRemediatedDeviceCount: 30,
    detectionScriptPendingDeviceCount: 7,
    remediationScriptErrorDeviceCount: 0,
    lastScriptRunDateTime: new Date(now - 3 * 3_600_000).toISOString(),
  };
  assert.deepEqual(told(wire), ['Ran: 940 without issues, 42 with issues, 30 remediated', '7 pending · as of 3 hours ago']);
  assert.equal(rowOfWire(wire).spoken, 'Ran: 940 without issues, 42 with issues, 30 remediated, 7 pending, as of 3 hours ago');
});

test('says that a script has not run', () => {
  assert.deepEqual(told({ successDeviceCount: 0, errorDeviceCount: 0 }), ['Not run yet', 'read 5 minutes ago']);
  assert.deepEqual(
    told({ noIssueDetectedDeviceCount: 0, detectionScriptPendingDeviceCount: 5, lastScriptRunDateTime: '0001-01-01T00:00:00Z' }),
    ['Not run yet', '5 pending · read 5 minutes ago'],
  );
});

test('says how long ago it was read where the service tells no age, to everybody', () => {
  const { spoken, tooltip } = rowOfWire({ successDeviceCount: 3 }, now);
  assert.equal(spoken, 'Ran: 3 succeeded, read just now');
  assert.deepEqual(tooltip.slice(0, 3), ['Run results', 'Devices: 3 succeeded', 'read just now']);
});

test('says why the results could not be read', () => {
  const forbidden = failedWith(403, 'forbidden', ['DeviceManagementScripts.Read.All']);
  assert.deepEqual([forbidden.label, forbidden.icon.id], ['Run results could not be read', 'warning']);
  assert.match(forbidden.description ?? '', /The permission DeviceManagementScripts\.Read\.All is missing/);
  assert.match(failedWith(404, 'notFound').spoken, /^The run results could not be read\. It does not exist any more/);
});

test('takes nothing else for a summary', () => {
  for (const wire of [undefined, null, 'x', [], {}, { value: [] }, { successDeviceCount: '3' }])
    assert.equal(runSummaryFromWire(wire), undefined);
});

test('ages are told in the unit that people would use', () => {
  const ages: readonly (readonly [number, string])[] = [
    [-5_000, 'just now'],
    [119_000, 'just now'],
    [120_000, '2 minutes ago'],
    [7_199_000, '119 minutes ago'],
    [3 * 3_600_000, '3 hours ago'],
    [50 * 3_600_000, '2 days ago'],
  ];
  for (const [age, words] of ages) assert.equal(ageWords(now - age, now), words);
});
