import { l10n } from 'vscode';
import { views } from '../contract.ts';
import type { Connection } from '../intune/connection.ts';
import { followApprovals, isPending, type PendingWrite, stateOf } from '../intune/history/followApprovals.ts';
import type { PastChange } from '../intune/history/pastChange.ts';
import { type ScriptRef, scriptKey } from '../intune/script.ts';
import { finishApproval, planOf } from '../intune/write/finishApproval.ts';
import type { WriteOutcome } from '../intune/write/outcome.ts';
import { connectionLine, tenantTitle } from '../views/connectionWords.ts';
import { ask, say, sayError } from '../views/say.ts';
import { withViewProgress } from '../views/withViewProgress.ts';
import { refusedAs, refusedWords } from '../views/words/approval.ts';
import { differenceWords, groupsOf } from '../views/words/change.ts';
import { scriptCount } from '../views/words/count.ts';
import { inOneLine } from '../views/words/list.ts';
import { quoted } from '../views/words/quoted.ts';
import { scriptLabel } from '../views/words/script.ts';
import { conflictText } from '../views/write/conflictText.ts';
import { outcomeWords } from '../views/write/outcomeWords.ts';
import { withWriteProgress } from '../views/write/writeWithProgress.ts';
import { type ApprovalParts, cancelRequests } from './cancelApproval.ts';
import { changeAssignments } from './changeAssignments.ts';
import { chooseChange } from './pastChanges.ts';
import { notWritable, whileWritable } from './readOnly.ts';
import type { Remedy } from './remedies.ts';
import { ensureWriteTiers, requireWritable } from './writeAccess.ts';
import { writeParts } from './writeParts.ts';

/** What is done at once: a change, and those of its writes that may be done. */
interface Finishing {
  readonly change: PastChange;
  readonly writes: readonly PendingWrite[];
}

interface Finished {
  readonly write: PendingWrite;
  readonly outcome: WriteOutcome;
}

const mostLines = 5;

/**
 * Those that were approved; undefined after words where none was. Where the states cannot be read, all of them: the service says it then,
 * and nothing is changed.
 */
async function approvedOf(parts: ApprovalParts, connection: Connection, writes: readonly PendingWrite[]) {
  const read = withViewProgress(
    () => followApprovals(connection.client, parts.journal(connection), () => parts.clock.now()),
    views.changes,
  );
  const followed = await read.catch((error: unknown) => {
    parts.log.error(error);
    return undefined;
  });
  if (!followed) return writes;
  const approved = writes.filter(write => stateOf(write, followed.states) === 'approved');
  if (approved.length > 0) return approved;
  const [over] = followed.refused;
  void say(
    over ? refusedWords(scriptLabel(over.script), refusedAs(stateOf(over, followed.states))) : l10n.t('Nobody has approved it yet.'),
  );
  return undefined;
}

/** The last question: what was asked for, days ago, replaces the whole set. */
async function review(connection: Connection, { change, writes }: Finishing): Promise<boolean> {
  const [first] = writes;
  const groups = groupsOf(change, connection.inventory.groups);
  const question =
    first && writes.length === 1
      ? l10n.t('Finish the approved change of {0}?', quoted(scriptLabel(first.script)))
      : l10n.t('Finish the approved changes of {0}?', scriptCount(writes.length));
  const lines = writes
    .slice(0, mostLines)
    .map(({ script, differences }) => `${scriptLabel(script)}: ${differences.map(one => differenceWords(one, groups)).join(', ')}`);
  const more = writes.length - lines.length;
  const detail = [
    connectionLine(connection),
    ...lines,
    ...(more > 0 ? [l10n.t('and {0} more', more)] : []),
    l10n.t('Where somebody has changed the assignments since the request, nothing is written.'),
  ].join('\n');
  const act = l10n.t('Finish in {0}', tenantTitle(connection));
  return (await ask(question, detail, act)) === act;
}

async function finishAll(parts: ApprovalParts, connection: Connection, writes: readonly PendingWrite[]): Promise<readonly Finished[]> {
  const finishEach = async (signal: AbortSignal, ended: (script: ScriptRef) => void): Promise<readonly Finished[]> => {
    const all: Finished[] = [];
    for (const write of writes) {
      const { start, request } = write.approval;
      const outcome: WriteOutcome = signal.aborted
        ? { kind: 'cancelled' }
        : await finishApproval(start, request, writeParts(parts, connection), signal);
      all.push({ write, outcome });
      ended(write.script);
    }
    return all;
  };
  const finished = await whileWritable(parts, stop => withWriteProgress(tenantTitle(connection), writes.length, stop, finishEach));
  const read = finished.flatMap(({ write, outcome }) =>
    'now' in outcome && outcome.now ? [[scriptKey(write.script), outcome.now] as const] : [],
  );
  connection.inventory.setAssignments(new Map(read), []);
  return finished;
}

/** The request is of no use any more: it is taken back, and what it wanted is planned on what is there now. */
async function askAnew(parts: ApprovalParts, connection: Connection, change: PastChange, writes: readonly PendingWrite[]): Promise<void> {
  // The button may have stood for hours.
  const stopped = notWritable(parts, connection);
  if (stopped !== undefined) return void say(stopped);
  await withViewProgress(() => cancelRequests(parts, connection, writes), views.changes);
  const wanted = new Map(writes.map(write => [scriptKey(write.script), write.wanted]));
  const changesFor = (script: ScriptRef) => wanted.get(scriptKey(script)) ?? [];
  await changeAssignments(parts, connection, { scripts: writes.map(({ script }) => script), groups: [], changesFor, resumes: change.id });
}

/** What can be done where somebody was quicker. */
function remediesOf(parts: ApprovalParts, connection: Connection, { change }: Finishing, finished: readonly Finished[]): readonly Remedy[] {
  const conflicts = finished.flatMap(({ write, outcome }) => (outcome.kind === 'conflict' ? [{ write, now: outcome.now }] : []));
  if (conflicts.length === 0) return [];
  const { inventory } = connection;
  const names = { groups: groupsOf(change, inventory.groups), filters: inventory.filters() };
  const texts = (): readonly string[] =>
    conflicts.map(({ write, now }) => conflictText(planOf(write.approval.start), now, names, parts.clock.now()));
  const writes = conflicts.map(({ write }) => write);
  return [
    { label: l10n.t('Show Changes'), run: () => parts.documents.showText(l10n.t('Changed by somebody else.txt'), texts().join('\n')) },
    { label: l10n.t('Cancel Request and Ask Anew…'), run: () => askAnew(parts, connection, change, writes) },
  ];
}

async function tell(parts: ApprovalParts, connection: Connection, finishing: Finishing, finished: readonly Finished[]): Promise<void> {
  const lines = finished.map(({ write, outcome }) => outcomeWords(write.script, outcome, planOf(write.approval.start)));
  for (const line of lines) parts.log.info(line);
  const bad = finished.flatMap(({ outcome }, index) => (outcome.kind === 'written' ? [] : [lines[index] ?? '']));
  const done = finished.length - bad.length;
  const count = l10n.t('{0} of {1} are changed in {2}.', done, scriptCount(finished.length), tenantTitle(connection));
  const text = finished.length === 1 ? (lines[0] ?? '') : inOneLine([count, bad[0]]);
  const remedies: readonly Remedy[] = [
    ...remediesOf(parts, connection, finishing, finished),
    { label: l10n.t('Show Log'), run: parts.showLog },
  ];
  const chosen = await (bad.length === 0 ? say : sayError)(text, ...remedies.map(({ label }) => label));
  await remedies.find(({ label }) => label === chosen)?.run();
}

/** Finish…: does what another administrator has approved, where nobody has changed the assignments since it was asked for. */
export const finishChange =
  (parts: ApprovalParts) =>
  async (...args: readonly unknown[]): Promise<void> => {
    const connection = await requireWritable(parts);
    const words = { title: l10n.t('Finish an Approved Change'), none: l10n.t('No change waits for approval.'), counts: isPending };
    const chosen = connection && (await chooseChange(parts, connection, args, words));
    if (!connection || !chosen) return;
    const { change } = chosen;
    if (change.account !== connection.account) {
      void say(l10n.t('Only {0} can finish this change, who asked for it.', change.account));
      return;
    }
    const pending = chosen.writes.filter(isPending);
    if (
      !(await ensureWriteTiers(
        parts,
        pending.map(({ script }) => script),
      ))
    )
      return;
    const writes = await approvedOf(parts, connection, pending);
    if (!writes || !(await review(connection, { change, writes }))) return;
    const stopped = notWritable(parts, connection);
    if (stopped !== undefined) return void say(stopped);
    const finished = await finishAll(parts, connection, writes);
    // Not awaited: a notification may stand for hours.
    void tell(parts, connection, { change, writes }, finished).catch(parts.log.error);
  };
