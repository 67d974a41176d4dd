import { l10n, window } from 'vscode';
import { type Confirmation, confirmationOf, type Proposal } from '../../intune/proposal.ts';
import { plainText } from '../plainText.ts';
import { groupLabel } from '../words/group.ts';
import { reachWords, reviewText } from './reviewText.ts';

export interface ReviewSettings {
  readonly confirmAbove: number;
  readonly protectedGroups: readonly string[];
}

const sameText = (a: string, b: string): boolean => plainText(a).trim().toLocaleLowerCase() === plainText(b).trim().toLocaleLowerCase();

function promptOf(confirmation: Confirmation, { groups }: Proposal): string {
  if (confirmation.kind === 'number') {
    return l10n.t('This reaches up to {0}. Type {1} to go on.', reachWords(confirmation), confirmation.text);
  }
  const name = groupLabel(groups, confirmation.groupId);
  return confirmation.reason === 'protected'
    ? l10n.t('{0} is a protected group. Type its name to go on.', name)
    : l10n.t('How many {0} reaches cannot be read. Type its name to go on.', name);
}

/** Has the user type what {@link confirmationOf} wants. Resolves to whether to go on. */
export async function askConfirmation(proposal: Proposal, settings: ReviewSettings): Promise<boolean> {
  const confirmation = confirmationOf(proposal, settings);
  if (!confirmation) return true;
  const typed = await window.showInputBox({
    title: reviewText(proposal, 0).message,
    prompt: promptOf(confirmation, proposal),
    ignoreFocusOut: true,
    validateInput: text => (sameText(text, confirmation.text) ? undefined : l10n.t('Type “{0}”', plainText(confirmation.text))),
  });
  return typed !== undefined && sameText(typed, confirmation.text);
}

/** What a review ended with. `detectOnly`: the assignments of which Intune does not tell shall only detect. */
export type ReviewChoice = 'apply' | 'detectOnly' | 'plan';

/** Shows the review. `now` is in milliseconds since the epoch. Undefined when the user leaves it. */
export async function askReview(proposal: Proposal, now: number): Promise<ReviewChoice | undefined> {
  const { message, detail, act } = reviewText(proposal, now);
  const assumed = proposal.plans.some(({ remediationAssumed }) => remediationAssumed);
  const choices: readonly (readonly [string, ReviewChoice])[] = [
    [act, 'apply'],
    ...(assumed ? [[l10n.t('Keep as Detect Only…'), 'detectOnly'] as const] : []),
    [l10n.t('Show Plan'), 'plan'],
  ];
  const chosen = await window.showWarningMessage(message, { modal: true, detail }, ...choices.map(([label]) => label));
  return choices.find(([label]) => label === chosen)?.[1];
}
