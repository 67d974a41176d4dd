import { l10n } from 'vscode';
import { recipientKey } from '../../intune/assignment.ts';
import type { Plan, PlannedRow } from '../../intune/plan.ts';
import type { Proposal } from '../../intune/proposal.ts';
import { assignmentWords } from '../words/assignment.ts';
import { inOneLine } from '../words/list.ts';
import { isExclusion, targetLabel } from '../words/target.ts';
import { clipped, longestListed } from './clipped.ts';
import { reachWords } from './reachWords.ts';

/** How a row of a remediation runs, in words; nothing for what is excluded and for other families. */
const runWords = ({ script }: Plan, { assignment }: PlannedRow, { connection }: Proposal, now: number): readonly (string | undefined)[] =>
  isExclusion(assignment.target) ? [] : assignmentWords(script.family, assignment, now, connection.inventory.filters());

function changeLine(plan: Plan, row: PlannedRow, proposal: Proposal, now: number): string | undefined {
  const { groups, reached } = proposal;
  const { target } = row.assignment;
  const name = clipped(targetLabel(target, groups), longestListed);
  const counts = reached.find(one => recipientKey(one.target) === recipientKey(target))?.reach;
  const everyone = target.kind === 'allDevices' || target.kind === 'allUsers';
  const reach = counts && !everyone ? reachWords(counts) : undefined;
  const excluded = isExclusion(target);
  switch (row.action) {
    case 'add':
      return excluded ? l10n.t('Excludes {0}', name) : inOneLine([name, reach, ...runWords(plan, row, proposal, now)]);
    case 'change':
      return inOneLine([l10n.t('Changes {0}', name), reach, ...runWords(plan, row, proposal, now)]);
    case 'remove':
      return excluded ? inOneLine([l10n.t('No longer excludes {0}', name), reach]) : l10n.t('Removes {0}', name);
    default:
      return undefined;
  }
}

/** Who is reached comes first, for a long list is cut at its end. */
function rankOf({ action, assignment: { target } }: PlannedRow): number {
  if (action === 'change') return 1;
  return (action === 'add') !== isExclusion(target) ? 0 : 2;
}

/** What a proposal changes, one line for each target and kind of change, whatever the number of scripts. */
export function changeLines(proposal: Proposal, now: number): readonly string[] {
  const rows = proposal.plans.flatMap(plan => plan.rows.map(row => ({ plan, row })));
  const ranked = rows.toSorted((a, b) => rankOf(a.row) - rankOf(b.row));
  return [...new Set(ranked.flatMap(({ plan, row }) => changeLine(plan, row, proposal, now) ?? []))];
}
