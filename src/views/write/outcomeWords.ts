import { l10n } from 'vscode';
import type { Plan } from '../../intune/plan.ts';
import type { ScriptRef } from '../../intune/script.ts';
import type { WriteOutcome } from '../../intune/write/outcome.ts';
import { errorText, errorWords } from '../errorWords.ts';
import { scriptLabel } from '../words/script.ts';

/** Whether a script is as wanted now. */
export const succeeded = ({ kind }: WriteOutcome): boolean => kind === 'written';

/** Rows of other people's groups make the whole list be refused where a role is scoped to some groups. */
const outsideScope = (plan: Plan | undefined, outcome: WriteOutcome): boolean =>
  outcome.kind === 'failed' &&
  outcome.error.kind === 'forbidden' &&
  plan?.rows.some(({ action, assignment }) => action === 'keep' && assignment.target.groupId !== undefined) === true;

/** What became of one script, in a sentence or two that name it. `plan` is the one that was written. */
export function outcomeWords(script: ScriptRef, outcome: WriteOutcome, plan?: Plan): string {
  const name = scriptLabel(script);
  switch (outcome.kind) {
    case 'written':
      return outcome.visible ? l10n.t('{0} is assigned.', name) : l10n.t('{0} is assigned. Intune does not show it yet.', name);
    case 'changedAfter':
      return outcome.missing.length > 0
        ? l10n.t('{0} was written, but assignments are missing now. Refresh and look at them.', name)
        : l10n.t('{0} is assigned, and somebody else changed its assignments at the same time.', name);
    case 'conflict':
      return l10n.t('{0} was changed by somebody else since the plan was made. Nothing was written.', name);
    case 'unknown':
      return l10n.t('{0}: the answer was lost, and Intune does not show the change. Refresh in a minute before you try again.', name);
    case 'cancelled':
      return l10n.t('{0} was not written: canceled.', name);
    case 'failed': {
      const words = errorWords(outcome.error, l10n.t('{0} could not be assigned.', name));
      const text = words ? errorText(words) : name;
      return outsideScope(plan, outcome)
        ? l10n.t('{0} It is also assigned to groups that may be outside the scope of your role.', text)
        : text;
    }
  }
}
