import { l10n } from 'vscode';
import { markdownText } from '../plainText.ts';
import { scriptCount } from '../words/count.ts';
import type { ExportData } from './exportData.ts';
import { exportHeader, exportRows } from './exportRows.ts';
import { notReadWords } from './notReadWords.ts';

const line = (cells: readonly string[]): string => `| ${cells.map(markdownText).join(' | ')} |`;

function whatWords({ chosen, scripts }: ExportData): string {
  return chosen === 'all'
    ? l10n.t('{0}: all that the role of this account shows.', scriptCount(scripts.length))
    : l10n.t('{0}: a selection.', scriptCount(scripts.length));
}

/** An export as a Markdown document with a table. */
export function markdownDocument(data: ExportData, now: number): string {
  const { tenantName, tenantId, account, sample } = data.connection;
  const title = sample ? l10n.t('Assignments in the sample tenant {0}', tenantName) : l10n.t('Assignments in {0}', tenantName);
  const header = Object.values(exportHeader());
  return [
    `# ${markdownText(title)}`,
    '',
    markdownText(whatWords(data)),
    markdownText(l10n.t('Read at {0} by {1} in the tenant {2}.', data.readAt, account, tenantId)),
    '',
    ...data.notRead.flatMap(missing => [`> **${markdownText(notReadWords(missing))}**`, '']),
    line(header),
    `|${header.map(() => ' --- |').join('')}`,
    ...exportRows(data, now).map(row => line(Object.values(row))),
    '',
  ].join('\n');
}
