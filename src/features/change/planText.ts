import { l10n } from 'vscode';
import { canonicalAssignment } from '../../intune/model/assignment.ts';
import { scriptKey } from '../../intune/model/script.ts';
import type { Plan, PlannedRow } from '../../intune/plan/plan.ts';
import type { Proposal } from '../../intune/plan/proposal.ts';
import { warningsOf } from '../../intune/plan/warnings.ts';
import { assignmentWords } from '../../ui/format/assignment.ts';
import { inOneLine } from '../../ui/format/count.ts';
import { scriptKindName } from '../../ui/format/family.ts';
import { shortfallWords } from '../../ui/format/limitation.ts';
import { groupStatus, namesakes, shortId, targetLabel, tenantTitle } from '../../ui/format/names.ts';
import { reachWords, remediationNote, warningWords, whenItRuns } from '../../ui/format/warning.ts';
import { plainText } from '../../ui/plainText.ts';
import { missingLines, notChangedLines } from './notChanged.ts';
import { scriptTitle } from './reviewTitle.ts';

export type Side = 'now' | 'after';

/** Characters of a line that both sides of a diff show whole beside the side bar, in a window of 1280 pixels. */
const lineLength = 45;

/** A text in such lines, as far as words are not longer. The first one stands `indent` characters in, the others a bit more. */
function wrapped(text: string, indent = 2): string {
  const margin = (index: number): string => ' '.repeat(index === 0 ? indent : indent + 2);
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = `${lines.at(-1)} ${word}`.trimStart();
    const fits = margin(lines.length - 1).length + line.length <= lineLength;
    if (fits || lines.at(-1) === '') lines.splice(-1, 1, line);
    else lines.push(word);
  }
  return lines.map((line, index) => margin(index) + line).join('\n');
}

/** Rows in one order for both documents, so that the diff shows what changes and nothing else. */
const inOrder = ({ rows }: Plan, { groups }: Proposal): readonly PlannedRow[] => {
  const key = ({ assignment }: PlannedRow): string => `${targetLabel(assignment.target, groups)} ${canonicalAssignment(assignment)}`;
  return rows.toSorted((a, b) => key(a).localeCompare(key(b)));
};

function rowText(plan: Plan, row: PlannedRow, side: Side, proposal: Proposal, now: number): string | undefined {
  if (side === 'now' ? row.action === 'add' : row.action === 'remove') return undefined;
  const assignment = side === 'now' && row.action === 'change' ? row.before : row.assignment;
  const { target } = assignment;
  const { groups, reached } = proposal;
  const id = target.groupId;
  const deleted = id !== undefined && groupStatus(groups, id) !== 'named' ? shortId(id) : undefined;
  const members = id !== undefined && row.action !== 'keep' ? reached.find(one => one.target.groupId === id)?.reach : undefined;
  return wrapped(
    inOneLine([
      targetLabel(target, groups),
      deleted,
      ...assignmentWords(plan.script.family, assignment, now, proposal.connection.inventory.filters()),
      side === 'after' && members ? reachWords(members) : undefined,
    ]),
  );
}

function section(plan: Plan, side: Side, proposal: Proposal, sameName: ReadonlySet<string>, now: number): string {
  const rows = inOrder(plan, proposal).flatMap(row => rowText(plan, row, side, proposal, now) ?? []);
  const { groups, shortfalls } = proposal;
  const said = [
    ...(shortfalls.get(scriptKey(plan.script)) ?? []).map(shortfall => shortfallWords(shortfall, groups)),
    ...warningsOf(plan, proposal, now).map(warning => warningWords(warning, groups)),
  ];
  return [
    wrapped(`${scriptTitle(plan.script, sameName)} (${scriptKindName(plan.script.family)})`, 0),
    wrapped(whenItRuns(plan.script.family)),
    '',
    ...(rows.length > 0 ? rows : [l10n.t('  not assigned')]),
    ...(side === 'after' ? said.map(words => wrapped(`⚠ ${words}`)) : []),
    '',
  ].join('\n');
}

/** One side of a proposal as a document: the tenant, then a section for each script. */
export function planText(proposal: Proposal, side: Side, now: number): string {
  const { account, sample, inventory } = proposal.connection;
  const sameName = namesakes(inventory.scripts());
  const heading = inOneLine([tenantTitle(proposal.connection), plainText(account), sample ? l10n.t('sample tenant') : undefined]);
  const said = [...(proposal.tellsOfRemediation ? [remediationNote()] : []), ...missingLines(proposal), ...notChangedLines(proposal)];
  const missing = side === 'after' ? said.map(line => wrapped(`⚠ ${line}`, 0)) : [];
  return [wrapped(heading, 0), ...missing, '', ...proposal.plans.map(plan => section(plan, side, proposal, sameName, now))].join('\n');
}
