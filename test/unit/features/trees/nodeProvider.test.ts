import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NodeProvider } from '../../../../src/features/trees/nodeProvider.ts';
import { groupsModel, scriptsModel } from '../../../../src/features/trees/treeModel.ts';
import type { Node } from '../../../../src/ui/nodes.ts';
import { assigned, contextOf, include, inventoryOf, loaded, loading, script } from '../../ui/sampleInventory.ts';

function shown() {
  const own = script('deviceManagementScripts', 'a', 'A', assigned(include(1)));
  const inventory = inventoryOf({ deviceManagementScripts: loaded(own) }, [], loading());
  const provider = new NodeProvider(scriptsModel, () => contextOf(inventory));
  const fired: (Node | undefined)[] = [];
  provider.onDidChangeTreeData(node => fired.push(node));
  return { own, inventory, provider, fired };
}

test('a change of one family refreshes the very row that VS Code knows', () => {
  const { own, inventory, provider, fired } = shown();
  const [root] = provider.getChildren();
  inventory.set('deviceManagementScripts', loaded(own, { ...own, id: 'b' }));
  provider.refresh('deviceManagementScripts');
  assert.equal(fired.length, 1);
  assert.equal(fired[0], root);
  assert.equal(provider.getChildren(root).length, 2);
});

test('a family that arrives refreshes the roots; the others stay the same objects', () => {
  const { inventory, provider, fired } = shown();
  const [root] = provider.getChildren();
  inventory.set('deviceHealthScripts', loaded());
  provider.refresh('deviceHealthScripts');
  assert.deepEqual(fired, [undefined]);
  const roots = provider.getChildren();
  assert.equal(roots.length, 2);
  assert.equal(roots[0], root);
});

test('a parent is the row that VS Code knows', () => {
  const { provider } = shown();
  const [root] = provider.getChildren();
  const [child] = provider.getChildren(root);
  assert.equal(provider.getParent(child ?? assert.fail()), root);
});

test('names of groups refresh everything', () => {
  const { provider, fired } = shown();
  provider.getChildren();
  provider.refresh('groups');
  assert.deepEqual(fired, [undefined]);
});

test('without a connection there are no rows', () => {
  assert.deepEqual(new NodeProvider(groupsModel, () => undefined).getChildren(), []);
});

test('300 scripts are there at once', () => {
  const scripts = Array.from({ length: 300 }, (_, n) => script('deviceManagementScripts', `s${n}`, `Script ${n}`, assigned(include(n))));
  const provider = new NodeProvider(scriptsModel, () => contextOf(inventoryOf({ deviceManagementScripts: loaded(...scripts) })));
  const start = performance.now();
  const [root] = provider.getChildren();
  const items = provider.getChildren(root).map(node => provider.getTreeItem(node));
  assert.equal(items.length, 300);
  assert.ok(performance.now() - start < 1_000);
});

test('a row that says how a script ran is refreshed alone, once it is shown', () => {
  const { own, provider, fired } = shown();
  const unfolded: Node[] = [];
  const script = provider.getChildren(provider.getChildren()[0])[0] ?? assert.fail();
  const summary = { kind: 'runSummary', connection: script.connection, script: own } as const;
  provider.refreshRunSummary(summary);
  assert.deepEqual(fired, [], 'VS Code knows no such row');
  const [row] = provider.getChildren(script);
  provider.refreshRunSummary(summary);
  assert.equal(fired[0], row);
  const watched = new NodeProvider(
    scriptsModel,
    () => contextOf(inventoryOf({ deviceManagementScripts: loaded(own) })),
    node => unfolded.push(node),
  );
  watched.getChildren(script);
  assert.deepEqual(unfolded, [script]);
});

test('rows that tell an age are refreshed as it grows, and no others', () => {
  const { provider, fired } = shown();
  const script = provider.getChildren(provider.getChildren()[0])[0] ?? assert.fail();
  provider.refreshRunSummaries();
  assert.deepEqual(fired, [], 'nothing is unfolded');
  const [row] = provider.getChildren(script);
  provider.refreshRunSummaries();
  assert.deepEqual(fired, [row]);
});
