import { l10n } from 'vscode';
import type { Plan } from '../../intune/plan.ts';
import type { Proposal } from '../../intune/proposal.ts';
import type { WriteOutcome } from '../../intune/write/outcome.ts';
import { errorText, errorWords } from '../errorWords.ts';
import { plainText } from '../plainText.ts';
import { scriptCount } from '../words/count.ts';
import { scriptLabel } from '../words/script.ts';
import { outcomeWords, succeeded } from './outcomeWords.ts';

/** A plan and what became of it. */
export interface Written {
  readonly plan: Plan;
  readonly outcome: WriteOutcome;
}

/** The lines of a result, one for each script, those that failed first. */
export function resultLines(
  { unchanged, unreadable }: Pick<Proposal, 'unchanged' | 'unreadable'>,
  written: readonly Written[],
): readonly string[] {
  const failed = written.filter(({ outcome }) => !succeeded(outcome));
  const done = written.filter(({ outcome }) => succeeded(outcome));
  const lines = (some: readonly Written[]): readonly string[] => some.map(({ plan, outcome }) => outcomeWords(plan.script, outcome, plan));
  return [
    ...lines(failed),
    ...unreadable.flatMap(({ script, error }) => {
      const words = errorWords(error, l10n.t('{0} could not be read, so nothing was written.', scriptLabel(script)));
      return words ? [errorText(words)] : [];
    }),
    ...lines(done),
    ...unchanged.map(script => l10n.t('{0} is assigned like this already.', scriptLabel(script))),
  ];
}

/** The result in one sentence, and whether all of it went well. */
export function resultSummary(proposal: Proposal, written: readonly Written[]): { readonly text: string; readonly ok: boolean } {
  const tenant = plainText(proposal.connection.tenantName);
  const [only] = written;
  const failed = written.filter(({ outcome }) => !succeeded(outcome)).length + proposal.unreadable.length;
  if (only && written.length === 1 && proposal.unreadable.length === 0) {
    return { text: outcomeWords(only.plan.script, only.outcome, only.plan), ok: failed === 0 };
  }
  const done = written.length + proposal.unreadable.length - failed;
  if (failed === 0) return { text: l10n.t('{0} are assigned in {1}.', scriptCount(done), tenant), ok: true };
  const first = resultLines(proposal, written)[0] ?? '';
  const total = scriptCount(written.length + proposal.unreadable.length);
  return { text: l10n.t('{0} of {1} are assigned in {2}. {3}', done, total, tenant, first), ok: false };
}
