import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MarkdownString, ThemeIcon, TreeItemCollapsibleState } from 'vscode';
import { treeItem } from '../../../../src/features/trees/nodeProvider.ts';
import { assigned, contextOf, include, inventoryOf, loaded, named, script } from '../../ui/sampleInventory.ts';

const nasty = '[Click](command:x) **b** <img src=x> `c`\u202E';
const own = { ...script('deviceShellScripts', 'id-1', nasty, assigned(include(1))), description: 'line\n# title' };
const context = contextOf(inventoryOf({ deviceShellScripts: loaded(own) }, [named(1, 'G')]));
const item = treeItem({ kind: 'script', connection: context.key, script: own }, context);

test('a tree item has an id, words for menus and words to be spoken', () => {
  assert.equal(item.label, '[Click](command:x) **b** <img src=x> `c`');
  assert.equal(item.id, '["global/tenant/account","script","deviceShellScripts/id-1"]');
  assert.equal(item.contextValue, 'script assign allDevices allUsers exclude portal id removeSome');
  assert.equal(item.collapsibleState, TreeItemCollapsibleState.Collapsed);
  assert.match(item.accessibilityInformation?.label ?? '', /^Shell script '.*', assigned to 1 group$/);
  assert.ok(item.iconPath instanceof ThemeIcon);
});

test('nothing of a tenant is Markdown in a tooltip', () => {
  assert.ok(item.tooltip instanceof MarkdownString);
  assert.equal(item.tooltip.isTrusted, false);
  assert.equal(item.tooltip.supportHtml, false);
  assert.doesNotMatch(item.tooltip.value, /\]\(command/);
  assert.doesNotMatch(item.tooltip.value, /^# title/m);
});

test('no address in a name becomes a link of a tooltip', () => {
  const addresses = ['(https://contoso.example)', 'HTTP://a.example', '<https://b.example>', 'www.c.example', 'ada@contoso.example'];
  const named = script('deviceShellScripts', 'id-2', addresses.join(' '));
  const { tooltip } = treeItem({ kind: 'script', connection: context.key, script: named }, context);
  assert.ok(tooltip instanceof MarkdownString);
  assert.doesNotMatch(tooltip.value, /https?:\/\/|www\.|[^\\]@/i);
});

test('a script without a name has no id in its place', () => {
  const unnamed = script('deviceShellScripts', '12345678-aaaa', '12345678-aaaa');
  const row = treeItem({ kind: 'script', connection: context.key, script: unnamed }, context);
  assert.equal(row.label, 'Script without a name');
  assert.equal(row.description, '12345678 · not assigned');
});

test('nothing of a tenant is there unseen, wherever it stands', () => {
  const unseen = script(
    'deviceShellScripts',
    'id\u202E\u001B[1m',
    'a\u200Bb',
    assigned({ kind: 'collection', collectionId: '\u202Ec\u0007' }),
  );
  const rows = contextOf(inventoryOf({ deviceShellScripts: loaded(unseen) }));
  const [assignment = assert.fail()] = unseen.assignments;
  for (const node of [
    { kind: 'script', connection: rows.key, script: unseen },
    { kind: 'assignment', connection: rows.key, script: unseen, assignment, copy: 0 },
  ] as const) {
    const { label, description, tooltip, accessibilityInformation } = treeItem(node, rows);
    assert.ok(tooltip instanceof MarkdownString);
    assert.doesNotMatch(JSON.stringify([label, description, tooltip.value, accessibilityInformation]), /\u202E|\u200B|\\u00/);
  }
});
