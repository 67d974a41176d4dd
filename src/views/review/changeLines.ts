import { l10n } from 'vscode';
import { recipientKey } from '../../intune/model/assignment.ts';
import { isTurned, type Plan, type PlannedRow, toldRows } from '../../intune/plan/plan.ts';
import type { Proposal } from '../../intune/plan/proposal.ts';
import { assignmentWords } from '../words/assignment.ts';
import { clipped, longestListed } from '../words/clipped.ts';
import { inOneLine } from '../words/list.ts';
import { reachWords } from '../words/reach.ts';
import { isExclusion, targetLabel } from '../words/target.ts';

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
      if (isTurned(plan, row)) {
        return excluded
          ? l10n.t('{0} will be excluded instead of included', name)
          : inOneLine([l10n.t('{0} will be included instead of excluded', name), reach, ...runWords(plan, row, proposal, now)]);
      }
      return excluded ? l10n.t('Excludes {0}', name) : inOneLine([name, reach, ...runWords(plan, row, proposal, now)]);
    case 'change':
      return inOneLine([l10n.t('Changes {0}', name), reach, ...runWords(plan, row, proposal, now)]);
    case 'remove':
      return excluded ? inOneLine([l10n.t('No longer excludes {0}', name), reach]) : l10n.t('Removes {0}', name);
    default:
      return undefined;
  }
}

/** What turns into its opposite comes first, then who is reached, for a long list is cut at its end. */
function rankOf(plan: Plan, row: PlannedRow): number {
  if (isTurned(plan, row)) return 0;
  if (row.action === 'change') return 2;
  return (row.action === 'add') !== isExclusion(row.assignment.target) ? 1 : 3;
}

/** What a proposal changes, one line for each target and kind of change, whatever the number of scripts. */
export function changeLines(proposal: Proposal, now: number): readonly string[] {
  const rows = proposal.plans.flatMap(plan => toldRows(plan).map(row => ({ plan, row })));
  const ranked = rows.toSorted((a, b) => rankOf(a.plan, a.row) - rankOf(b.plan, b.row));
  return [...new Set(ranked.flatMap(({ plan, row }) => changeLine(plan, row, proposal, now) ?? []))];
}
