import { l10n, window } from 'vscode';
import { type Confirmation, type ConfirmationSettings, confirmationOf, type Proposal } from '../../intune/plan/proposal.ts';
import { plainText, visibleName, withoutIcons, withoutLinks } from '../plainText.ts';
import { reachWords } from '../words/reach.ts';
import { targetLabel } from '../words/target.ts';
import { type Question, reviewText } from './reviewText.ts';

/** As a person types it: without regard to case, kind and number of spaces, and how letters are composed. */
const typed = (text: string): string => plainText(text).normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

/** What is to be typed: the number, or what the target is called. Its id stands for a name that nobody could type. */
function wantedText(confirmation: Confirmation, { groups }: Proposal): string {
  if (confirmation.kind === 'number') return String(confirmation.devices + confirmation.users);
  const { target } = confirmation;
  const name = target.groupId === undefined ? targetLabel(target, groups) : plainText(groups.get(target.groupId)?.name ?? '').trim();
  return visibleName(name) === undefined ? (target.groupId ?? '') : name;
}

/** Whether the text is what is to be typed; the id of a group does for its name, which may be one that nobody can type. */
function confirms(text: string, wanted: string, confirmation: Confirmation): boolean {
  if (typed(wanted) !== '' && typed(text) === typed(wanted)) return true;
  if (confirmation.kind === 'number') return /^\d[\d\s.,’']*$/.test(typed(text)) && typed(text).replace(/\D/g, '') === wanted;
  return confirmation.kind === 'name' && confirmation.target.groupId !== undefined && typed(text) === confirmation.target.groupId;
}

/** Input boxes show links and icons in what they say. */
const harmless = (text: string): string => withoutIcons(withoutLinks(text));

function promptOf(confirmation: Confirmation, { groups }: Proposal): string {
  if (confirmation.kind === 'number') {
    return l10n.t('This reaches up to {0}. Type {1} to go on.', reachWords(confirmation), confirmation.devices + confirmation.users);
  }
  const name = targetLabel(confirmation.target, groups);
  switch (confirmation.reason) {
    case 'protected':
      return l10n.t('{0} is a protected group. Type its name to go on.', name);
    case 'maybeProtected':
      return l10n.t('The setting protectedGroups cannot be used, so {0} may be a protected group. Type its name to go on.', name);
    case 'everyone':
      return l10n.t('This reaches everybody in the tenant. Type “{0}” to go on.', name);
    case 'unknownReach':
      return l10n.t('How many {0} reaches cannot be read. Type its name to go on.', name);
  }
}

/** Has the user type what {@link confirmationOf} wants. `question` is the one that was asked. Resolves to whether to go on. */
export async function askConfirmation(
  proposal: Proposal,
  settings: ConfirmationSettings,
  question = reviewText(proposal, 0).message,
): Promise<boolean> {
  const confirmation = confirmationOf(proposal, settings);
  if (!confirmation) return true;
  const wanted = wantedText(confirmation, proposal);
  const answer = await window.showInputBox({
    title: harmless(question),
    prompt: harmless(promptOf(confirmation, proposal)),
    ignoreFocusOut: true,
    validateInput: text => (confirms(text, wanted, confirmation) ? undefined : harmless(l10n.t('Type “{0}”', wanted))),
  });
  return answer !== undefined && confirms(answer, wanted, confirmation);
}

/** What a review ended with. */
export type ReviewChoice = 'apply' | 'plan';

/** Shows the review. `now` is in milliseconds since the epoch. Undefined when the user leaves it. */
export async function askReview(proposal: Proposal, now: number, question?: Question): Promise<ReviewChoice | undefined> {
  const { message, detail, act } = reviewText(proposal, now, question);
  const showPlan = l10n.t('Show Plan');
  const chosen = await window.showWarningMessage(message, { modal: true, detail }, act, showPlan);
  if (chosen === act) return 'apply';
  return chosen === showPlan ? 'plan' : undefined;
}
