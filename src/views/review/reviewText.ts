import { l10n } from 'vscode';
import { recipientKey } from '../../intune/model/assignment.ts';
import type { FamilyId } from '../../intune/model/families.ts';
import { type ScriptRef, scriptKey } from '../../intune/model/script.ts';
import { changedRows, isTurned, type Plan, type PlannedRow, toldRows } from '../../intune/plan/plan.ts';
import type { Proposal } from '../../intune/plan/proposal.ts';
import { type Warning, warningsOf } from '../../intune/plan/warnings.ts';
import { tenantTitle } from '../connectionWords.ts';
import { plainText } from '../plainText.ts';
import { clipped, longestListed } from '../words/clipped.ts';
import { assignmentCount, scriptCount } from '../words/count.ts';
import { familyName } from '../words/family.ts';
import { inOneLine } from '../words/list.ts';
import { remediationNote } from '../words/remediation.ts';
import { scriptLabel } from '../words/script.ts';
import { shortfallWords } from '../words/shortfall.ts';
import { isExclusion } from '../words/target.ts';
import { warningWords } from '../words/warning.ts';
import { whenItRuns } from '../words/whenItRuns.ts';
import { changeLines } from './changeLines.ts';
import { missingLines, notChangedSummary } from './missingLines.ts';
import { reviewTitle } from './reviewTitle.ts';

/** The modal's text. It has at most {@link mostLines} lines of detail, so that its buttons stay on a small screen. */
export interface ReviewText {
  readonly message: string;
  readonly detail: string;
  /** The button that does it, naming act and tenant. */
  readonly act: string;
}

const mostLines = 12;
const mostOfEach = 5;
const mostWarnings = 2;
const cloudWords = ({ connection }: Proposal): string | undefined =>
  connection.cloud.id === 'global' ? undefined : new URL(connection.cloud.graph).host;

/** Which tenant, by whom: first, for a change in the wrong tenant is the worst of all. */
const whereWords = (proposal: Proposal): string => {
  const { sample, account } = proposal.connection;
  const name = tenantTitle(proposal.connection);
  return inOneLine([sample ? l10n.t('Sample tenant {0}', name) : name, plainText(account), cloudWords(proposal)]);
};

/** The first `room` of some lines; the last of them says how many more there are. */
function limited(
  lines: readonly string[],
  room: number,
  more = (count: number): string => l10n.t('and {0} more', count),
): readonly string[] {
  if (lines.length <= room) return lines;
  const shown = lines.slice(0, Math.max(0, room - 1));
  return [...shown, more(lines.length - shown.length)];
}

/** What a plan does: "adds 2 assignments, keeps 3". */
function planWords(plan: Plan): string {
  const told = toldRows(plan);
  const isChanged = (row: PlannedRow): boolean => row.action === 'change' || isTurned(plan, row);
  const count = (wanted: PlannedRow['action']): number => told.filter(row => row.action === wanted && !isChanged(row)).length;
  const parts: readonly (readonly [number, (amount: number | string) => string])[] = [
    [count('add'), amount => l10n.t('adds {0}', amount)],
    [count('remove'), amount => l10n.t('removes {0}', amount)],
    [told.filter(isChanged).length, amount => l10n.t('changes {0}', amount)],
    [plan.rows.length - changedRows(plan).length, amount => l10n.t('keeps {0}', amount)],
  ];
  return parts
    .filter(([amount]) => amount > 0)
    .map(([amount, words], index) => words(index === 0 ? assignmentCount(amount) : amount))
    .join(', ');
}

/** Whether a plan makes a script run somewhere, or take effect in another way than before. */
const runsAnew = ({ rows }: Plan): boolean =>
  rows.some(
    ({ action, assignment: { target } }) =>
      action === 'change' || ((action === 'add') !== isExclusion(target) && action !== 'keep' && action !== 'policySet'),
  );

function runLines(proposal: Proposal): readonly string[] {
  const plans = proposal.plans.filter(runsAnew);
  const ends = proposal.plans.some(({ rows }) =>
    rows.some(({ action, assignment: { target } }) => action === 'remove' && !isExclusion(target)),
  );
  const keeps = ends ? [l10n.t('What a script has done on a device stays as it is.')] : [];
  const families = [...new Set<FamilyId>(plans.map(({ script }) => script.family))];
  const [only] = families;
  if (!only) return keeps;
  if (families.length === 1) return [whenItRuns(only), ...keeps];
  return [l10n.t('When they run differs: {0}. Show Plan tells for each.', families.map(familyName).join(', ')), ...keeps];
}

/** What a warning is about, beside its kind. */
function subjectOf(warning: Warning): string {
  if ('groupId' in warning && warning.groupId !== undefined) return warning.groupId;
  if ('target' in warning) return recipientKey(warning.target);
  return 'assignment' in warning ? recipientKey(warning.assignment.target) : '';
}

interface PlanWarning {
  readonly warning: Warning;
  /** The scripts that it is about. */
  readonly scripts: readonly ScriptRef[];
}

/** Each warning once, in the order in which they come; what is counted in several plans is counted together. */
function distinct(proposal: Proposal, now: number): readonly PlanWarning[] {
  const bySubject = new Map<string, PlanWarning>();
  for (const plan of proposal.plans) {
    for (const warning of warningsOf(plan, proposal, now)) {
      const key = `${warning.kind} ${subjectOf(warning)}`;
      const { warning: known, scripts = [] } = bySubject.get(key) ?? {};
      const counted = known && 'count' in known && 'count' in warning ? { ...warning, count: known.count + warning.count } : warning;
      bySubject.set(key, { warning: counted, scripts: [...scripts.filter(one => one !== plan.script), plan.script] });
    }
  }
  return [...bySubject.values()];
}

/** What is not about all of several scripts says about which it is. */
function aboutScripts(scripts: readonly ScriptRef[], words: string, { plans }: Proposal): string {
  const [first] = scripts;
  if (!first || scripts.length === plans.length) return words;
  return l10n.t('{0}: {1}', scripts.length === 1 ? clipped(scriptLabel(first), longestListed) : scriptCount(scripts.length), words);
}

/** What is not done of what was wanted, each once. */
function shortfallLines(proposal: Proposal): readonly string[] {
  const { plans, shortfalls, groups } = proposal;
  const told = plans.flatMap(({ script }) =>
    (shortfalls.get(scriptKey(script)) ?? []).map(one => ({ script, words: shortfallWords(one, groups) })),
  );
  return [...Map.groupBy(told, ({ words }) => words)].map(([words, some]) =>
    aboutScripts([...new Set(some.map(({ script }) => script))], words, proposal),
  );
}

/** The warnings of all plans, each once, most important first. */
export function warningLines(proposal: Proposal, now: number): readonly string[] {
  return [
    ...shortfallLines(proposal),
    ...missingLines(proposal),
    ...distinct(proposal, now).map(({ warning, scripts }) => aboutScripts(scripts, warningWords(warning, proposal.groups), proposal)),
    ...notChangedSummary(proposal),
  ];
}

/** Another question than what a proposal does, with a line of its own. */
export interface Question extends Pick<ReviewText, 'message' | 'act'> {
  readonly note: string;
}

/** The review of a proposal. `now` is in milliseconds since the epoch. */
export function reviewText(proposal: Proposal, now: number, question?: Question): ReviewText {
  const { plans } = proposal;
  const warnings = limited(warningLines(proposal, now), mostWarnings, count => l10n.t('{0} more warnings: see Show Plan', count)).map(
    line => `⚠ ${line}`,
  );
  const notes = [...(proposal.tellsOfRemediation ? [remediationNote()] : []), ...(question ? [question.note] : [])];
  const runs = [...runLines(proposal), ...notes];
  const targetLines = changeLines(proposal, now);
  const scriptLines = plans.map(plan => l10n.t('{0}: {1}', clipped(scriptLabel(plan.script), longestListed), planWords(plan)));
  const room = mostLines - 1 - runs.length - warnings.length;
  const targetRoom = Math.min(mostOfEach, Math.max(Math.floor(room / 2), room - Math.min(scriptLines.length, mostOfEach)));
  const shownTargets = limited(targetLines, targetRoom);
  const shownScripts = limited(scriptLines, Math.min(mostOfEach, room - shownTargets.length));
  const { message, act } = question ?? reviewTitle(proposal);
  return { message, act, detail: [whereWords(proposal), ...shownScripts, ...shownTargets, ...runs, ...warnings].join('\n') };
}
