import { l10n, window } from 'vscode';
import { readHistory } from '../../intune/history/recovery.ts';
import { errorToJournal, type JournalChange } from '../../intune/journal/journal.ts';
import type { Schedule } from '../../intune/model/schedule.ts';
import { type ScriptRef, scriptKey } from '../../intune/model/script.ts';
import type { Plan } from '../../intune/plan/plan.ts';
import type { Proposal } from '../../intune/plan/proposal.ts';
import { propose, rememberRemediationTold, type Wanted } from '../../intune/plan/propose.ts';
import { passedAnew, withFreshSchedule } from '../../intune/plan/runOnce.ts';
import type { Connection } from '../../intune/read/connection.ts';
import { readGoneGroups } from '../../intune/read/groups.ts';
import { longestJustification } from '../../intune/write/approval.ts';
import type { FinishParts } from '../../intune/write/finishApproval.ts';
import type { WriteOutcome } from '../../intune/write/outcome.ts';
import type { ChangeNote } from '../../intune/write/write.ts';
import { scriptCount } from '../../ui/format/count.ts';
import { shortfallWords } from '../../ui/format/limitation.ts';
import { deletedGroupName, quoted, scriptLabel, tenantTitle } from '../../ui/format/names.ts';
import type { AskText } from '../../ui/inputBox.ts';
import { say } from '../../ui/notifications.ts';
import { withoutLinks } from '../../ui/plainText.ts';
import { withCancellableProgress } from '../../ui/progress.ts';
import { askSchedule } from '../../ui/schedulePicker.ts';
import { type Again, openChanges, type Remedy, remediesOf, showChanges, tellResult } from './followUps.ts';
import { resultLines, takesAway, type Written } from './result.ts';
import { askConfirmation, askReview } from './review.ts';
import { notWritable, refusesAsReadOnly, type WriteCommandParts, whileWritable } from './writeAccess.ts';
import { type Refused, type WriteProgressOptions, writeWithProgress } from './writeProgress.ts';

/** Reads and plans. Undefined when the user cancels it. */
function proposeWithProgress(parts: WriteCommandParts, connection: Connection, wanted: Wanted): Promise<Proposal | undefined> {
  const title = l10n.t('Reading assignments in {0}', tenantTitle(connection));
  return withCancellableProgress(title, parts.clock, async signal =>
    propose(connection, wanted, await parts.journal(connection).read(), parts.clock, { signal }),
  );
}

/** That no script is left to be changed, and why, where nothing speaks against it. */
function allWords({ unchanged, undoes }: Proposal): string {
  if (undoes !== undefined) return l10n.t('All scripts are as they were before already.');
  const away = unchanged.filter(({ changes }) => takesAway(changes)).length;
  if (away === 0) return l10n.t('All scripts have these assignments already.');
  return away === unchanged.length ? l10n.t('No script is assigned like this any more.') : l10n.t('No script is left to be changed.');
}

/** Nothing is left to change: all is as wanted, or what was wanted cannot be read or is gone. */
async function tellNothingToDo(parts: WriteCommandParts, proposal: Proposal, tryAgain: () => Promise<void>): Promise<void> {
  const lines = resultLines(proposal, []);
  for (const line of lines) parts.log.info(line);
  const [first = ''] = lines;
  const showAll: Remedy = {
    label: l10n.t('Show All'),
    run: () => parts.documents.showText(l10n.t('Nothing was changed.txt'), lines.join('\n')),
  };
  const more = lines.length > 1 ? [showAll] : [];
  if (proposal.unreadable.length + proposal.gone.length === 0) {
    const asWanted = [...proposal.shortfalls.values()].every(list => list.length === 0);
    const text = lines.length > 1 && asWanted ? allWords(proposal) : first;
    return offer(window.showInformationMessage, text, more);
  }
  const again: Remedy = { label: l10n.t('Try Again'), run: tryAgain };
  const showLog: Remedy = { label: l10n.t('Show Log'), run: parts.showLog };
  return offer(window.showErrorMessage, first, [...(proposal.unreadable.length > 0 ? [again] : []), ...more, showLog]);
}

async function offer(
  show: (message: string, ...labels: string[]) => Thenable<string | undefined>,
  text: string,
  remedies: readonly Remedy[],
): Promise<void> {
  const chosen = await show(withoutLinks(text), ...remedies.map(({ label }) => label));
  await remedies.find(({ label }) => label === chosen)?.run();
}

/** A run-once in the past is never given to anybody: devices would run it at once. Undefined when the user leaves. */
async function askFreshSchedule(parts: WriteCommandParts, current: Schedule): Promise<Schedule | undefined> {
  const title = l10n.t('The Run-Once Date Has Passed: Choose Another Schedule');
  const answer = await askSchedule({ ...parts, title, current, now: parts.clock.now() });
  return answer?.kind === 'picked' ? answer.value : undefined;
}

/** The one way to change assignments: read, plan, review, write, tell. */
export async function changeAssignments(parts: WriteCommandParts, connection: Connection, wanted: Wanted): Promise<void> {
  if (refusesAsReadOnly(parts)) return;
  // A button of a notification may have stood for hours.
  const stopped = notWritable(parts, connection);
  if (stopped !== undefined) return void say(stopped);
  const again = (changed: Wanted): Promise<void> => changeAssignments(parts, connection, changed);
  const proposal = await proposeWithProgress(parts, connection, wanted);
  if (!proposal) return;
  if (proposal.plans.length === 0) {
    await noteAsWanted(parts, proposal, wanted).catch(parts.log.error);
    // Not awaited: a notification may stand for hours.
    void tellNothingToDo(parts, proposal, () => again(wanted)).catch(parts.log.error);
    return;
  }
  const passed = passedAnew(proposal.plans, parts.clock.now());
  if (passed) {
    const fresh = await askFreshSchedule(parts, passed);
    return fresh && again(withFreshSchedule(wanted, fresh, parts.clock.now()));
  }
  const apply = async (): Promise<boolean> => {
    // Whoever has confirmed it has read it.
    if (proposal.tellsOfRemediation) await rememberRemediationTold(connection.memory).catch(parts.log.error);
    return (await writeProposal(parts, proposal, wanted, again)) !== undefined;
  };
  const choice = parts.settings().alwaysShowPlan ? 'plan' : await askReview(proposal, parts.clock.now());
  if (choice === 'apply') await apply();
  if (choice === 'plan') await parts.documents.show(proposal, apply);
}

/** Milliseconds after which the groups of a proposal are looked at again: a plan may stand open for hours. */
const freshFor = 60_000;

/** Ids of the groups that a proposal adds and that are deleted by now. */
async function goneMeanwhile({ plans, at, connection }: Proposal, now: number, signal: AbortSignal): Promise<readonly string[]> {
  if (now - at < freshFor) return [];
  const ids = plans.flatMap(({ rows }) =>
    rows.flatMap(({ action, assignment }) => (action === 'add' ? (assignment.target.groupId ?? []) : [])),
  );
  return readGoneGroups(connection.client, [...new Set(ids)], { signal });
}

/** What may have become of the window since a proposal was reviewed. */
function outdated(parts: WriteCommandParts, { connection, plans }: Proposal): string | undefined {
  const stopped = notWritable(parts, connection);
  if (stopped !== undefined) return stopped;
  return passedAnew(plans, parts.clock.now())
    ? l10n.t('The date of a run-once schedule has passed since the plan was made. Nothing was written. Make the plan again.')
    : undefined;
}

const goneWords = ({ groups }: Proposal, gone: string): string =>
  l10n.t('{0} was deleted since the plan was made. Nothing was written. Pick again.', deletedGroupName(groups, gone));

/** Whether another window has taken up some of a change meanwhile that is resumed. */
async function isTakenUp(parts: WriteCommandParts, { connection, plans }: Proposal, resumes: string | undefined): Promise<boolean> {
  if (resumes === undefined) return false;
  const changes = await readHistory(parts.journal(connection));
  const taken = changes.find(({ id }) => id === resumes)?.writes.filter(({ resumed }) => resumed) ?? [];
  const keys = new Set(taken.map(({ script }) => scriptKey(script)));
  return plans.some(({ script }) => keys.has(scriptKey(script)));
}

/** Looks at what may have become of a reviewed proposal. Resolves to the reasons for which it is not written after all, to be asked at once. */
async function lookAgain(
  parts: WriteCommandParts,
  proposal: Proposal,
  resumes: string | undefined,
  signal: AbortSignal,
): Promise<() => string | undefined> {
  const [gone] = await goneMeanwhile(proposal, parts.clock.now(), signal).catch((error: unknown) => {
    if (signal.aborted) return [];
    throw error;
  });
  const words = (await isTakenUp(parts, proposal, resumes))
    ? l10n.t('This was resumed meanwhile. Nothing was written.')
    : gone === undefined
      ? undefined
      : goneWords(proposal, gone);
  // The network and the disk were waited for: the tenant may be another one by now, or the window read only.
  return () => outdated(parts, proposal) ?? words;
}

/** Writes some of the plans, unless something has become of the proposal. */
async function writeSome(
  parts: WriteCommandParts,
  proposal: Proposal,
  plans: readonly Plan[],
  { resumes, ...options }: Pick<WriteProgressOptions, 'change' | 'justification'> & { readonly resumes?: string | undefined },
): Promise<readonly WriteOutcome[] | Refused> {
  const refused = outdated(parts, proposal);
  if (refused !== undefined) return { refused };
  const { connection } = proposal;
  return whileWritable(parts, connection, stop =>
    writeWithProgress(plans, writeParts(parts, connection), tenantTitle(connection), {
      ...options,
      signal: stop,
      lookAgain: signal => lookAgain(parts, proposal, resumes, signal),
    }),
  );
}

/** Writes the plans, and asks for the approval of those that Multi Admin Approval protects. */
async function writeAll(parts: WriteCommandParts, proposal: Proposal, change: ChangeNote): Promise<readonly WriteOutcome[] | Refused> {
  const { plans } = proposal;
  const outcomes = await writeSome(parts, proposal, plans, { change, resumes: change.resumes });
  if ('refused' in outcomes) return outcomes;
  const guarded = plans.filter((_, index) => outcomes[index]?.kind === 'needsApproval');
  if (guarded.length === 0) return outcomes;
  const scripts = guarded.map(({ script }) => script);
  const justification = await askJustification(parts, scripts);
  if (justification === undefined) return outcomes;
  const asked = await writeSome(parts, proposal, guarded, { change, justification });
  // Much may have happened while that question stood.
  if ('refused' in asked) return outcomes;
  const byPlan = new Map(guarded.map((plan, index) => [plan, asked[index]]));
  return plans.flatMap((plan, index) => byPlan.get(plan) ?? outcomes[index] ?? []);
}

/**
 * Writes a proposal that the user has reviewed, and tells what became of it. Resolves to what was written; undefined if the user or
 * a refusal stopped it before anything was sent.
 */
export async function writeProposal(
  parts: WriteCommandParts,
  proposal: Proposal,
  wanted: Wanted,
  again: Again,
): Promise<readonly Written[] | undefined> {
  const { connection, plans } = proposal;
  if (!(await askConfirmation(proposal, parts.settings()))) return undefined;
  const change = changeNote(parts.newId(), proposal, wanted);
  const outcomes = await writeAll(parts, proposal, change);
  if ('refused' in outcomes) {
    void window.showErrorMessage(withoutLinks(outcomes.refused));
    return undefined;
  }
  const written = plans.flatMap((plan, index): readonly Written[] => {
    const outcome = outcomes[index];
    return outcome ? [{ plan, outcome }] : [];
  });
  // The same tenant may have been opened anew meanwhile, with an inventory of its own.
  const current = parts.connection();
  const { inventory } = current?.key === connection.key ? current : connection;
  const read = written.flatMap(({ plan, outcome }) =>
    'now' in outcome && outcome.now ? [[scriptKey(plan.script), outcome.now] as const] : [],
  );
  inventory.setAssignments(new Map(read), [...proposal.groups.values()]);
  const remedies = [
    ...remediesOf(proposal, written, { id: change.id, wanted }, again),
    ...showChanges(parts, proposal, written),
    ...openChanges(written),
  ];
  // Not awaited by who called: a notification may stand for hours.
  void tellResult(parts, proposal, written, remedies, change.id).catch(parts.log.error);
  return written;
}

const refOf = ({ family, id, name }: ScriptRef): ScriptRef => ({ family, id, name });

/** What the journal tells of a change, its groups' names included: later, somebody may have deleted them. */
function changeNote(
  id: string,
  { plans, groups, unchanged, unreadable, shortfalls }: Proposal,
  { undoes, resumes, allOrNone }: Wanted,
): ChangeNote & { readonly id: string } {
  const ids = plans.flatMap(({ rows }) => rows.flatMap(({ assignment }) => assignment.target.groupId ?? []));
  const names = [...new Set(ids)].flatMap(groupId => {
    const group = groups.get(groupId);
    return group?.status === 'named' && group.name !== undefined ? [[groupId, group.name] as const] : [];
  });
  return {
    id,
    groupNames: Object.fromEntries(names),
    undoes,
    resumes,
    allOrNone,
    asWanted: unchanged.map(({ script }) => refOf(script)),
    unreadable: unreadable.map(({ script, error }) => ({ script: refOf(script), error: errorToJournal(error) })),
    shortfalls: [...plans, ...unchanged].flatMap(({ script }) => {
      const texts = (shortfalls.get(scriptKey(script)) ?? []).map(shortfall => shortfallWords(shortfall, groups));
      return texts.length > 0 ? [{ script: refOf(script), texts }] : [];
    }),
  };
}

/** Journals that the rest of a change is as wanted already: there is nothing left of it to resume. */
async function noteAsWanted({ journal, newId, clock }: WriteCommandParts, proposal: Proposal, wanted: Wanted): Promise<void> {
  // What a deleted group cannot get is not as wanted.
  if (wanted.resumes === undefined || proposal.gone.length > 0 || proposal.unchanged.length === 0) return;
  const { connection } = proposal;
  const at = new Date(clock.now()).toISOString();
  const change: JournalChange = {
    type: 'change',
    ...changeNote(newId(), proposal, wanted),
    at,
    connection: connection.key,
    account: connection.account,
    wanted: [],
  };
  await journal(connection).append([change]);
}

const promptOf = ([only, ...more]: readonly ScriptRef[]): string =>
  only && more.length === 0
    ? l10n.t('Another administrator has to approve the change of {0}. Say why it is needed.', quoted(scriptLabel(only)))
    : l10n.t(
        'Another administrator has to approve the change of {0}, by one request each. Say why it is needed.',
        scriptCount(more.length + 1),
      );

/** Asks why protected changes are needed, once for all of them; undefined when the user leaves. */
export async function askJustification(
  { askText }: { readonly askText: AskText },
  scripts: readonly ScriptRef[],
): Promise<string | undefined> {
  const answer = await askText({
    title: l10n.t('Multi Admin Approval'),
    prompt: promptOf(scripts),
    initial: '',
    parse: text => (text.trim() !== '' && text.trim().length <= longestJustification ? text.trim() : undefined),
    problem: text => (text.trim() === '' ? l10n.t('Enter a justification.') : l10n.t('At most {0} characters.', longestJustification)),
  });
  return answer?.kind === 'picked' ? answer.value : undefined;
}

/** What writes in a connection. */
export const writeParts = (parts: WriteCommandParts, connection: Connection): FinishParts => ({
  client: connection.client,
  journal: parts.journal(connection),
  memory: connection.memory,
  clock: parts.clock,
  writeMethod: parts.settings().writeMethod,
  connection: connection.key,
  account: connection.account,
  newId: parts.newId,
  report: parts.log.error,
});
