// What a window of ours does in a step: it plans and writes as the commands do, and each plan and outcome is judged.

import { isPending } from '../../src/intune/history/approvals.ts';
import { canBeUndone, isLeft, type PastChange, type PastWrite, type SomeWrites } from '../../src/intune/history/pastChange.ts';
import { readHistory } from '../../src/intune/history/recovery.ts';
import { restOf, undoingLeft } from '../../src/intune/history/resume.ts';
import { undoingOf } from '../../src/intune/history/undo.ts';
import { changeToJournal } from '../../src/intune/journal/journal.ts';
import { type Assignment, assignmentFromWire, targetKey } from '../../src/intune/model/assignment.ts';
import type { Change } from '../../src/intune/model/change.ts';
import type { ScriptRef } from '../../src/intune/model/script.ts';
import { targetFromWire } from '../../src/intune/model/target.ts';
import { copyInTurn, readCopySource } from '../../src/intune/plan/copyAssignments.ts';
import { editAssignment, rowRef } from '../../src/intune/plan/editAssignment.ts';
import { expectedAssignments, type Plan } from '../../src/intune/plan/plan.ts';
import { propose, type Wanted } from '../../src/intune/plan/propose.ts';
import { replaceGroup } from '../../src/intune/plan/replaceGroup.ts';
import { finishApproval } from '../../src/intune/write/finishApproval.ts';
import { type ChangeNote, writePlans } from '../../src/intune/write/write.ts';
import { families } from '../../src/sample/families.ts';
import type { StoredRow } from '../../src/sample/index.ts';
import { groupIds } from './arbitraryRows.ts';
import type { OpenWindow } from './computer.ts';
import type { ChangeStep, What } from './history.ts';
import { judgeJournal, judgeOutcome, judgeUndo } from './judge.ts';
import { applied, resolved, sameRows, type Wish } from './model.ts';
import { filterOf, rowOfWire, textOf } from './spelling.ts';
import { rowJson, type Stage, shortId, type Watched } from './stage.ts';
import type { Attempt } from './witness.ts';

/** Others act around the plan of some scripts. */
export type Others = (at: 'beforePlan' | 'afterPlan', scripts: readonly Watched[]) => void;

const rowsOf = (some: readonly Assignment[]): readonly StoredRow[] => some.map(row => rowOfWire(row.wire, row.direct));
const refOf = ({ script: { family, id } }: Watched): ScriptRef => ({ family, id, name: id });

/** A row that was read, as the product names it. */
function shown(of: StoredRow, all: readonly Assignment[]) {
  const assignment = all.find(row => row.direct && textOf(rowOfWire(row.wire, true)) === textOf(of));
  return { assignment: assignment ?? assignmentFromWire(rowJson(of)), all };
}

function changesOf(wish: Wish, base: readonly Assignment[]): readonly Change[] {
  switch (wish.kind) {
    case 'remove':
      return [{ kind: 'remove', targetKey: targetKey(targetFromWire(wish.row.target)) }];
    case 'add':
      return [{ kind: 'add', assignment: assignmentFromWire(rowJson(wish.row)), opposite: wish.overrules ? 'replace' : undefined }];
    case 'set':
      return [{ kind: 'set', assignment: assignmentFromWire(rowJson(wish.row)) }];
    case 'turn':
      return [{ kind: 'turn', assignment: assignmentFromWire(rowJson(wish.row)), ...rowRef(shown(wish.of, base)) }];
    case 'edit': {
      const [mode = '', id = ''] = wish.filter ? filterOf(wish.filter).split(' ') : [];
      const filter = wish.filter ? { id, mode: mode === 'exclude' ? ('exclude' as const) : ('include' as const) } : wish.filter;
      const schedule = wish.hours === undefined ? undefined : ({ kind: 'hourly', interval: wish.hours } as const);
      return editAssignment(shown(wish.of, base), { schedule, filter });
    }
  }
}

/** What a step wants, what the journal says of it, and what each plan is to be, where that can be told. */
interface Request {
  readonly wanted: Wanted;
  readonly note: ChangeNote;
  readonly expected?: (plan: Plan, one: Watched) => readonly StoredRow[];
  /** Of an undo: the writes that it takes back. */
  readonly undone?: SomeWrites;
  /** Of what is resumed: its changes are those of then. */
  readonly resumed?: PastChange;
}

/** One of the past changes that have such writes, with these. */
function pastOf(changes: readonly PastChange[], nth: number, counts: (write: PastWrite) => boolean) {
  const some = changes.map(change => ({ change, writes: change.writes.filter(counts) })).filter(({ writes }) => writes.length > 0);
  return some[nth % Math.max(1, some.length)];
}

async function requestOf(stage: Stage, window: OpenWindow, what: What, picked: readonly Watched[]): Promise<Request | undefined> {
  const { connection, journal, parts } = window;
  const scripts = picked.map(refOf);
  const names = connection.inventory.groups;
  const { now } = parts.clock;
  switch (what.kind) {
    case 'intents': {
      const wishes = (id: string, base: readonly StoredRow[]): readonly Wish[] => {
        const one = stage.watched.get(id);
        return one ? resolved(what.intents, base, families[one.script.family].scheduled) : [];
      };
      const changesFor = ({ id }: ScriptRef, base: readonly Assignment[]) =>
        wishes(id, rowsOf(base)).flatMap(wish => changesOf(wish, base));
      const expected = ({ base, script: { id } }: Plan): readonly StoredRow[] => applied(rowsOf(base), wishes(id, rowsOf(base)));
      return { wanted: { scripts, changesFor, groups: [] }, note: {}, expected };
    }
    case 'copy': {
      const all = [...stage.watched.values()];
      const from = all[what.from % all.length];
      if (!from) return undefined;
      const source = await readCopySource(connection, refOf(from), await journal.read(), parts.clock).catch(() => undefined);
      if (!source) return undefined;
      const changesFor = (script: ScriptRef, base: readonly Assignment[]) => copyInTurn([source], script, base, what.mode, now()).changes;
      return { wanted: { scripts: scripts.filter(({ id }) => id !== from.script.id), changesFor, groups: [], exact: true }, note: {} };
    }
    case 'replaceGroup': {
      const [from = '', to = ''] = [groupIds[what.from % groupIds.length], groupIds[what.to % (groupIds.length - 1)]];
      const changesFor = (_: ScriptRef, base: readonly Assignment[]) => replaceGroup(base, { from, to, mode: what.mode });
      return { wanted: { scripts, changesFor, groups: [{ id: to, name: to }], allOrNone: what.mode === 'replace' }, note: {} };
    }
    case 'undo': {
      const past = pastOf(await readHistory(journal), what.nth, canBeUndone);
      if (!past) return undefined;
      const wanted = undoingOf(past, names, { anyway: new Set(), now });
      return { wanted, note: { undoes: past.change.id }, undone: past };
    }
    case 'resume': {
      const changes = await readHistory(journal);
      const past = pastOf(changes, what.nth, isLeft);
      if (!past) return undefined;
      const back = undoingLeft(past, changes);
      const note = { resumes: past.change.id };
      if (!back) return { wanted: restOf(past, names), note, resumed: past.change };
      const wanted = undoingOf(back, names, { anyway: new Set(), resumes: past.change.id, now });
      return { wanted, note: { ...note, undoes: back.change.id }, undone: back };
    }
    case 'finish':
      return undefined;
  }
}

/** Whether a plan is what was wished, on a set that was there. */
function judgePlan({ report, history }: Stage, plan: Plan, one: Watched, { expected, resumed }: Request): void {
  const breach = (text: string): void => void report.breaches.push({ kind: 'planned', text: `${shortId(one.script)}: ${text}` });
  const [base, after] = [rowsOf(plan.base), rowsOf(expectedAssignments(plan))];
  // Pages are no snapshot.
  const isWhole = history.manners.assignmentPageSize === 20;
  if (isWhole && !one.witness.entries.some(({ rows }) => sameRows(rows, base))) breach('on a set that was never there');
  if (expected && !sameRows(after, expected(plan, one)))
    breach(`${after.map(textOf).join(' ')} instead of ${expected(plan, one).map(textOf).join(' ')}`);
  if (!resumed) return;
  const then = resumed.writes.find(({ script }) => script.id === plan.script.id)?.wanted ?? [];
  const json = (changes: readonly Change[]): string => JSON.stringify(changes.map(changeToJournal));
  const isGone = json(then)
    .toLowerCase()
    .includes(groupIds.at(-1) ?? '');
  if (!isGone && json(plan.changes) !== json(then)) breach('resumed as something else');
}

/** Plans and writes; what the service does meanwhile, the witnesses see. */
export async function change(
  stage: Stage,
  step: ChangeStep,
  window: OpenWindow,
  what: What,
  others: Others,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { report, watched } = stage;
  const since = new Map([...watched].map(([id, { witness }]) => [id, { from: witness.entries.length - 1, at: stage.clock.now() }]));
  const picked = [...watched.values()].filter((_, index) => ((step.mask >> (index % 4)) & 1) === 1);
  others('beforePlan', picked);
  if (what.kind === 'finish') return finish(stage, window, what.nth, signal);
  const request = await requestOf(stage, window, what, picked);
  if (!request) return;
  const options = signal ? { signal } : {};
  const { plans } = await propose(window.connection, request.wanted, await window.journal.read(), window.parts.clock, options);
  others('afterPlan', picked);
  const note = { ...request.note, id: window.parts.newId(), allOrNone: request.wanted.allOrNone };
  const begin = (plan: Plan): Attempt => {
    const one = watched.get(plan.script.id);
    if (!one) throw new RangeError('A plan of a script that is not there.');
    const attempt = one.witness.begin(window, note.id, rowsOf(plan.base), rowsOf(expectedAssignments(plan)));
    return Object.assign(attempt, since.get(plan.script.id));
  };
  for (const plan of plans) {
    const one = watched.get(plan.script.id);
    if (one) judgePlan(stage, plan, one, request);
  }
  const parts = { ...window.parts, writeMethod: step.writeMethod };
  const attempts = new Map(plans.map(plan => [plan, begin(plan)]));
  const outcomes = new Map((await writePlans(plans, parts, { ...options, change: note })).map((outcome, index) => [plans[index], outcome]));
  const guarded = plans.filter(plan => outcomes.get(plan)?.kind === 'needsApproval');
  for (const plan of guarded) attempts.set(plan, begin(plan));
  const asked = guarded.length > 0 ? await writePlans(guarded, parts, { ...options, change: note, justification: 'Please.' }) : [];
  for (const [index, outcome] of asked.entries()) outcomes.set(guarded[index], outcome);
  const records = await window.journal.read();
  for (const [plan, attempt] of attempts) {
    const [one, outcome] = [watched.get(plan.script.id), outcomes.get(plan)];
    if (!one || !outcome) throw new RangeError('A plan without an outcome.');
    report.story.push(`told: ${outcome.kind} ${window.name} ${shortId(one.script)}`);
    judgeOutcome(stage, one, plan, attempt, outcome);
    judgeJournal(stage, one, attempt, outcome, records);
    if (request.undone && plan.leftOut.length === 0) judgeUndo(stage, one, request.undone, attempt);
  }
}

/** Does what another administrator has approved, or tries to. */
async function finish(stage: Stage, window: OpenWindow, nth: number, signal: AbortSignal | undefined): Promise<void> {
  const pending = (await readHistory(window.journal)).flatMap(({ writes }) => writes.filter(isPending));
  const write = pending[nth % Math.max(1, pending.length)];
  const one = stage.watched.get(write?.script.id ?? '');
  if (!write || !one) return;
  const { start, request } = write.approval;
  const earlier = one.witness.attempts.get(start.changeId);
  const begun = one.witness.begin(window, start.changeId, rowsOf(write.before), rowsOf(write.after));
  if (earlier) {
    begun.from = earlier.from;
    begun.at = earlier.at;
    begun.commit = earlier.commit;
  }
  const [plan] = [{ script: start.script, base: write.before, changes: [], rows: [], leftOut: [] }];
  const outcome = await finishApproval(start, request, { ...window.parts, writeMethod: 'auto' }, signal);
  stage.report.story.push(`told: ${outcome.kind} ${window.name} ${shortId(one.script)} (finish)`);
  judgeOutcome(stage, one, plan, begun, outcome);
}
