import { l10n } from 'vscode';
import { scriptKey } from '../../intune/model/script.ts';
import type { Proposal } from '../../intune/plan/proposal.ts';
import { scriptCount } from '../../ui/format/count.ts';
import { notChangedWords, shortfallWords } from '../../ui/format/limitation.ts';
import { clipped, deletedGroupName, longestListed, scriptLabel } from '../../ui/format/names.ts';

/** What no plan of a proposal is about, though it was wanted: deleted groups, and scripts that could not be read. */
export const missingLines = (proposal: Pick<Proposal, 'gone' | 'groups' | 'unreadable'>): readonly string[] => [
  ...proposal.gone.map(id => l10n.t('{0} is deleted and left out.', clipped(deletedGroupName(proposal.groups, id), longestListed))),
  ...(proposal.unreadable.length > 0
    ? [l10n.t('{0} could not be read and will not be changed.', scriptCount(proposal.unreadable.length))]
    : []),
];

type NotChanged = Pick<Proposal, 'unchanged' | 'shortfalls' | 'groups'>;

/** Scripts of which nothing is done, though something was wanted, and why. */
const notChanged = ({ unchanged, shortfalls }: NotChanged) =>
  unchanged.flatMap(({ script }) => {
    const reasons = shortfalls.get(scriptKey(script)) ?? [];
    return reasons.length > 0 ? [{ name: clipped(scriptLabel(script), longestListed), reasons }] : [];
  });

/** Scripts that stay as they are, though they are not as wanted, each with the reason. */
export const notChangedLines = (proposal: NotChanged): readonly string[] =>
  notChanged(proposal).map(({ name, reasons }) => notChangedWords(name, reasons, proposal.groups));

/** As many of several scripts are named. */
const mostNamed = 3;

/** The same in one line, with the reason where all have the same. */
export function notChangedSummary(proposal: NotChanged): readonly string[] {
  const all = notChanged(proposal);
  const count = all.length;
  if (count < 2) return notChangedLines(proposal);
  const named = all.slice(0, count > mostNamed ? mostNamed - 1 : mostNamed).map(({ name }) => name);
  const names = [...named, ...(count > mostNamed ? [l10n.t('{0} more', count - named.length)] : [])].join(', ');
  const [why = '', ...others] = new Set(all.map(({ reasons }) => reasons.map(one => shortfallWords(one, proposal.groups)).join(' ')));
  const reason = others.length > 0 ? l10n.t('Show Plan says why.') : why;
  return [l10n.t('{0} are not changed: {1}. {2}', scriptCount(count), names, reason)];
}
