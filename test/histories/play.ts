// Plays a history on the sample tenant, through the product's own planning and writing.
import { assignmentFromWire, targetKey } from '../../src/intune/assignment.ts';
import type { Change } from '../../src/intune/plan.ts';
import { propose } from '../../src/intune/propose.ts';
import { targetFromWire } from '../../src/intune/target.ts';
import { writePlans } from '../../src/intune/write/writePlans.ts';
import { families } from '../../src/sample/families.ts';
import type { History, Step } from './history.ts';
import { judgeJournal, judgeOutcome } from './judge.ts';
import { listen } from './listen.ts';
import { resolved, type Wish } from './model.ts';
import { emptyReport, type Report } from './report.ts';
import { intrude, rowJson, type Stage, shortId, type Watched } from './stage.ts';
import { strikes } from './strikes.ts';
import { createWitness } from './witness.ts';
import { createWorld } from './world.ts';

function changeOf(wish: Wish): Change {
  if (wish.kind === 'remove') return { kind: 'remove', targetKey: targetKey(targetFromWire(wish.row.target)) };
  const assignment = assignmentFromWire(rowJson(wish.row));
  if (wish.kind === 'add') return { kind: 'add', assignment };
  return { kind: 'set', assignment, ...(wish.edits && { replaces: targetKey(targetFromWire(wish.of.target)) }) };
}

/** Whether nothing is wrong that may make the gap longer. */
const isCalm = ({ manners }: History, { faults }: Step): boolean =>
  faults.length === 0 && manners.assignmentPageSize === 20 && manners.writeLimit === 200;

/** Fixes what is wished of each script, as it is now. */
function begin({ history }: Stage, step: Step, picked: readonly Watched[]): void {
  for (const one of picked) {
    const { script, witness } = one;
    const sets = script.versions.map(({ rows }) => rows);
    one.wishes = resolved(step.intents, sets, families[script.family].scheduled);
    one.sent = 0;
    one.sentSinceDone = 0;
    witness.begin({
      wishes: one.wishes,
      longestGapMs: isCalm(history, step) ? history.manners.latencyMs : undefined,
    });
  }
}

/** Plans and writes; what the service does meanwhile, the witnesses see. */
async function write(stage: Stage, step: Step, picked: readonly Watched[], signal: AbortSignal, planned: () => void): Promise<void> {
  const { world, report, watched } = stage;
  const from = world.disk.records.length;
  const scripts = picked.map(({ script: { family, id } }) => ({ family, id, name: id }));
  const changesFor = ({ id }: { readonly id: string }): readonly Change[] => watched.get(id)?.wishes.map(changeOf) ?? [];
  const wanted = { scripts, changesFor, groups: [] };
  const { plans } = await propose(world.connection, wanted, [...world.disk.records], world.clock, { signal });
  planned();
  for (const { witness } of picked) witness.beginWrite();
  world.disk.failAppend(step.diskFailsAt);
  const outcomes = await writePlans(plans, { ...world.parts, writeMethod: step.writeMethod }, { signal });
  for (const [index, plan] of plans.entries()) {
    const [one, outcome] = [watched.get(plan.script.id), outcomes[index]];
    if (!one || !outcome) throw new RangeError('A plan without an outcome.');
    report.story.push(`told: ${outcome.kind} ${shortId(one.script)}`);
    judgeOutcome(report, one, outcome);
    judgeJournal(stage, plan, one, outcome, from);
  }
}

async function playStep(stage: Stage, step: Step): Promise<void> {
  const { world, report, watched } = stage;
  if (step.pauseMs > 0) await world.clock.sleep(step.pauseMs);
  const picked = [...watched.values()].filter((_, index) => ((step.mask >> (index % 4)) & 1) === 1);
  const others = (at: 'beforePlan' | 'afterPlan'): void => {
    for (const { act, nth } of step.intrusions.filter(one => one.at === at)) {
      const one = picked[nth % picked.length];
      if (one) intrude(stage, one, act);
    }
  };
  report.changes += 1;
  others('beforePlan');
  begin(stage, step, picked);
  const controller = new AbortController();
  listen(stage, step, () => controller.abort(new Error('Cancelled.')));
  const struck = strikes(step.faults);
  world.tenant.behavior.faults = struck.faults;
  try {
    await write(stage, step, picked, controller.signal, () => others('afterPlan'));
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    report.story.push('told: cancelled');
  }
  report.faults += struck.count();
}

/** Plays a history to its end. Rejects only for a defect: which promises were not kept is in the report. */
export async function play(history: History): Promise<Report> {
  const report = emptyReport();
  const watched = new Map<string, Watched>();
  const world = createWorld(history, ({ method, path }) => {
    const id = method === 'POST' ? /\/([^/]+)\/assign(?:ments)?$/.exec(path)?.[1] : undefined;
    const one = id === undefined ? undefined : watched.get(id);
    if (!one) return;
    one.sent += 1;
    if (one.witness.commits > 0) one.sentSinceDone += 1;
  });
  for (const script of world.scripts) {
    watched.set(script.id, { script, witness: createWitness(script, report), wishes: [], sent: 0, sentSinceDone: 0 });
  }
  for (const step of history.steps) await playStep({ history, world, report, watched }, step);
  return report;
}
