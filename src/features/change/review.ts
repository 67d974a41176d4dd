import { l10n, window } from 'vscode';
import { recipientKey } from '../../intune/model/assignment.ts';
import type { FamilyId } from '../../intune/model/families.ts';
import { type ScriptRef, scriptKey } from '../../intune/model/script.ts';
import { changedRows, isTurned, type Plan, type PlannedRow, toldRows } from '../../intune/plan/plan.ts';
import { type Confirmation, type ConfirmationSettings, confirmationOf, type Proposal } from '../../intune/plan/proposal.ts';
import { type Warning, warningsOf } from '../../intune/plan/warnings.ts';
import { assignmentWords } from '../../ui/format/assignment.ts';
import { assignmentCount, inOneLine, scriptCount } from '../../ui/format/count.ts';
import { familyName } from '../../ui/format/family.ts';
import { shortfallWords } from '../../ui/format/limitation.ts';
import { clipped, isExclusion, longestListed, scriptLabel, targetLabel, tenantTitle } from '../../ui/format/names.ts';
import { reachWords, remediationNote, warningWords, whenItRuns } from '../../ui/format/warning.ts';
import { plainText, visibleName, withoutIcons, withoutLinks } from '../../ui/plainText.ts';
import { missingLines, notChangedSummary } from './notChanged.ts';
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

/** As a person types it: without regard to case, kind and number of spaces, and how letters are composed. */
const typed = (text: string): string => plainText(text).normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

/** What is to be typed: the number, or what the target is called. Its id stands for a name that nobody could type. */
function wantedText(confirmation: Confirmation, { groups }: Proposal): string {
  if (confirmation.kind === 'number') return String(confirmation.devices + confirmation.users);
  const { target } = confirmation;
  const name = target.groupId === undefined ? targetLabel(target, groups) : plainText(groups.get(target.groupId)?.name ?? '').trim();
  return visibleName(name) === undefined ? (target.groupId ?? '') : name;
}

/** Whether the text is what is to be typed; the id of a group does for its name, which may be one that nobody can type. */
function confirms(text: string, wanted: string, confirmation: Confirmation): boolean {
  if (typed(wanted) !== '' && typed(text) === typed(wanted)) return true;
  if (confirmation.kind === 'number') return /^\d[\d\s.,’']*$/.test(typed(text)) && typed(text).replace(/\D/g, '') === wanted;
  return confirmation.kind === 'name' && confirmation.target.groupId !== undefined && typed(text) === confirmation.target.groupId;
}

/** Input boxes show links and icons in what they say. */
const harmless = (text: string): string => withoutIcons(withoutLinks(text));

function promptOf(confirmation: Confirmation, { groups }: Proposal): string {
  if (confirmation.kind === 'number') {
    return l10n.t('This reaches up to {0}. Type {1} to go on.', reachWords(confirmation), confirmation.devices + confirmation.users);
  }
  const name = targetLabel(confirmation.target, groups);
  switch (confirmation.reason) {
    case 'protected':
      return l10n.t('{0} is a protected group. Type its name to go on.', name);
    case 'maybeProtected':
      return l10n.t('The setting protectedGroups cannot be used, so {0} may be a protected group. Type its name to go on.', name);
    case 'everyone':
      return l10n.t('This reaches everybody in the tenant. Type “{0}” to go on.', name);
    case 'unknownReach':
      return l10n.t('How many {0} reaches cannot be read. Type its name to go on.', name);
  }
}

/** Has the user type what {@link confirmationOf} wants. `question` is the one that was asked. Resolves to whether to go on. */
export async function askConfirmation(
  proposal: Proposal,
  settings: ConfirmationSettings,
  question = reviewText(proposal, 0).message,
): Promise<boolean> {
  const confirmation = confirmationOf(proposal, settings);
  if (!confirmation) return true;
  const wanted = wantedText(confirmation, proposal);
  const answer = await window.showInputBox({
    title: harmless(question),
    prompt: harmless(promptOf(confirmation, proposal)),
    ignoreFocusOut: true,
    validateInput: text => (confirms(text, wanted, confirmation) ? undefined : harmless(l10n.t('Type “{0}”', wanted))),
  });
  return answer !== undefined && confirms(answer, wanted, confirmation);
}

/** What a review ended with. */
export type ReviewChoice = 'apply' | 'plan';

/** Shows the review. `now` is in milliseconds since the epoch. Undefined when the user leaves it. */
export async function askReview(proposal: Proposal, now: number, question?: Question): Promise<ReviewChoice | undefined> {
  const { message, detail, act } = reviewText(proposal, now, question);
  const showPlan = l10n.t('Show Plan');
  const chosen = await window.showWarningMessage(message, { modal: true, detail }, act, showPlan);
  if (chosen === act) return 'apply';
  return chosen === showPlan ? 'plan' : undefined;
}
