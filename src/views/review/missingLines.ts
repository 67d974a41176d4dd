import { l10n } from 'vscode';
import type { Proposal } from '../../intune/proposal.ts';
import { visibleName } from '../plainText.ts';
import { scriptCount } from '../words/count.ts';
import { shortId } from '../words/group.ts';
import { clipped, longestListed } from './clipped.ts';

/** A deleted group goes by the name with which it was picked. */
const goneName = ({ groups }: Pick<Proposal, 'groups'>, id: string): string =>
  clipped(visibleName(groups.get(id)?.name) ?? shortId(id), longestListed);

/** What no plan of a proposal is about, though it was wanted: deleted groups, and scripts that could not be read. */
export const missingLines = (proposal: Pick<Proposal, 'gone' | 'groups' | 'unreadable'>): readonly string[] => [
  ...proposal.gone.map(id => l10n.t('{0} is deleted and left out.', goneName(proposal, id))),
  ...(proposal.unreadable.length > 0
    ? [l10n.t('{0} could not be read and will not be changed.', scriptCount(proposal.unreadable.length))]
    : []),
];
