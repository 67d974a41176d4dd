import { l10n } from 'vscode';
import type { Assignment } from '../../intune/model/assignment.ts';
import { expectedAssignments, type Plan } from '../../intune/plan/plan.ts';
import type { AuditedChange } from '../../intune/read/auditEvents.ts';
import { plainText } from '../plainText.ts';
import { assignmentWords } from '../words/assignment.ts';
import { inOneLine } from '../words/list.ts';
import type { Names } from '../words/names.ts';
import { scriptLabel } from '../words/script.ts';
import { targetLabel } from '../words/target.ts';

function side(title: string, plan: Plan, rows: readonly Assignment[], { groups, filters }: Names, now: number): string {
  const words = (row: Assignment): string =>
    inOneLine([targetLabel(row.target, groups), ...assignmentWords(plan.script.family, row, now, filters)]);
  const lines = rows.map(row => `    ${words(row)}`);
  return [`  ${title}`, ...(lines.length > 0 ? lines.sort() : [l10n.t('    not assigned')])].join('\n');
}

/** "Changed by anna@contoso.com at 14:02", with the day where it was another one. In the time of this computer. */
function whoWords({ who, at }: AuditedChange, now: number): string {
  const moment = new Date(at);
  const today = moment.toDateString() === new Date(now).toDateString();
  const time = today ? moment.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }) : moment.toLocaleString();
  return l10n.t('Changed by {0} at {1}', plainText(who), time);
}

/** The three sides of a conflict: what the plan started from, what is there now, and what was wanted. `by` where that may be told. */
export function conflictText(plan: Plan, found: readonly Assignment[], names: Names, now: number, by?: AuditedChange): string {
  return [
    scriptLabel(plan.script),
    ...(by ? [`  ${whoWords(by, now)}`] : []),
    side(l10n.t('When the plan was made'), plan, plan.base, names, now),
    side(l10n.t('Now'), plan, found, names, now),
    side(l10n.t('Wanted'), plan, expectedAssignments(plan), names, now),
    '',
  ].join('\n');
}
