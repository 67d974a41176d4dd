import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupIdsOf, idsOf, linksOf, ofSelection, resolveNodes, resolveScripts, scriptsOf } from '../../../src/app/selection.ts';
import type { Node } from '../../../src/ui/nodes.ts';
import { allDevices, assigned, cloud, groupId, include, script } from '../ui/sampleInventory.ts';

const connection = 'c';
const own = script('deviceManagementScripts', 'a', 'A', assigned(include(1)), assigned(allDevices));
const [toGroup = assert.fail(), toDevices = assert.fail()] = own.assignments;
const family: Node = { kind: 'family', connection, family: 'deviceManagementScripts' };
const row: Node = { kind: 'script', connection, script: own };
const assignment: Node = { kind: 'assignment', connection, script: own, assignment: toGroup, copy: 0 };
const devices: Node = { kind: 'assignment', connection, script: own, assignment: toDevices, copy: 0 };
const group: Node = { kind: 'group', connection, groupId: groupId(1) };
const below: Node = { kind: 'groupScript', connection, groupId: groupId(1), script: own, assignment: toGroup, copy: 0 };
const selected = () => [row, group];

test('a menu is for its row, or for the selection that the row is part of', () => {
  assert.deepEqual(resolveNodes([row], selected), [row]);
  assert.deepEqual(resolveNodes([row, [row, below]], selected), [row, below]);
  assert.deepEqual(resolveNodes([row, [group]], selected), [row]);
  assert.deepEqual(resolveNodes([row, undefined], selected), [row]);
});

test('a keybinding is for the selection, the palette has to ask', () => {
  assert.deepEqual(resolveNodes([ofSelection], selected), [row, group]);
  assert.equal(
    resolveNodes([ofSelection], () => []),
    undefined,
  );
  assert.equal(resolveNodes([], selected), undefined);
});

test('whatever else a command is called with is no row', () => {
  for (const args of [[null], ['x'], [{ kind: 'script' }], [42, [row]]]) assert.equal(resolveNodes(args, selected), undefined);
});

test('scripts come once; families and groups are none', () => {
  assert.deepEqual(scriptsOf([row, assignment, below, family, group]), [own]);
  assert.equal(resolveScripts([group], selected), undefined);
});

test('ids, groups and pages of rows', () => {
  assert.deepEqual(idsOf([row, below, assignment, devices, group, family]), ['a', groupId(1)]);
  assert.deepEqual(groupIdsOf([row, below, assignment, devices, group]), [groupId(1)]);
  assert.deepEqual(linksOf([row, group, devices], cloud), [
    'https://intune.microsoft.com/#view/Microsoft_Intune_DeviceSettings/ConfigureWMPolicyMenuBlade/~/overview/policyId/a/policyType~/0',
    `https://intune.microsoft.com/#view/Microsoft_AAD_IAM/GroupDetailsMenuBlade/~/Overview/groupId/${groupId(1)}`,
  ]);
});
