import { l10n } from 'vscode';
import type { ConnectionParts } from '../../app/connection.ts';
import {
  cancelApprovalRequest,
  type Followed,
  followApprovals,
  isPending,
  type PendingWrite,
  readApprovalStates,
  stateOf,
} from '../../intune/history/approvals.ts';
import type { PastChange } from '../../intune/history/pastChange.ts';
import { readHistory } from '../../intune/history/recovery.ts';
import { stampOf } from '../../intune/journal/journal.ts';
import { scriptKey } from '../../intune/model/script.ts';
import type { Proposal } from '../../intune/plan/proposal.ts';
import { describePlans } from '../../intune/plan/propose.ts';
import type { Connection } from '../../intune/read/connection.ts';
import { finishApproval, planOf } from '../../intune/write/finishApproval.ts';
import type { WriteOutcome } from '../../intune/write/outcome.ts';
import { views } from '../../manifest.ts';
import { refusedAs, refusedWords } from '../../ui/format/change.ts';
import { scriptCount } from '../../ui/format/count.ts';
import { clipped, quoted, scriptLabel, tenantTitle } from '../../ui/format/names.ts';
import { askOrKeep, say } from '../../ui/notifications.ts';
import { withViewProgress } from '../../ui/progress.ts';
import type { PickOne } from '../../ui/quickPick.ts';
import { changeAssignments, writeParts } from '../change/changeFlow.ts';
import { type Remedy, restore, showChanges, tellResult } from '../change/followUps.ts';
import { type ChooseParts, chooseChange } from '../change/pastChanges.ts';
import type { Written } from '../change/result.ts';
import { askConfirmation, askReview, type Question } from '../change/review.ts';
import {
  ensureWriteTiers,
  notWritable,
  requireWritable,
  type WriteAccessParts,
  type WriteCommandParts,
  whileWritable,
} from '../change/writeAccess.ts';
import { type WriteProgress, withWriteProgress } from '../change/writeProgress.ts';
import { resumeWrites } from './resume.ts';

/** What is done at once: a change, and those of its writes that may be done. */
interface Finishing {
  readonly change: PastChange;
  readonly writes: readonly PendingWrite[];
}

interface Finished {
  readonly write: PendingWrite;
  readonly outcome: WriteOutcome;
}

/**
 * Those that were approved; undefined after words where none was. Where the states cannot be read, all of them: the service says it then,
 * and nothing is changed.
 */
async function approvedOf(parts: ApprovalParts, connection: Connection, writes: readonly PendingWrite[]) {
  const followed = await readOrLog(parts, () => followApprovals(connection.client, parts.journal(connection), parts.clock));
  if (!followed) return writes;
  const approved = writes.filter(write => stateOf(write, followed.states) === 'approved');
  if (approved.length > 0) return approved;
  const [over] = followed.refused;
  const done = writes.find(write => stateOf(write, followed.states) === 'completed');
  if (over) void say(refusedWords(scriptLabel(over.script), refusedAs(stateOf(over, followed.states))));
  else if (done) void say(l10n.t('The request to change {0} is completed already.', scriptLabel(done.script)));
  else void say(l10n.t('Nobody has approved it yet.'));
  return undefined;
}

/** What was approved, as it is put before the user once more. */
async function proposalOf(connection: Connection, writes: readonly PendingWrite[]): Promise<Proposal> {
  const plans = writes.map(({ approval }) => planOf(approval.start));
  const at = Math.min(...writes.map(({ approval }) => Date.parse(approval.start.at)));
  const { inventory } = connection;
  const described = await describePlans(connection, plans, { groups: inventory.groups, reach: new Map() });
  return {
    connection,
    at,
    plans,
    unchanged: [],
    unreadable: [],
    shortfalls: new Map(),
    gone: [],
    pending: new Set(),
    tellsOfRemediation: false,
    ...described,
  };
}

/** The last question: what was asked for, days ago, replaces the whole set. */
function questionOf({ connection, plans }: Proposal): Question {
  const [first] = plans;
  return {
    message:
      first && plans.length === 1
        ? l10n.t('Finish the approved change of {0}?', quoted(clipped(scriptLabel(first.script))))
        : l10n.t('Finish the approved changes of {0}?', scriptCount(plans.length)),
    act: l10n.t('Finish in {0}', clipped(tenantTitle(connection))),
    note: l10n.t('Where somebody has changed the assignments since the request, nothing is written.'),
  };
}

async function finishAll(parts: ApprovalParts, { connection }: Proposal, writes: readonly PendingWrite[]): Promise<readonly Finished[]> {
  const finishEach = async (signal: AbortSignal, { sent, waits }: WriteProgress): Promise<readonly Finished[]> => {
    const all: Finished[] = [];
    for (const write of writes) {
      const { start, request } = write.approval;
      const outcome: WriteOutcome = signal.aborted
        ? { kind: 'cancelled' }
        : await finishApproval(start, request, { ...writeParts(parts, connection), waits }, signal);
      all.push({ write, outcome });
      sent(write.script);
    }
    return all;
  };
  const finished = await whileWritable(parts, connection, stop =>
    withWriteProgress(tenantTitle(connection), writes.length, stop, finishEach),
  );
  const read = finished.flatMap(({ write, outcome }) =>
    'now' in outcome && outcome.now ? [[scriptKey(write.script), outcome.now] as const] : [],
  );
  // The same tenant may have been opened anew meanwhile, with an inventory of its own.
  const current = parts.connection();
  const { inventory } = current?.key === connection.key ? current : connection;
  inventory.setAssignments(new Map(read), []);
  return finished;
}

/** The request is of no use any more: it is taken back, and what it wanted is planned on what is there now. */
async function askAnew(parts: ApprovalParts, connection: Connection, change: PastChange, writes: readonly PendingWrite[]): Promise<void> {
  // The button may have stood for hours.
  const stopped = notWritable(parts, connection);
  if (stopped !== undefined) return void say(stopped);
  await withViewProgress(() => cancelRequests(parts, connection, writes), views.changes);
  const changes = await readHistory(parts.journal(connection));
  await resumeWrites(parts, connection, { change, writes, changes });
}

/** Whether a request is of no use any more: somebody was quicker, or its date has passed. */
const isOver = (outcome: WriteOutcome): boolean =>
  outcome.kind === 'conflict' || (outcome.kind === 'notSent' && outcome.reason === 'passed');

/** What can be done about requests that are of no use any more. */
function askAnewOf(parts: ApprovalParts, connection: Connection, { change }: Finishing, finished: readonly Finished[]): readonly Remedy[] {
  const writes = finished.flatMap(({ write, outcome }) => (isOver(outcome) ? [write] : []));
  return writes.length === 0
    ? []
    : [{ label: l10n.t('Cancel Request and Ask Anew…'), run: () => askAnew(parts, connection, change, writes) }];
}

/** Why it is not finished after all: a plan of it may have stood for hours, or twice. */
async function refusal(parts: ApprovalParts, connection: Connection, { change, writes }: Finishing): Promise<string | undefined> {
  const stopped = notWritable(parts, connection);
  if (stopped !== undefined) return stopped;
  const changes = await readHistory(parts.journal(connection));
  const waiting = new Set(changes.find(({ id }) => id === change.id)?.writes.flatMap(write => (isPending(write) ? [write.id] : [])));
  if (writes.every(({ id }) => waiting.has(id))) return notWritable(parts, connection);
  return l10n.t('This does not wait for approval any more. Nothing was written.');
}

/** Does it, once nothing speaks against it any more. Resolves to whether it was begun. */
async function finish(parts: ApprovalParts, proposal: Proposal, { change, writes }: Finishing): Promise<boolean> {
  const { connection } = proposal;
  if (!(await askConfirmation(proposal, parts.settings(), questionOf(proposal).message))) return false;
  const refused = await refusal(parts, connection, { change, writes });
  if (refused !== undefined) {
    void say(refused);
    return false;
  }
  const finished = await finishAll(parts, proposal, writes);
  const written = finished.flatMap(({ outcome }, index): readonly Written[] => {
    const plan = proposal.plans[index];
    return plan ? [{ plan, outcome }] : [];
  });
  // Not awaited: a notification may stand for hours.
  const remedies = [
    ...restore(written, wanted => changeAssignments(parts, connection, wanted)),
    ...showChanges(parts, proposal, written),
    ...askAnewOf(parts, connection, { change, writes }, finished),
  ];
  void tellResult(parts, proposal, written, remedies, change.id).catch(parts.log.error);
  return true;
}

/** Finish…: does what another administrator has approved, where nobody has changed the assignments since it was asked for. */
export const finishChange =
  (parts: ApprovalParts) =>
  async (...args: readonly unknown[]): Promise<void> => {
    const connection = await requireWritable(parts);
    if (!connection) return;
    const chosen = await choosePending(parts, connection, args, l10n.t('Finish an Approved Change'));
    if (!chosen) return;
    const { change, writes: pending } = chosen;
    if (change.account !== connection.account) {
      void say(l10n.t('Only {0} can finish this change, who asked for it.', change.account));
      return;
    }
    if (
      !(await ensureWriteTiers(
        parts,
        pending.map(({ script }) => script),
      ))
    )
      return;
    const writes = await approvedOf(parts, connection, pending);
    if (!writes) return;
    const proposal = await withViewProgress(() => proposalOf(connection, writes), views.changes);
    const apply = (): Promise<boolean> => finish(parts, proposal, { change, writes });
    const choice = parts.settings().alwaysShowPlan ? 'plan' : await askReview(proposal, parts.clock.now(), questionOf(proposal));
    if (choice === 'apply') await apply();
    if (choice === 'plan') await parts.documents.show(proposal, apply, l10n.t('at the request ↔ after'));
  };

export interface ApprovalParts extends WriteAccessParts {
  readonly pickOne: PickOne;
}

/** Takes requests for approval back, and says so in the journal. Throws a `GraphError` at the first that cannot be. */
async function cancelRequests(parts: ApprovalParts, connection: Connection, writes: readonly PendingWrite[]): Promise<void> {
  for (const { approval } of writes) {
    await cancelApprovalRequest(connection.client, approval.request.code);
    const end = { type: 'end', id: approval.start.id, ...stampOf(parts.clock), outcome: 'failed', approval: 'cancelled' } as const;
    await parts.journal(connection).append([end]);
  }
}

/** Cancel Request…: takes back requests for approval of one's own. */
export const cancelApproval =
  (parts: ApprovalParts) =>
  async (...args: readonly unknown[]): Promise<void> => {
    const connection = await requireWritable(parts);
    if (!connection) return;
    const chosen = await choosePending(parts, connection, args, l10n.t('Cancel a Request for Approval'));
    const writes = chosen?.writes ?? [];
    const [first] = writes;
    if (!first) return;
    const name = scriptLabel(first.script);
    const one = writes.length === 1;
    const question = one
      ? l10n.t('Cancel the request to change {0}?', quoted(name))
      : l10n.t('Cancel the requests to change {0}?', scriptCount(writes.length));
    const detail = one
      ? l10n.t('Nothing is changed, and nobody can approve it any more.')
      : l10n.t('Nothing is changed, and nobody can approve them any more.');
    const act = one ? l10n.t('Cancel Request in {0}', tenantTitle(connection)) : l10n.t('Cancel Requests in {0}', tenantTitle(connection));
    const keep = one ? l10n.t('Keep Request') : l10n.t('Keep Requests');
    if (!(await askOrKeep(question, detail, act, keep))) return;
    const stopped = notWritable(parts, connection);
    if (stopped !== undefined) return void say(stopped);
    await withViewProgress(() => cancelRequests(parts, connection, writes), views.changes);
    void say(one ? refusedWords(name, 'cancelled') : l10n.t('The requests to change {0} were canceled.', scriptCount(writes.length)));
  };

/** A change with those of its writes that wait for approval: of a row, or the one that the user picks. Undefined when the user leaves. */
async function choosePending(
  parts: ChooseParts & Pick<WriteCommandParts, 'log'>,
  connection: Connection,
  args: readonly unknown[],
  title: string,
): Promise<{ readonly change: PastChange; readonly writes: readonly PendingWrite[] } | undefined> {
  const none = l10n.t('No change waits for approval.');
  const choice = { title, none, counts: isPending, readStates: () => readOrLog(parts, () => readApprovalStates(connection.client)) };
  const chosen = await chooseChange(parts, connection, args, choice);
  return chosen && { change: chosen.change, writes: chosen.writes.filter(isPending) };
}

export interface LookAfterApprovalsParts extends Pick<WriteCommandParts, 'journal' | 'clock' | 'log'> {
  readonly warn: ConnectionParts['say'];
}

/** Reads how the requests for approval stand, and says once which of them are over. Rejects with a `GraphError`. */
export async function lookAfterApprovals(
  { journal, clock, log, warn }: LookAfterApprovalsParts,
  connection: Connection,
): Promise<Pick<Followed, 'states' | 'busy'>> {
  const { states, refused, busy } = await followApprovals(connection.client, journal(connection), clock);
  const [first, ...more] = refused;
  if (!first) return { states, busy };
  const text =
    more.length === 0
      ? refusedWords(scriptLabel(first.script), refusedAs(stateOf(first, states)))
      : l10n.t('The requests to change {0} in {1} ended. Nothing was changed.', scriptCount(refused.length), tenantTitle(connection));
  log.info(text);
  // Not awaited: a notification may stand for hours.
  void warn(text);
  return { states, busy };
}

/** Reads with progress in the Changes view; undefined where that fails, which the log tells. */
async function readOrLog<T>({ log }: Pick<WriteCommandParts, 'log'>, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await withViewProgress(read, views.changes);
  } catch (error) {
    log.error(error);
    return undefined;
  }
}
