import { isApproved, isPending } from '../../intune/history/approvals.ts';
import { canBeUndone, isLeft, isUnsettled, isWritten, type PastChange } from '../../intune/history/pastChange.ts';
import type { ChangeNode } from '../nodes.ts';
import { plainText } from '../plainText.ts';
import { changeLabel, needsAttention, summaryWord } from '../words/change.ts';
import { scriptCount } from '../words/count.ts';
import { inOneLine } from '../words/list.ts';
import { scriptLabel } from '../words/script.ts';
import { type Icon, notDoneIcon, type Row, type RowContext } from './row.ts';

const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'medium' });

function changeIcon(change: PastChange, { approvals }: RowContext): Icon {
  const { writes } = change;
  if (writes.some(({ outcome }) => outcome === 'running')) return { id: 'loading~spin' };
  if (writes.some(isUnsettled)) return { id: 'question', color: 'list.warningForeground' };
  if (writes.some(write => isApproved(write, approvals))) return { id: 'bell-dot' };
  if (writes.some(isPending)) return { id: 'watch' };
  if (needsAttention(change)) return { id: 'warning', color: 'list.warningForeground' };
  if (!writes.some(isWritten)) return notDoneIcon;
  return { id: writes.every(({ undone }) => undone) ? 'discard' : 'check' };
}

const callsForSomebody = (change: PastChange): boolean => change.writes.some(isPending) || needsAttention(change);

/** What can be done with a change. */
const capabilitiesOf = ({ writes }: PastChange): Row['capabilities'] => [
  'change',
  ...(writes.some(canBeUndone) ? (['undo'] as const) : []),
  ...(writes.some(isLeft) ? (['resume'] as const) : []),
  ...(writes.some(isPending) ? (['pending'] as const) : []),
];

/** The row of a change: what it was, of how many scripts, when, and what became of it. */
export function changeRow({ change }: ChangeNode, context: RowContext): Row {
  const { inventory, changes, approvals } = context;
  const { writes, at, account } = change;
  const [only] = writes;
  const scripts = only && writes.length === 1 ? scriptLabel(only.script) : scriptCount(writes.length);
  const label = changeLabel(change, inventory.groups, changes);
  const words = summaryWord(change, approvals);
  const when = new Date(at);
  return {
    label,
    // In a narrow view the end is cut off, which what calls for somebody must not be.
    description: inOneLine(callsForSomebody(change) ? [words, scripts, time.format(when)] : [scripts, time.format(when), words]),
    icon: changeIcon(change, context),
    expandable: true,
    capabilities: capabilitiesOf(change),
    spoken: [label, scripts, time.format(when), words].join(', '),
    tooltip: [label, inOneLine([scripts, words]), dateAndTime.format(when), plainText(account)],
  };
}
