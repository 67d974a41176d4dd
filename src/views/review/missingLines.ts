import { l10n } from 'vscode';
import type { Proposal } from '../../intune/proposal.ts';
import { scriptKey } from '../../intune/script.ts';
import { scriptCount } from '../words/count.ts';
import { deletedGroupName } from '../words/group.ts';
import { scriptLabel } from '../words/script.ts';
import { notChangedWords } from '../words/shortfall.ts';
import { clipped, longestListed } from './clipped.ts';

/** What no plan of a proposal is about, though it was wanted: deleted groups, and scripts that could not be read. */
export const missingLines = (proposal: Pick<Proposal, 'gone' | 'groups' | 'unreadable'>): readonly string[] => [
  ...proposal.gone.map(id => l10n.t('{0} is deleted and left out.', clipped(deletedGroupName(proposal.groups, id), longestListed))),
  ...(proposal.unreadable.length > 0
    ? [l10n.t('{0} could not be read and will not be changed.', scriptCount(proposal.unreadable.length))]
    : []),
];

/** Scripts that stay as they are, though they are not quite as wanted, each with the reason. */
export const notChangedLines = ({
  unchanged,
  shortfalls,
  groups,
}: Pick<Proposal, 'unchanged' | 'shortfalls' | 'groups'>): readonly string[] =>
  unchanged.flatMap(({ script }) => {
    const short = shortfalls.get(scriptKey(script)) ?? [];
    return short.length > 0 ? [notChangedWords(clipped(scriptLabel(script), longestListed), short, groups)] : [];
  });
