import assert from 'node:assert/strict';
import { MarkdownString } from 'vscode';
import { collect, type ExportData } from '../../src/features/export/exportData.ts';
import { csvText, jsonText, markdownDocument } from '../../src/features/export/exportText.ts';
import { treeItem } from '../../src/features/trees/nodeProvider.ts';
import type { RowContext } from '../../src/features/trees/row.ts';
import { groupsModel, scriptsModel, type TreeModel } from '../../src/features/trees/treeModel.ts';
import type { Inventory } from '../../src/intune/read/inventory.ts';
import type { Node } from '../../src/ui/nodes.ts';
import { cloud, contextOf, now } from '../unit/ui/sampleInventory.ts';

/** Controls, bidi overrides and what is of no width: with them a text shows something else than what it says. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const deceiving = /[\u0000-\u001F\u007F-\u009F\u200B\u202A-\u202E\u2066-\u2069\uFEFF]/;

/** One line that says what it is. */
export function assertPlain(text: string | undefined, what: string): void {
  assert.ok(text === undefined || !deceiving.test(text), `${what}: ${JSON.stringify(text)}`);
}

/** What is left of Markdown once all that is escaped is taken out: nothing that links or embeds, nor HTML where that is not switched off. */
function assertHarmlessMarkdown(text: string, harmful = /\]\(|<\w/): void {
  const unescaped = text.replace(/\\[\s\S]/g, '').replace(/&[a-z]+;/g, '');
  assert.doesNotMatch(unescaped, harmful, text);
}

/** Every row of a view as VS Code gets it. */
export function assertRowsPlain(model: TreeModel, context: RowContext): void {
  const visit = (node: Node): void => {
    const { label, description, tooltip, accessibilityInformation } = treeItem(node, context);
    assert.ok(typeof label === 'string' && label !== '', 'a row has no label');
    assertPlain(label, 'label');
    if (typeof description === 'string') assertPlain(description, 'description');
    assertPlain(accessibilityInformation?.label, 'spoken');
    assert.ok(tooltip instanceof MarkdownString && tooltip.isTrusted === false && tooltip.supportHtml === false);
    for (const line of tooltip.value.split('\n\n')) assertPlain(line, 'tooltip');
    assertHarmlessMarkdown(tooltip.value, /\]\(/);
    for (const child of model.children(context, node)) visit(child);
  };
  for (const root of model.roots(context)) visit(root);
}

/** The cells of a table, whichever of the two signs separates them where it is opened. */
const cellsOf = (table: string): readonly string[] =>
  [/[^,"]*(?:"(?:[^"]|"")*")?[^,"]*/g, /[^;]+/g].flatMap(cell => table.split('\r\n').flatMap(line => line.match(cell) ?? []));

function assertExportsHarmless(inventory: Inventory): void {
  const data: ExportData = {
    connection: { tenantId: 'tenant', tenantName: 'Contoso', account: 'ada', cloud, sample: false },
    readAt: '2026-01-01T00:00:00Z',
    filterNames: new Map([...(inventory.filters() ?? [])].map(([id, { name }]) => [id, name])),
    ...collect(inventory, 'all'),
  };
  for (const cell of cellsOf(csvText(data, now))) assert.doesNotMatch(cell, /^[\s"]*[=+\-@]/);
  for (const line of markdownDocument(data, now).split('\n')) assertPlain(line, 'Markdown');
  assertHarmlessMarkdown(markdownDocument(data, now));
  for (const line of jsonText(data).split('\n')) assertPlain(line, 'JSON');
  JSON.parse(jsonText(data));
}

/** All that is shown and exported of an inventory. */
export function assertShownPlain(inventory: Inventory): void {
  const context = contextOf(inventory);
  assertRowsPlain(scriptsModel, context);
  assertRowsPlain(groupsModel, context);
  assertExportsHarmless(inventory);
}
