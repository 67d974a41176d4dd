import { l10n } from 'vscode';
import type { Assignment } from '../intune/assignment.ts';
import type { Remediates } from '../intune/plan.ts';
import type { PickOne } from '../views/scriptPicker/pickRow.ts';
import { assignmentCount } from '../views/words/count.ts';

/** A row of a remediation, and what is known of it. */
export interface FlaggedRow {
  readonly row: Assignment;
  readonly remediates: Remediates;
}

/**
 * Asks once whether the copies of rows shall remediate of which nobody knows it: Intune does not tell. What is known stays; exclusions run
 * nothing. Resolves to what completes knowledge, or to undefined when the user leaves.
 */
export async function askRemediates(
  { pickOne }: { readonly pickOne: PickOne },
  rows: readonly FlaggedRow[],
): Promise<((known: Remediates) => Remediates) | undefined> {
  const unknown = rows.filter(({ row, remediates }) => row.target.kind !== 'exclusionGroup' && remediates(row) === undefined);
  if (unknown.length === 0) return known => known;
  const words = {
    title: l10n.t('Remediate or Only Detect'),
    placeholder:
      unknown.length === 1
        ? l10n.t('Intune does not tell what the assignment does. Choose for the new one')
        : l10n.t('Intune does not tell what {0} do. Choose for the new ones', assignmentCount(unknown.length)),
  };
  const answer = await pickOne(
    [
      { kind: 'choice', label: l10n.t('Remediate'), description: l10n.t('Fix what is detected'), icon: 'tools', value: true },
      { kind: 'choice', label: l10n.t('Only Detect'), description: l10n.t('Report, and fix nothing'), icon: 'search', value: false },
    ],
    words,
  );
  return answer?.kind === 'picked' ? known => row => known(row) ?? answer.value : undefined;
}
