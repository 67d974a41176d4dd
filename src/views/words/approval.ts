import { l10n } from 'vscode';
import type { ApprovalState } from '../../intune/history/approvals.ts';
import type { PastWrite } from '../../intune/history/pastChange.ts';
import { amount } from './count.ts';

/** How a request for approval stands, in a word or two; undefined where nobody knows how. */
export function approvalWord(state: ApprovalState | undefined): string {
  switch (state) {
    case 'approved':
      return l10n.t('approved, to be finished');
    case 'rejected':
      return l10n.t('rejected');
    case 'expired':
      return l10n.t('request expired');
    case 'cancelled':
      return l10n.t('request canceled');
    case 'completed':
      return l10n.t('completed');
    case 'needsApproval':
    case undefined:
      return l10n.t('waits for approval');
  }
}

/** How a request ended that nobody finished. */
export const refusedAs = (state: ApprovalState | undefined): PastWrite['refused'] =>
  state === 'rejected' || state === 'expired' ? state : 'cancelled';

/** Why a request ended that nobody finished, as a sentence that names its script. */
export function refusedWords(name: string, refused: PastWrite['refused']): string {
  switch (refused) {
    case 'rejected':
      return l10n.t('The request to change {0} was rejected. Nothing was changed.', name);
    case 'expired':
      return l10n.t('The request to change {0} has expired. Nothing was changed.', name);
    default:
      return l10n.t('The request to change {0} was canceled. Nothing was changed.', name);
  }
}

/** How many requests wait for another administrator, or for whoever asked. */
export const pendingWords = (count: number): string =>
  count === 1 ? l10n.t('1 change waits for approval.') : l10n.t('{0} changes wait for approval.', amount(count));
