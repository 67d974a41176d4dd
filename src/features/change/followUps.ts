import { commands, l10n } from 'vscode';
import { type Assignment, canonicalRow, missingFrom, recipientKey, targetKey } from '../../intune/model/assignment.ts';
import type { Change } from '../../intune/model/change.ts';
import { type ScriptRef, scriptKey } from '../../intune/model/script.ts';
import { addRows, setRows } from '../../intune/plan/addTargets.ts';
import { standing } from '../../intune/plan/limitations.ts';
import { expectedAssignments, type Plan } from '../../intune/plan/plan.ts';
import type { Proposal } from '../../intune/plan/proposal.ts';
import type { Wanted } from '../../intune/plan/propose.ts';
import { readLastChanges } from '../../intune/read/auditEvents.ts';
import { readGoneGroups } from '../../intune/read/groups.ts';
import { replacedRows, shownSet, type WriteOutcome } from '../../intune/write/outcome.ts';
import { views } from '../../manifest.ts';
import { say, sayError } from '../../ui/notifications.ts';
import { showChangeById } from './pastChanges.ts';
import { conflictText, resultLines, resultSummary, type Written } from './result.ts';
import type { WriteCommandParts } from './writeAccess.ts';

/** Opens the report of a change; what the journal does not have, or not all of, is told by the lines of the result. */
async function showReport(
  parts: WriteCommandParts,
  { connection }: Proposal,
  id: string,
  written: readonly Written[],
  lines: readonly string[],
) {
  const journalled = written.every(({ outcome: { kind } }) => kind !== 'notSent');
  if (journalled && (await showChangeById(parts, connection, id))) return;
  await parts.documents.showText(l10n.t('Report.txt'), lines.join('\n'));
}

/** Takes the change back as one, where something of it was done. */
function undoOf(parts: WriteCommandParts, { connection }: Proposal, id: string, written: readonly Written[]): readonly Remedy[] {
  const done = written.some(({ outcome: { kind } }) => kind === 'written' || kind === 'changedAfter');
  return done ? [{ label: l10n.t('Undo…'), run: () => parts.undo(connection, id) }] : [];
}

/** Tells what became of a change, by its id in the journal, with what can be done about it. Resolves when that is done or left. */
export async function tellResult(
  parts: WriteCommandParts,
  proposal: Proposal,
  written: readonly Written[],
  remedies: readonly Remedy[],
  id: string,
): Promise<void> {
  const lines = resultLines(proposal, written);
  for (const line of lines) parts.log.info(line);
  const { text, ok } = resultSummary(proposal, written);
  const report: Remedy = { label: l10n.t('Show Report'), run: () => showReport(parts, proposal, id, written, lines) };
  const showLog: Remedy = { label: l10n.t('Show Log'), run: parts.showLog };
  // Of more buttons, none could be read.
  const isLong = lines.length > 1 || [...proposal.shortfalls.values()].some(list => list.length > 0);
  const buttons = [...remedies, ...undoOf(parts, proposal, id, written), isLong ? report : showLog];
  const offer = async (offered: readonly Remedy[]): Promise<void> => {
    const label = await (ok ? say : sayError)(text, ...offered.map(one => one.label));
    const chosen = offered.find(one => one.label === label);
    await chosen?.run();
    if (chosen?.informs) await offer(offered.filter(one => one !== chosen));
  };
  await offer(buttons);
}

/** Starts a command again with other changes. */
export type Again = (wanted: Wanted) => Promise<void>;

/** What can be done about a result; each is a button. */
export interface Remedy {
  readonly label: string;
  /** It shows what the other buttons are chosen by: they are offered again afterwards. */
  readonly informs?: true;
  readonly run: () => Promise<void> | void;
}

/** Some changes of some scripts, each read on its own: a plan from a list may be what went wrong. */
function onlyThese(changes: readonly (readonly [ScriptRef, readonly Change[]])[]): Pick<Wanted, 'scripts' | 'changesFor' | 'exact'> {
  const byScript = new Map(changes.map(([script, list]) => [scriptKey(script), list]));
  return { scripts: changes.map(([script]) => script), changesFor: script => byScript.get(scriptKey(script)) ?? [], exact: true };
}

/** What was tried, by its id in the journal, and what was wanted of it. */
interface Tried {
  readonly id: string;
  readonly wanted: Wanted;
}

/** The same wish again, which takes up what was tried. */
const tryAgain = ({ id, wanted }: Tried, some: Pick<Wanted, 'scripts'> & Partial<Wanted>): Wanted => ({
  ...wanted,
  exact: true,
  resumes: id,
  ...some,
});

/** The same changes, on what is there now. */
function planAgain(written: readonly Written[], tried: Tried, again: Again): readonly Remedy[] {
  const conflicts = written.flatMap(({ plan, outcome }) => (outcome.kind === 'conflict' ? [plan.script] : []));
  const run = (): Promise<void> => again(tryAgain(tried, { scripts: conflicts }));
  return conflicts.length === 0 ? [] : [{ label: l10n.t('Plan Again'), run }];
}

/** Nobody was asked yet: the question for a justification was left. */
function askForApproval(written: readonly Written[], tried: Tried, again: Again): readonly Remedy[] {
  const scripts = written.flatMap(({ plan, outcome }) => (outcome.kind === 'needsApproval' ? [plan.script] : []));
  const run = (): Promise<void> => again(tryAgain(tried, { scripts }));
  return scripts.length === 0 ? [] : [{ label: l10n.t('Ask for Approval…'), run }];
}

/**
 * Brings rows back. Whom `now` reaches was given another row in the place of the lost one: that is set back, unless it was there beside the
 * lost one.
 */
function putBack(missing: readonly Assignment[], now: readonly Assignment[], together: readonly Assignment[]): readonly Change[] {
  const beside = new Set(together.map(canonicalRow));
  const staying = now.filter(row => beside.has(canonicalRow(row)));
  const reached = new Set(now.filter(({ direct }) => direct).map(({ target }) => recipientKey(target)));
  const { changed = [], gone = [] } = Object.groupBy(missing, ({ target }) => (reached.has(recipientKey(target)) ? 'changed' : 'gone'));
  return [...setRows(changed, staying), ...addRows(gone, now)];
}

/** Rows that were there, or were written, and are missing now. After a lost answer, as far as another set shows. */
function missingNow(plan: Plan, outcome: WriteOutcome): readonly Assignment[] {
  if (outcome.kind === 'changedAfter') return outcome.missing;
  if (outcome.kind === 'written' && outcome.now && outcome.replaced) return replacedRows(plan, outcome.now, outcome.replaced);
  if (outcome.kind !== 'unknown' || !outcome.now || shownSet(plan, outcome.now) !== 'another') return [];
  return missingFrom(outcome.now, expectedAssignments(plan));
}

/** The set of which rows are missing: that of somebody else which ours took the place of, or ours. */
const togetherWith = (plan: Plan, outcome: WriteOutcome): readonly Assignment[] =>
  (outcome.kind === 'written' ? outcome.replaced : undefined) ?? expectedAssignments(plan);

function restoring(lost: readonly (readonly [ScriptRef, readonly Change[]])[]): Wanted {
  const these = onlyThese(lost);
  return {
    ...these,
    groups: [],
    shortfallsFor: (script, base) => standing(these.changesFor(script, base), base),
  };
}

/** Adds the rows again that were there, or were written, and are missing now. */
export function restore(written: readonly Written[], again: Again): readonly Remedy[] {
  const lost = written.flatMap(({ plan, outcome }) => {
    // Rows of policy sets come back with these.
    const missing = missingNow(plan, outcome).filter(({ direct }) => direct);
    const now = 'now' in outcome && outcome.now ? outcome.now : [];
    return missing.length > 0 ? [[plan.script, putBack(missing, now, togetherWith(plan, outcome))] as const] : [];
  });
  return lost.length === 0 ? [] : [{ label: l10n.t('Restore…'), run: () => again(restoring(lost)) }];
}

/** The groups that a refused plan keeps and that were deleted when their names were read. */
const deletedIn = ({ base }: Plan, { groups }: Proposal): readonly string[] =>
  base.flatMap(({ target: { groupId } }) => (groupId !== undefined && groups.get(groupId)?.status === 'deleted' ? [groupId] : []));

const removalsOf = ({ base }: Plan, gone: readonly string[]): readonly Change[] =>
  base
    .filter(({ target }) => target.groupId !== undefined && gone.includes(target.groupId))
    .map(({ target }) => ({ kind: 'remove', targetKey: targetKey(target) }));

/** Takes the rows of deleted groups out: only ever at the user's wish, after the service refused a list because of them. */
function removeDeletedGroups(proposal: Proposal, written: readonly Written[], tried: Tried, again: Again): readonly Remedy[] {
  const refused = written.flatMap(({ plan, outcome }) =>
    outcome.kind === 'failed' && outcome.error.status === 400 && deletedIn(plan, proposal).length > 0 ? [plan] : [],
  );
  const run = async (): Promise<void> => {
    // A group that was restored meanwhile stays.
    const gone = await readGoneGroups(proposal.connection.client, [...new Set(refused.flatMap(plan => deletedIn(plan, proposal)))]);
    const changes = refused.map(plan => [plan.script, [...removalsOf(plan, gone), ...plan.changes]] as const);
    await again(tryAgain(tried, onlyThese(changes)));
  };
  return refused.length === 0 ? [] : [{ label: l10n.t('Remove Deleted Groups…'), run }];
}

/** Leads from what waits for approval to where it is followed and finished. */
export const openChanges = (written: readonly Written[]): readonly Remedy[] =>
  written.some(({ outcome }) => outcome.kind === 'pending')
    ? [{ label: l10n.t('Open Changes'), run: () => void commands.executeCommand(`${views.changes}.focus`) }]
    : [];

/** What can be done about what became of a proposal. */
export const remediesOf = (proposal: Proposal, written: readonly Written[], tried: Tried, again: Again): readonly Remedy[] => [
  ...planAgain(written, tried, again),
  ...askForApproval(written, tried, again),
  ...restore(written, again),
  ...removeDeletedGroups(proposal, written, tried, again),
];

/** Milliseconds for which the names of those who were quicker are waited for. */
const patience = 5_000;

/** The set that shows the work of somebody else; undefined where an outcome shows none. */
function shownBySomebody(plan: Plan, outcome: WriteOutcome): readonly Assignment[] | undefined {
  if (outcome.kind === 'unknown') return outcome.now && shownSet(plan, outcome.now) === 'another' ? outcome.now : undefined;
  if (outcome.kind === 'written') return outcome.replaced;
  return outcome.kind === 'conflict' || outcome.kind === 'changedAfter' ? outcome.now : undefined;
}

/** What somebody else changed, and who it was as far as audit events may be read: they are asked for when it is pressed, and not before. */
export function showChanges(
  parts: WriteCommandParts,
  { connection, at, groups }: Proposal,
  written: readonly Written[],
): readonly Remedy[] {
  const changed = written.flatMap(({ plan, outcome }) => {
    const now = shownBySomebody(plan, outcome);
    return now ? [{ plan, now, isConflict: outcome.kind === 'conflict' }] : [];
  });
  if (changed.length === 0) return [];
  async function run(): Promise<void> {
    // After a write of ours, the last change is our own.
    const conflicts = changed.flatMap(({ plan, isConflict }) => (isConflict ? [plan.script] : []));
    const options = { signal: AbortSignal.timeout(patience) };
    const by = await readLastChanges(connection.client, conflicts, at, options);
    const names = { groups, filters: connection.inventory.filters() };
    const texts = changed.map(({ plan, now }) => conflictText(plan, now, names, parts.clock.now(), by.get(scriptKey(plan.script))));
    await parts.documents.showText(l10n.t('Changed since the plan was made.txt'), texts.join('\n'));
  }
  return [{ label: l10n.t('Show Changes'), informs: true, run }];
}
