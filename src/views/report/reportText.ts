import { l10n } from 'vscode';
import { markdownText } from '../plainText.ts';
import { sortByName } from '../sortByName.ts';
import { amount, scriptCount } from '../words/count.ts';
import { scriptKindName } from '../words/family.ts';
import { inOneLine } from '../words/list.ts';
import { scriptLabel } from '../words/script.ts';
import type { ItemResult, Report, ReportItem } from './reportItem.ts';

/** What needs somebody comes first. */
const order: readonly ItemResult[] = ['failed', 'notApproved', 'notKnown', 'pending', 'notSent', 'running', 'changed', 'asWanted'];

function heading(result: ItemResult): string {
  switch (result) {
    case 'failed':
      return l10n.t('Failed');
    case 'notApproved':
      return l10n.t('Not approved');
    case 'notKnown':
      return l10n.t('Not known');
    case 'pending':
      return l10n.t('Waiting for approval');
    case 'notSent':
      return l10n.t('Not sent');
    case 'running':
      return l10n.t('Being written');
    case 'changed':
      return l10n.t('Changed');
    case 'asWanted':
      return l10n.t('Not changed');
  }
}

/** The rows of one side in a line below the script. */
const side = (title: string, rows: readonly string[] | undefined): readonly string[] =>
  rows ? [`  - ${title}: ${rows.length > 0 ? rows.map(markdownText).sort().join('; ') : l10n.t('not assigned')}`] : [];

function itemLines({ script, result, effects, notes, before, after }: ReportItem): readonly string[] {
  const name = `**${markdownText(scriptLabel(script))}** (${markdownText(scriptKindName(script.family))})`;
  const words = inOneLine([effects.map(markdownText).join(', '), ...notes.map(markdownText)]);
  const then = result === 'changed' ? l10n.t('After') : l10n.t('Wanted');
  return [words === '' ? `- ${name}` : `- ${name}: ${words}`, ...side(l10n.t('Before'), before), ...side(then, after)];
}

function section(result: ItemResult, items: readonly ReportItem[]): readonly string[] {
  if (items.length === 0) return [];
  const sorted = sortByName(
    items,
    ({ script }) => scriptLabel(script),
    ({ script }) => script.id,
  );
  return [`## ${heading(result)} (${amount(items.length)})`, '', ...sorted.flatMap(itemLines), ''];
}

/** A report as a Markdown document that also reads well as it stands: counts first, then each script with what became of it. */
export function reportText({ title, line, notes, items }: Report): string {
  const byResult = Map.groupBy(items, ({ result }) => result);
  const found = order.flatMap(result => (byResult.has(result) ? [[result, byResult.get(result) ?? []] as const] : []));
  return [
    `# ${markdownText(title)}`,
    '',
    markdownText(line),
    '',
    ...notes.flatMap(note => [markdownText(note), '']),
    ...found.map(([result, some]) => `- ${heading(result)}: ${scriptCount(some.length)}`),
    '',
    ...found.flatMap(([result, some]) => section(result, some)),
  ].join('\n');
}
