import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupChildren, groupParent, groupRoots } from '../../../../src/features/trees/groupsTree.ts';
import { rowOf } from '../../../../src/features/trees/rowOf.ts';
import { nodeId } from '../../../../src/ui/nodes.ts';
import {
  assigned,
  contextOf,
  deleted,
  exclude,
  include,
  inventoryOf,
  loaded,
  named,
  script,
  unreadable,
} from '../../ui/sampleInventory.ts';

const a = script('deviceManagementScripts', 'a', 'A', assigned(include(1)), assigned(exclude(2)), assigned(include(3)));
const b = script('deviceHealthScripts', 'b', 'B', assigned(include(1)), assigned(exclude(1)), assigned(include(4)));
const context = contextOf(
  inventoryOf({ deviceManagementScripts: loaded(a), deviceHealthScripts: loaded(b) }, [
    named(1, 'Zebra'),
    named(2, ''),
    deleted(3),
    unreadable(4),
  ]),
);
const roots = groupRoots(context);

test('every targeted group has a row, those without a readable name last', () => {
  assert.deepEqual(
    roots.map(node => rowOf(node, context)).map(({ label, description, capabilities }) => [label, description, capabilities.join(' ')]),
    [
      ['Group without a name', 'excluded from 1 script · 00000002', 'targetGroup portal id removeSome'],
      ['Zebra', '2 scripts · excluded from 1 script', 'targetGroup portal id removeSome'],
      ['Deleted group', '1 script · 00000003', 'deletedGroup id removeSome'],
      ['Name not readable', '1 script', 'targetGroup portal id removeSome'],
    ],
  );
});

test('the same script under two groups, or twice under one, has ids of its own', () => {
  const nodes = roots.flatMap(root => [root, ...groupChildren(context, root)]);
  assert.equal(nodes.length, 10);
  assert.equal(new Set(nodes.map(nodeId)).size, nodes.length);
  for (const root of roots) for (const child of groupChildren(context, root)) assert.deepEqual(groupParent(child), root);
});

test('a script says whether it includes or excludes the group', () => {
  const zebra = roots[1] ?? assert.fail();
  assert.deepEqual(
    groupChildren(context, zebra)
      .map(node => rowOf(node, context))
      .map(({ label, description, icon }) => [label, description, icon.id]),
    [
      ['A', 'Platform script', 'file-code'],
      ['B', 'Remediation · excluded', 'circle-slash'],
      ['B', 'Remediation', 'file-code'],
    ],
  );
});
