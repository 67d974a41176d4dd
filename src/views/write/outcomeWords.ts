import { l10n } from 'vscode';
import type { ScriptRef } from '../../intune/model/script.ts';
import { type Plan, toldRows } from '../../intune/plan/plan.ts';
import { shownSet, type WriteOutcome } from '../../intune/write/outcome.ts';
import { errorText, errorWords } from '../errorWords.ts';
import { scriptLabel } from '../words/script.ts';
import { isExclusion } from '../words/target.ts';

/** Whether a script is as wanted now. */
export const succeeded = (outcome: WriteOutcome): boolean => outcome.kind === 'written' && !outcome.replaced;

/** Rows of other people's groups make the whole list be refused where a role is scoped to some groups. */
const outsideScope = (plan: Plan | undefined, outcome: WriteOutcome): boolean =>
  outcome.kind === 'failed' &&
  outcome.error.kind === 'forbidden' &&
  plan?.rows.some(({ action, assignment }) => action === 'keep' && assignment.target.groupId !== undefined) === true;

/** Whether a plan does nothing but add whom a script reaches. */
export const onlyAssigns = (plan: Plan | undefined): boolean =>
  plan !== undefined && toldRows(plan).every(({ action, assignment }) => action === 'add' && !isExclusion(assignment.target));

const doneSentence = (name: string, plan: Plan | undefined): string =>
  onlyAssigns(plan) ? l10n.t('{0} is assigned.', name) : l10n.t('The assignments of {0} are changed.', name);

function withReason(name: string, reason: (WriteOutcome & { readonly kind: 'notSent' })['reason']): string {
  switch (reason) {
    case 'journal':
      return l10n.t('{0} was not written: the journal on this computer cannot be written, and nothing is changed without it.', name);
    case 'writeMethod':
      return l10n.t('{0} was not written: the setting intuneScripts.writeMethod allows nothing but adding a single group.', name);
    case 'busy':
      return l10n.t('{0} was not written: another window looks after changes. Try again in a moment.', name);
    case 'passed':
      return l10n.t('{0} was not written: the date of its run-once schedule has passed, and devices would run it at once.', name);
    case 'late':
      return l10n.t('{0} was not written: it took too long. Try again.', name);
    case 'notWaiting':
      return l10n.t('{0} was not written: its change does not wait for approval any more.', name);
  }
}

function failedWords(name: string, outcome: WriteOutcome & { readonly kind: 'failed' }, plan: Plan | undefined): string {
  const text = errorText(errorWords(outcome.error, l10n.t('The assignments of {0} could not be changed.', name)));
  return outsideScope(plan, outcome) ? l10n.t('{0} It is also assigned to groups that may be outside the scope of your role.', text) : text;
}

/** After a lost answer, what Intune shows is said, and that it tells nothing for certain. */
function unknownWords(name: string, { now, asked }: WriteOutcome & { readonly kind: 'unknown' }, plan: Plan | undefined): string {
  if (asked) return l10n.t('{0}: the answer was lost. A request for its approval may be waiting: look in the Intune admin center.', name);
  switch (plan && now ? shownSet(plan, now) : 'before') {
    case 'before':
      return l10n.t('{0}: the answer was lost, and Intune does not show the change. It may still be made: refresh in a few minutes.', name);
    case 'wanted':
      return l10n.t('{0}: the answer was lost. Intune shows the change, but that may be an older state: refresh in a few minutes.', name);
    case 'another':
      return l10n.t(
        '{0}: the answer was lost, and Intune shows other assignments. It is not known whether your change was made: look at them.',
        name,
      );
  }
}

/** What became of one script, in a sentence or two that name it. `plan` is the one that was written. */
export function outcomeWords(script: ScriptRef, outcome: WriteOutcome, plan?: Plan): string {
  const name = scriptLabel(script);
  switch (outcome.kind) {
    case 'written':
      if (!outcome.visible) return l10n.t('{0} Intune does not show it yet.', doneSentence(name, plan));
      return outcome.replaced
        ? l10n.t('{0} Somebody may have changed it just before, and that is not there any more: look at it.', doneSentence(name, plan))
        : doneSentence(name, plan);
    case 'changedAfter':
      return outcome.missing.length > 0
        ? l10n.t('{0} was written, but assignments are missing now. Refresh and look at them.', name)
        : l10n.t('{0} Somebody else changed its assignments at the same time.', doneSentence(name, plan));
    case 'conflict':
      return l10n.t('{0} was changed since the plan was made, and stays as it is.', name);
    case 'unknown':
      return unknownWords(name, outcome, plan);
    case 'needsApproval':
      return l10n.t('{0} was not written: Multi Admin Approval protects it, and nobody was asked yet.', name);
    case 'pending':
      return l10n.t('The change of {0} waits for the approval of another administrator.', name);
    case 'cancelled':
      return l10n.t('{0} was not written: canceled.', name);
    case 'notSent':
      return withReason(name, outcome.reason);
    case 'failed':
      return failedWords(name, outcome, plan);
  }
}
