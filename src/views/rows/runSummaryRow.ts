import { l10n } from 'vscode';
import type { RunSummary } from '../../intune/runSummary.ts';
import { errorText, errorWords } from '../errorWords.ts';
import type { RunSummaryNode } from '../nodes.ts';
import { ageWords } from '../words/age.ts';
import { inOneLine } from '../words/list.ts';
import { allCounts, ranWords, waitingWords } from '../words/runSummary.ts';
import { type Row, type RowContext, warningIcon } from './row.ts';

const fixed = { expandable: false, capabilities: [] } as const;

function readRow(summary: RunSummary, now: number): Row {
  const ran = ranWords(summary);
  const label = ran === '' ? l10n.t('Not run yet') : l10n.t('Ran: {0}', ran);
  const age = summary.lastRun === undefined || ran === '' ? undefined : l10n.t('as of {0}', ageWords(summary.lastRun, now));
  const description = inOneLine([waitingWords(summary), age]);
  return {
    ...fixed,
    label,
    description,
    icon: { id: 'pulse' },
    spoken: [label, waitingWords(summary), age].filter(part => part).join(', '),
    tooltip: [
      l10n.t('Run results'),
      ...allCounts(summary),
      ...(age === undefined ? [] : [age]),
      l10n.t('Devices report with a delay, and results of long ago are not counted.'),
    ],
  };
}

function failedRow(error: unknown): Row {
  const text = errorText(errorWords(error, l10n.t('The run results could not be read.')));
  return {
    ...fixed,
    label: l10n.t('Run results could not be read'),
    description: errorWords(error).message,
    icon: warningIcon,
    spoken: text,
    tooltip: [l10n.t('Run results'), text],
  };
}

/** The first row below a script: how it ran, as far as that is known by now. */
export function runSummaryRow({ script }: RunSummaryNode, { runSummary, now }: RowContext): Row {
  const state = runSummary(script);
  if (state?.status === 'read') return readRow(state.summary, now);
  if (state?.status === 'failed') return failedRow(state.error);
  const label = l10n.t('Reading run results…');
  return { ...fixed, label, icon: { id: 'loading~spin' }, spoken: label, tooltip: [label] };
}
