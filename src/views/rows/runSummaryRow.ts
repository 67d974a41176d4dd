import { l10n } from 'vscode';
import type { RunSummaryState } from '../../intune/read/runSummary.ts';
import { errorText, errorWords } from '../errorWords.ts';
import type { RunSummaryNode } from '../nodes.ts';
import { ageWords } from '../words/age.ts';
import { inOneLine } from '../words/list.ts';
import { allCounts, ranWords, waitingWords } from '../words/runSummary.ts';
import { type Row, type RowContext, warningIcon } from './row.ts';

type Read = Extract<RunSummaryState, { readonly status: 'read' }>;

const fixed = { expandable: false, capabilities: [] } as const;

/** How old the results are, as the service tells it; where it does not, how long ago they were read. */
const ageOf = ({ summary, readAt }: Read, ran: string, now: number): string =>
  summary.lastRun === undefined || ran === ''
    ? l10n.t('read {0}', ageWords(readAt, now))
    : l10n.t('as of {0}', ageWords(summary.lastRun, now));

function readRow(read: Read, now: number): Row {
  const { summary } = read;
  const ran = ranWords(summary);
  const label = ran === '' ? l10n.t('Not run yet') : l10n.t('Ran: {0}', ran);
  const age = ageOf(read, ran, now);
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
      age,
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
  if (state?.status === 'read') return readRow(state, now);
  if (state?.status === 'failed') return failedRow(state.error);
  const label = l10n.t('Reading run results…');
  return { ...fixed, label, icon: { id: 'loading~spin' }, spoken: label, tooltip: [label] };
}
