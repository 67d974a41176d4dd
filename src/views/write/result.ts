import { l10n } from 'vscode';
import { scriptKey } from '../../intune/model/script.ts';
import type { Plan } from '../../intune/plan/plan.ts';
import type { Proposal } from '../../intune/plan/proposal.ts';
import type { WriteOutcome } from '../../intune/write/outcome.ts';
import { tenantTitle } from '../connectionWords.ts';
import { errorText, errorWords } from '../errorWords.ts';
import { scriptCount } from '../words/count.ts';
import { deletedGroupName } from '../words/group.ts';
import { scriptLabel } from '../words/script.ts';
import { notChangedWords } from '../words/shortfall.ts';
import { doneWords } from './doneWords.ts';
import { onlyAssigns, outcomeWords, succeeded } from './outcomeWords.ts';

/** A plan and what became of it. */
export interface Written {
  readonly plan: Plan;
  readonly outcome: WriteOutcome;
}

const goneWords = ({ groups }: Pick<Proposal, 'groups'>, id: string): string =>
  l10n.t('The group {0} was deleted meanwhile. Nothing new is assigned to it.', deletedGroupName(groups, id));

/** Whether nothing but what is gone was to be changed: no change is left of it, or only removals. */
export const takesAway = (changes: Plan['changes']): boolean => changes.every(({ kind }) => kind === 'remove');

/** A script that is left as it is: because it is as wanted, because what was to be removed is gone, or because it cannot be done. */
function unchangedWords(proposal: Pick<Proposal, 'shortfalls' | 'groups' | 'undoes'>, { script, changes }: Plan): string {
  const { shortfalls, groups, undoes } = proposal;
  const name = scriptLabel(script);
  const short = shortfalls.get(scriptKey(script)) ?? [];
  if (short.length > 0) return notChangedWords(name, short, groups);
  if (undoes !== undefined) return l10n.t('{0} is as it was before already.', name);
  return takesAway(changes) ? l10n.t('{0} is not assigned like this any more.', name) : l10n.t('{0} has these assignments already.', name);
}

/** The lines of a result, one for each script: those that failed first, then those that wait for approval. */
export function resultLines(
  proposal: Pick<Proposal, 'unchanged' | 'unreadable' | 'shortfalls' | 'gone' | 'groups' | 'undoes'>,
  written: readonly Written[],
): readonly string[] {
  const { unchanged, unreadable, gone } = proposal;
  const waiting = written.filter(({ outcome }) => outcome.kind === 'pending');
  const failed = written.filter(({ outcome }) => outcome.kind !== 'pending' && !succeeded(outcome));
  const done = written.filter(({ outcome }) => succeeded(outcome));
  const lines = (some: readonly Written[]): readonly string[] => some.map(({ plan, outcome }) => outcomeWords(plan.script, outcome, plan));
  return [
    ...lines(failed),
    ...unreadable.map(({ script, error }) =>
      errorText(errorWords(error, l10n.t('{0} could not be read, so nothing was written.', scriptLabel(script)))),
    ),
    ...gone.map(id => goneWords(proposal, id)),
    ...lines(waiting),
    ...lines(done),
    // With nothing left to add, that a script has all the rest says nothing.
    ...(gone.length > 0 && written.length === 0 ? [] : unchanged.map(plan => unchangedWords(proposal, plan))),
  ];
}

/** What became of the one script, naming whom it is about where that is one. */
function onlyWords({ plan, outcome }: Written, { groups }: Proposal): string {
  const done = outcome.kind === 'written' && outcome.visible && !outcome.replaced ? doneWords(plan, groups) : undefined;
  return done ?? outcomeWords(plan.script, outcome, plan);
}

/** That not all was done that was wanted, though nothing failed; undefined where it was. */
function leftWords({ unchanged, plans, shortfalls }: Proposal): string | undefined {
  const isShort = ({ script }: Plan): boolean => (shortfalls.get(scriptKey(script)) ?? []).length > 0;
  const left = unchanged.filter(isShort).length;
  if (left === 1) return l10n.t('1 script is not changed: Show Report says why.');
  if (left > 1) return l10n.t('{0} are not changed: Show Report says why.', scriptCount(left));
  return plans.some(isShort) ? l10n.t('Show Report says what was left out.') : undefined;
}

/** The result in a sentence or two, and whether all of it went well. */
export function resultSummary(proposal: Proposal, written: readonly Written[]): { readonly text: string; readonly ok: boolean } {
  const { text, ok } = writtenSummary(proposal, written);
  const left = ok ? leftWords(proposal) : undefined;
  return { text: left === undefined ? text : `${text} ${left}`, ok };
}

function writtenSummary(proposal: Proposal, written: readonly Written[]): { readonly text: string; readonly ok: boolean } {
  const tenant = tenantTitle(proposal.connection);
  const [only] = written;
  const waiting = written.filter(({ outcome }) => outcome.kind === 'pending').length;
  const failed = written.filter(({ outcome }) => !succeeded(outcome)).length - waiting + proposal.unreadable.length;
  if (only && written.length === 1 && proposal.unreadable.length === 0) {
    return { text: onlyWords(only, proposal), ok: failed === 0 };
  }
  const done = written.length + proposal.unreadable.length - failed - waiting;
  if (waiting > 0 && failed === 0) {
    const words =
      waiting === 1
        ? l10n.t('1 script in {0} waits for the approval of another administrator.', tenant)
        : l10n.t('{0} in {1} wait for the approval of another administrator.', scriptCount(waiting), tenant);
    const changed = done === 1 ? l10n.t('1 script is changed.') : l10n.t('{0} are changed.', scriptCount(done));
    return { text: done > 0 ? `${changed} ${words}` : words, ok: true };
  }
  const assigned = written.every(({ plan }) => onlyAssigns(plan));
  if (failed === 0) {
    const words = assigned
      ? l10n.t('{0} are assigned in {1}.', scriptCount(done), tenant)
      : l10n.t('{0} are changed in {1}.', scriptCount(done), tenant);
    return { text: words, ok: true };
  }
  const first = resultLines(proposal, written)[0] ?? '';
  const total = scriptCount(written.length + proposal.unreadable.length);
  const words = assigned
    ? l10n.t('{0} of {1} are assigned in {2}.', done, total, tenant)
    : l10n.t('{0} of {1} are changed in {2}.', done, total, tenant);
  return { text: `${words} ${first}`, ok: false };
}
