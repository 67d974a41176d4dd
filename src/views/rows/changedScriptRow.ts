import { l10n } from 'vscode';
import { isApproved, isPending, stateOf } from '../../intune/history/approvals.ts';
import { canBeUndone, isLeft, isUnsettled, isWritten, type PastWrite } from '../../intune/history/pastChange.ts';
import type { ChangedScriptNode } from '../nodes.ts';
import { approvalWord } from '../words/approval.ts';
import { differenceWords, groupsOf, outcomeWord } from '../words/change.ts';
import { scriptKindName } from '../words/family.ts';
import { inOneLine } from '../words/list.ts';
import { scriptLabel } from '../words/script.ts';
import { type Icon, notDoneIcon, type Row, type RowContext, warningIcon } from './row.ts';

function scriptIcon(write: PastWrite, { approvals }: RowContext): Icon {
  const { outcome, undone, refused } = write;
  if (undone) return { id: 'discard' };
  if (refused === 'cancelled') return notDoneIcon;
  if (isUnsettled({ outcome }) || outcome === 'undecided') return { id: 'question', color: 'list.warningForeground' };
  switch (outcome) {
    case 'pending':
      return { id: isApproved(write, approvals) ? 'bell-dot' : 'watch' };
    case 'written':
    case 'changedAfter':
      return { id: 'check' };
    case 'running':
      return { id: 'loading~spin' };
    case 'notStarted':
    case 'cancelled':
      return notDoneIcon;
    default:
      return warningIcon;
  }
}

/** What a row says that a write did, or was to do. */
const effectWords = (node: ChangedScriptNode, context: RowContext): readonly string[] => {
  const groups = groupsOf(node.change, context.inventory.groups);
  return node.write.differences.map(difference => differenceWords(difference, groups, isWritten(node.write)));
};

/** What became of it; of what waits for approval, how that stands. */
function wordsOf(write: PastWrite, { approvals }: RowContext): string {
  if (write.undone) return l10n.t('undone');
  if (write.refused) return approvalWord(write.refused);
  return isPending(write) ? approvalWord(approvals && stateOf(write, approvals)) : outcomeWord(write.outcome);
}

/** The row of a script below a change: what became of it, and what was done to it. */
export function changedScriptRow(node: ChangedScriptNode, context: RowContext): Row {
  const { write } = node;
  const label = scriptLabel(write.script);
  const words = wordsOf(write, context);
  const effects = effectWords(node, context);
  return {
    label,
    description: inOneLine(isPending(write) ? [words, effects.join(', ')] : [effects.join(', '), words]),
    icon: scriptIcon(write, context),
    expandable: false,
    capabilities: [
      'change',
      ...(canBeUndone(write) ? (['undo'] as const) : []),
      ...(isLeft(write) ? (['resume'] as const) : []),
      ...(isPending(write) ? (['pending'] as const) : []),
    ],
    spoken: [l10n.t("{0} '{1}'", scriptKindName(write.script.family), label), ...effects, words].join(', '),
    tooltip: [label, scriptKindName(write.script.family), words, ...effects],
  };
}
