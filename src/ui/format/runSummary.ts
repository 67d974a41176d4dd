import { l10n } from 'vscode';
import type { RunResult, RunSummary } from '../../intune/read/runSummary.ts';
import { amount } from './count.ts';

type Counts = RunSummary['devices'];

/** "12 failed". In the words of the Intune admin center. */
function resultWords(result: RunResult, count: number): string {
  const number = amount(count);
  switch (result) {
    case 'succeeded':
      return l10n.t('{0} succeeded', number);
    case 'failed':
      return l10n.t('{0} failed', number);
    case 'noIssue':
      return l10n.t('{0} without issues', number);
    case 'issue':
      return l10n.t('{0} with issues', number);
    case 'remediated':
      return l10n.t('{0} remediated', number);
    case 'reoccurred':
      return l10n.t('{0} with the issue again', number);
    case 'detectionFailed':
      return l10n.t('{0} failed to detect', number);
    case 'remediationFailed':
      return l10n.t('{0} failed to remediate', number);
    case 'skipped':
      return l10n.t('{0} skipped', number);
    case 'pending':
      return l10n.t('{0} pending', number);
    case 'notApplicable':
      return l10n.t('{0} not applicable', number);
  }
}

const waiting: ReadonlySet<RunResult> = new Set(['pending', 'notApplicable']);

const wordsOf = (counts: Counts, which: (result: RunResult) => boolean): string =>
  [...counts]
    .filter(([result]) => which(result))
    .map(([result, count]) => resultWords(result, count))
    .join(', ');

/** What came of the runs, on devices; where it ran for users alone, for them. Empty where it has not run. */
export function ranWords({ devices, users }: RunSummary): string {
  const onDevices = wordsOf(devices, result => !waiting.has(result));
  if (onDevices !== '') return onDevices;
  const forUsers = wordsOf(users, () => true);
  return forUsers === '' ? '' : l10n.t('{0} (users)', forUsers);
}

/** On how many devices it is still to run, or does not apply. Empty for none. */
export const waitingWords = ({ devices }: RunSummary): string => wordsOf(devices, result => waiting.has(result));

/** All counts, a line for devices and one for users. */
export const allCounts = ({ devices, users }: RunSummary): readonly string[] => [
  ...(devices.size > 0
    ? [
        l10n.t(
          'Devices: {0}',
          wordsOf(devices, () => true),
        ),
      ]
    : []),
  ...(users.size > 0
    ? [
        l10n.t(
          'Users: {0}',
          wordsOf(users, () => true),
        ),
      ]
    : []),
];
