import { l10n } from 'vscode';
import { recipientKey } from '../../intune/model/assignment.ts';
import { type ScriptRef, scriptKey } from '../../intune/model/script.ts';
import { isGroupTarget } from '../../intune/model/target.ts';
import { isTurned, type PlannedRow, toldRows } from '../../intune/plan/plan.ts';
import type { Proposal } from '../../intune/plan/proposal.ts';
import { assignmentCount, groupCount, scriptCount, targetCount } from '../../ui/format/count.ts';
import { clipped, isExclusion, namesakes, quoted, scriptLabel, shortId, targetLabel, tenantTitle } from '../../ui/format/names.ts';

/** What a proposal does, as one verb: all its rows are of one kind, or they are not. */
type Act = 'assign' | 'exclude' | 'remove' | 'change';

function actOf(rows: readonly PlannedRow[]): Act {
  const added = rows.every(({ action }) => action === 'add');
  if (added && rows.every(({ assignment }) => !isExclusion(assignment.target))) return 'assign';
  if (added && rows.every(({ assignment }) => isExclusion(assignment.target))) return 'exclude';
  return rows.every(({ action }) => action === 'remove') ? 'remove' : 'change';
}

/** The targets by name if there is one, else by number. */
function objectOf(rows: readonly PlannedRow[], { groups }: Proposal): string {
  const targets = [...new Map(rows.map(({ assignment: { target } }) => [recipientKey(target), target])).values()];
  const [only] = targets;
  if (only && targets.length === 1) return quoted(clipped(targetLabel(only, groups)));
  return targets.every(isGroupTarget) ? groupCount(targets.length) : targetCount(targets.length);
}

/** The question that a review asks, and the button that does it: it names act and tenant. */
export function reviewTitle(proposal: Proposal): { readonly message: string; readonly act: string } {
  const { plans, connection } = proposal;
  const rows = plans.flatMap(toldRows);
  const [onlyPlan] = plans;
  const [onlyRow, ...others] = rows;
  const turned = onlyPlan !== undefined && onlyRow !== undefined && others.length === 0 && isTurned(onlyPlan, onlyRow);
  const subject =
    onlyPlan && plans.length === 1
      ? quoted(scriptTitle(onlyPlan.script, namesakes(connection.inventory.scripts())))
      : scriptCount(plans.length);
  const tenant = clipped(tenantTitle(connection));
  switch (actOf(rows)) {
    case 'assign':
      return {
        message: turned
          ? l10n.t('Include {0} in {1} instead of excluding it?', objectOf(rows, proposal), subject)
          : l10n.t('Assign {0} to {1}?', subject, objectOf(rows, proposal)),
        act: l10n.t('Assign in {0}', tenant),
      };
    case 'exclude':
      return {
        message: turned
          ? l10n.t('Exclude {0} from {1} instead of including it?', objectOf(rows, proposal), subject)
          : l10n.t('Exclude {0} from {1}?', objectOf(rows, proposal), subject),
        act: l10n.t('Exclude in {0}', tenant),
      };
    case 'remove':
      return { message: l10n.t('Remove {0} from {1}?', assignmentCount(rows.length), subject), act: l10n.t('Remove in {0}', tenant) };
    case 'change':
      return { message: l10n.t('Change the assignments of {0}?', subject), act: l10n.t('Change in {0}', tenant) };
  }
}

/** What a script is called in a review; where another one of its kind is called the same (see `namesakes`), with the start of its id. */
export function scriptTitle(script: ScriptRef, sameName: ReadonlySet<string>): string {
  const label = clipped(scriptLabel(script));
  return sameName.has(scriptKey(script)) ? l10n.t('{0} ({1})', label, shortId(script.id)) : label;
}
