import { l10n } from 'vscode';
import { isApproved, isPending, stateOf } from '../../intune/history/approvals.ts';
import { canBeUndone, isLeft, isUnsettled, isWritten, type PastChange, type PastWrite } from '../../intune/history/pastChange.ts';
import {
  approvalWord,
  changeLabel,
  differenceWords,
  groupsOf,
  needsAttention,
  outcomeWord,
  summaryWord,
  unsettledWords,
} from '../../ui/format/change.ts';
import { amount, inOneLine, scriptCount } from '../../ui/format/count.ts';
import { scriptKindName } from '../../ui/format/family.ts';
import { scriptLabel } from '../../ui/format/names.ts';
import type { ChangedScriptNode, ChangeNode, DayNode, UnsettledNode } from '../../ui/nodes.ts';
import { plainText } from '../../ui/plainText.ts';
import { dayOf } from './changesTree.ts';
import { type Icon, notDoneIcon, type Row, type RowContext, warningIcon } from './row.ts';

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

const dayLength = 24 * 3_600_000;
const format = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

function dayWords(day: string, now: number): string {
  if (day === dayOf(now)) return l10n.t('Today');
  if (day === dayOf(now - dayLength)) return l10n.t('Yesterday');
  // Noon is on the same day wherever clocks are changed.
  return format.format(new Date(`${day}T12:00:00`));
}

/** The row of a day. The newest one is open from the start. */
export function dayRow({ day }: DayNode, { now, changes = [] }: RowContext): Row {
  const count = changes.filter(({ at }) => dayOf(at) === day).length;
  const label = dayWords(day, now);
  const description = count === 1 ? l10n.t('1 change') : l10n.t('{0} changes', count);
  return {
    label,
    description,
    icon: { id: 'calendar' },
    expandable: true,
    expanded: changes[0] !== undefined && dayOf(changes[0].at) === day,
    capabilities: [],
    spoken: [label, description].join(', '),
    tooltip: [label, description],
  };
}

/** The row of writes that nobody knows the outcome of, while nobody is signed in who could look. */
export function unsettledRow({ count }: UnsettledNode): Row {
  const label = count === 1 ? l10n.t('Sign in to check 1 script') : l10n.t('Sign in to check {0} scripts', amount(count));
  const words = unsettledWords(count);
  return {
    label,
    icon: { id: 'question', color: 'list.warningForeground' },
    expandable: false,
    capabilities: [],
    command: 'signIn',
    spoken: [label, words].join(', '),
    tooltip: [label, words],
  };
}
