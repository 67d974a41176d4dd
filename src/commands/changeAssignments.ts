import { l10n, window } from 'vscode';
import type { Schedule } from '../intune/model/schedule.ts';
import type { Proposal } from '../intune/plan/proposal.ts';
import { propose, rememberRemediationTold, type Wanted } from '../intune/plan/propose.ts';
import { passedAnew, withFreshSchedule } from '../intune/plan/runOnce.ts';
import type { Connection } from '../intune/read/connection.ts';
import { tenantTitle } from '../views/connectionWords.ts';
import { withoutLinks } from '../views/plainText.ts';
import { askReview } from '../views/review/askReview.ts';
import { say } from '../views/say.ts';
import { askSchedule } from '../views/schedule/askSchedule.ts';
import { withCancellableProgress } from '../views/withCancellableProgress.ts';
import { resultLines, takesAway } from '../views/write/result.ts';
import { noteAsWanted } from './changeNote.ts';
import { notWritable, refusesAsReadOnly } from './readOnly.ts';
import type { Remedy } from './remedies.ts';
import type { WriteCommandParts } from './writeCommandParts.ts';
import { writeProposal } from './writeProposal.ts';

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
