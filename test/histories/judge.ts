// What was told, journalled and remembered, against what was.
import type { PastWrite, SomeWrites } from '../../src/intune/history/pastChange.ts';
import type { JournalRecord } from '../../src/intune/journal/journal.ts';
import type { Plan } from '../../src/intune/plan/plan.ts';
import { replacedRows, type WriteOutcome } from '../../src/intune/write/outcome.ts';
import type { StoredRow } from '../../src/sample/index.ts';
import { groupIds, passedDate } from './arbitraryRows.ts';
import { deltaOf, sameRows, showsDelta } from './model.ts';
import type { Breach } from './report.ts';
import { recipientOf, rowOfWire, textOf } from './spelling.ts';
import { type Stage, shortId, type Watched } from './stage.ts';
import { type Attempt, type Entry, everShowed, showedBefore } from './witness.ts';

/** Outcomes that say that nothing was written. */
const nothingWritten: ReadonlySet<string> = new Set(['failed', 'conflict', 'cancelled', 'notSent', 'needsApproval', 'pending']);

const isDone = (kind: string): boolean => kind === 'written' || kind === 'changedAfter';

/** Milliseconds by which a read may be behind, and some for the requests themselves. */
const mostBehind = ({ history: { manners } }: Stage): number => manners.assignmentLagMs + Math.max(...manners.replicaLagsMs) + 1_000;

/** Whether somebody else, or another window of ours, has changed a script so lately that a read of then could show or miss it. */
function isExplained(stage: Stage, { witness }: Watched, { window, at }: Attempt): boolean {
  const others = witness.entries.filter(({ by }) => by !== 'nobody' && by !== window);
  return others.some(entry => entry.at >= at - mostBehind(stage));
}

/** Who made a row go: the last that had it no more, after one that had it. */
function removerOf(entries: readonly Entry[], row: StoredRow): Entry | undefined {
  const has = ({ rows }: Entry): boolean => rows.some(one => textOf(one) === textOf(row));
  return entries.findLast((entry, index) => index > 0 && !has(entry) && has(entries[index - 1] ?? entry));
}

/** Rows that are told to be missing, or replaced by ours: nobody is to be offered to bring back what we took away ourselves. */
function judgeMissing({ entries, attempts }: Watched['witness'], missing: readonly StoredRow[], attempt: Attempt, breach: Tell): void {
  for (const row of missing) {
    const remover = removerOf(entries, row);
    const own = [...attempts.values()].find(({ commit }) => commit !== undefined && entries[commit] === remover);
    // What an earlier write of ours has replaced without having seen it was somebody's.
    const isOurs = own && own !== attempt && own.delta.removed.some(one => textOf(one) === textOf(row));
    if (isOurs) breach('alarm', `told to be missing, and taken away by ourselves: ${textOf(row)}`);
  }
}

const rowsOf = (some: Plan['base']): readonly StoredRow[] => some.map(row => rowOfWire(row.wire, row.direct));

type Tell = (kind: Breach['kind'], text: string) => void;

/** What was told about one plan, against what was. */
export function judgeOutcome(stage: Stage, one: Watched, plan: Plan, attempt: Attempt, outcome: WriteOutcome): void {
  const { report } = stage;
  const { script, witness } = one;
  const { kind } = outcome;
  const breach: Tell = (of, text) => void report.breaches.push({ kind: of, text: `${shortId(script)}: ${text}` });
  report.told.set(kind, (report.told.get(kind) ?? 0) + 1);
  const done = attempt.commit !== undefined;
  if (attempt.sentSinceDone > 0) breach('resent', 'sent again after it was done');
  const accepted = kind === 'written' && attempt.lost && (!outcome.visible || showedBefore(witness, attempt));
  if (isDone(kind) && !done && !accepted && !everShowed(witness, attempt)) breach('untrue', `${kind}, but nothing was`);
  if (nothingWritten.has(kind) && done) breach('untrue', `${kind}, but it was written`);
  if (kind === 'unknown' && attempt.sent === 0) breach('untrue', 'unknown, but nothing was sent');
  if ((kind === 'conflict' || kind === 'changedAfter') && !isExplained(stage, one, attempt))
    breach('alarm', `${kind}, but nobody was there`);
  if (kind === 'changedAfter') judgeMissing(witness, rowsOf(outcome.missing), attempt, breach);
  if (kind === 'written' && outcome.replaced) {
    if (!isExplained(stage, one, attempt)) breach('alarm', 'replaced, but nobody was there');
    judgeMissing(witness, rowsOf(replacedRows(plan, outcome.now ?? [], outcome.replaced)), attempt, breach);
  }
}

/** The end in the journal says what was told, unless it could not be written. */
export function judgeJournal(
  stage: Stage,
  { script }: Watched,
  attempt: Attempt,
  outcome: WriteOutcome,
  records: readonly JournalRecord[],
): void {
  const { startId } = attempt;
  if (startId === undefined || attempt.window.hasFailed) return;
  const end = records.findLast(record => record.type === 'end' && record.id === startId);
  const told = outcome.kind === 'notSent' ? 'failed' : outcome.kind === 'needsApproval' ? 'cancelled' : outcome.kind;
  if (end?.type === 'end' && end.outcome === told) return;
  stage.report.breaches.push({
    kind: 'journal',
    text: `${shortId(script)}: ${end?.type === 'end' ? end.outcome : 'no end'} of ${outcome.kind}`,
  });
}

/** What the history says of a write, against what was. `isLast` is once everything has had its time. */
export function judgeWrite(stage: Stage, one: Watched, changeId: string, write: PastWrite, isLast: boolean): void {
  const { script, witness } = one;
  const { outcome } = write;
  const attempt = witness.attempts.get(changeId);
  const breach = (text: string): void =>
    void stage.report.breaches.push({ kind: 'history', text: `${shortId(script)}: ${outcome} (${write.id}), ${text}` });
  const done = attempt?.commit !== undefined;
  if (
    isDone(outcome) &&
    !done &&
    !(attempt && (everShowed(witness, attempt) || (attempt.lost && (!isLast || showedBefore(witness, attempt)))))
  )
    breach('but nothing was');
  if (nothingWritten.has(outcome) && done) breach('but it was written');
  if (outcome === 'notStarted' && attempt && attempt.sent > 0) breach('but it was sent');
  if (outcome === 'notShown' && attempt?.commit !== undefined) {
    const { delta, commit } = attempt;
    if (witness.entries.slice(commit).every(({ rows }) => showsDelta(rows, delta))) breach('but it was there all the time');
  }
  const others = witness.entries.filter(({ by }, index) => by !== 'nobody' && index !== attempt?.commit);
  if (outcome === 'undecided' && others.length === 0) breach('but nothing else was done');
  const { manners } = stage.history;
  const canBeRead = manners.pageWart !== 'repeatedToken' || manners.assignmentPageSize === 20;
  if (!isLast || !canBeRead) return;
  if (['running', 'unsettled', 'unknown'].includes(outcome)) breach('for good');
  if (write.id !== undefined && !write.visible) breach('and not shown, for good');
}

/** What does not come back: rows that devices would run at once, and those of a group that is gone. */
const staysAway = ({ target, runSchedule }: StoredRow): boolean =>
  runSchedule?.['date'] === passedDate || recipientOf(target).includes(groupIds.at(-1) ?? '');

/** An undo that was done gives back what was, where nobody was in between. */
export function judgeUndo(
  { report }: Stage,
  { script, witness: { entries, attempts } }: Watched,
  undone: SomeWrites,
  undoing: Attempt,
): void {
  const write = undone.writes.find(one => one.script.id === script.id);
  const [first, last] = [attempts.get(undone.change.id)?.commit, undoing.commit];
  if (first === undefined || last === undefined || last !== first + 1) return;
  const [before, after] = [entries[first - 1], entries[last]];
  // What came in the gap of the first write was not there for it.
  if (!before || !after || !write || !sameRows(before.rows, rowsOf(write.before))) return;
  const { added, removed } = deltaOf(before.rows, after.rows);
  if ((added.length === 0 && removed.length === 0) || removed.some(staysAway)) return;
  report.breaches.push({ kind: 'undo', text: `${shortId(script)}: +${added.map(textOf).join()} -${removed.map(textOf).join()}` });
}
