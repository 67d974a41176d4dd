import { l10n } from 'vscode';
import { canonicalAssignment } from '../../intune/equality.ts';
import type { Plan, PlannedRow } from '../../intune/plan.ts';
import type { Proposal } from '../../intune/proposal.ts';
import { scriptKey } from '../../intune/script.ts';
import { warningsOf } from '../../intune/warnings.ts';
import { plainText } from '../plainText.ts';
import { assignmentWords } from '../words/assignment.ts';
import { scriptKindName } from '../words/family.ts';
import { groupStatus, shortId } from '../words/group.ts';
import { inOneLine } from '../words/list.ts';
import { remediationWords } from '../words/remediation.ts';
import { scriptLabel } from '../words/script.ts';
import { shortfallWords } from '../words/shortfall.ts';
import { isExclusion, targetLabel } from '../words/target.ts';
import { warningWords } from '../words/warning.ts';
import { whenItRuns } from '../words/whenItRuns.ts';
import { reachWords } from './reachWords.ts';

export type Side = 'now' | 'after';

/** Rows that keep their place in both documents, so that the diff shows what changes and nothing else. */
const order = (a: PlannedRow, b: PlannedRow): number => (canonicalAssignment(a.assignment) < canonicalAssignment(b.assignment) ? -1 : 1);

function rowText(plan: Plan, row: PlannedRow, side: Side, proposal: Proposal, now: number): string | undefined {
  if (side === 'now' ? row.action === 'add' : row.action === 'remove') return undefined;
  const assignment = side === 'now' && row.action === 'change' ? row.before : row.assignment;
  const { target } = assignment;
  const { groups, reached } = proposal;
  const id = target.groupId;
  const deleted = id !== undefined && groupStatus(groups, id) !== 'named' ? shortId(id) : undefined;
  const members = id !== undefined && row.action !== 'keep' ? reached.find(one => one.target.groupId === id)?.reach : undefined;
  return `  ${isExclusion(target) ? '−' : '+'} ${inOneLine([
    targetLabel(target, groups),
    deleted,
    ...assignmentWords(plan.script.family, assignment, now),
    // What the service reads back of this says nothing, so only the side that is written tells it.
    side === 'after' ? remediationWords(plan.script.family, assignment) : undefined,
    side === 'after' && members ? reachWords(members) : undefined,
  ])}`;
}

function section(plan: Plan, side: Side, proposal: Proposal, now: number): string {
  const rows = plan.rows.toSorted(order).flatMap(row => rowText(plan, row, side, proposal, now) ?? []);
  const { groups, shortfalls } = proposal;
  const said = [
    ...(shortfalls.get(scriptKey(plan.script)) ?? []).map(shortfall => shortfallWords(shortfall, groups)),
    ...warningsOf(plan, proposal, now).map(warning => warningWords(warning, groups)),
  ];
  return [
    `${scriptLabel(plan.script)} (${scriptKindName(plan.script.family)})`,
    ...(rows.length > 0 ? rows : [l10n.t('  not assigned')]),
    ...(side === 'after' ? said.map(words => `  ! ${words}`) : []),
    ...(side === 'after' ? [`  ${whenItRuns(plan.script.family)}`] : []),
    '',
  ].join('\n');
}

/** One side of a proposal as a document: the tenant, then a section for each script. */
export function planText(proposal: Proposal, side: Side, now: number): string {
  const { tenantName, account, sample } = proposal.connection;
  const heading = inOneLine([plainText(tenantName), plainText(account), sample ? l10n.t('sample tenant') : undefined]);
  return [heading, '', ...proposal.plans.map(plan => section(plan, side, proposal, now))].join('\n');
}
