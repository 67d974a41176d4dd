import { commands, l10n } from 'vscode';
import { views } from '../contract.ts';
import { type Assignment, canonicalRow, missingFrom, recipientKey, targetKey } from '../intune/model/assignment.ts';
import type { Change } from '../intune/model/change.ts';
import { type ScriptRef, scriptKey } from '../intune/model/script.ts';
import { addRows, setRows } from '../intune/plan/addTargets.ts';
import { standing } from '../intune/plan/limitations.ts';
import { expectedAssignments, type Plan } from '../intune/plan/plan.ts';
import type { Proposal } from '../intune/plan/proposal.ts';
import type { Wanted } from '../intune/plan/propose.ts';
import { readGoneGroups } from '../intune/read/groups.ts';
import { replacedRows, shownSet, type WriteOutcome } from '../intune/write/outcome.ts';
import type { Written } from '../views/write/result.ts';

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
