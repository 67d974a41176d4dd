// What was told and journalled, against what was.
import type { Plan } from '../../src/intune/plan.ts';
import type { WriteOutcome } from '../../src/intune/write/outcome.ts';
import type { Report } from './report.ts';
import { type Stage, shortId, type Watched } from './stage.ts';

/** Outcomes that say that nothing was written. */
const nothingWritten: ReadonlySet<WriteOutcome['kind']> = new Set(['failed', 'conflict', 'cancelled', 'notSent']);

/** What was told about one plan, against what was. */
export function judgeOutcome(report: Report, { script, witness, sentSinceDone }: Watched, outcome: WriteOutcome): void {
  const done = witness.commits > 0;
  const breach = (kind: 'untrue' | 'resent', text: string): void => {
    report.breaches.push({ kind, text: `${shortId(script)}: ${text}` });
  };
  if (sentSinceDone > 1) breach('resent', 'sent again after it was done');
  if ((outcome.kind === 'written' || outcome.kind === 'changedAfter') && !done && !witness.wasAsWished())
    breach('untrue', `${outcome.kind}, but nothing was`);
  if (nothingWritten.has(outcome.kind) && done) breach('untrue', `${outcome.kind}, but it was written`);
}

/** Each write has a start in the journal, and its end says what was told. `from` is the place of the step's first record. */
export function judgeJournal({ world, report }: Stage, plan: Plan, one: Watched, outcome: WriteOutcome, from: number): void {
  const added = world.disk.records.slice(from);
  const starts = added.filter(record => record.type === 'start' && record.script.id === plan.script.id);
  if (one.sent === 0 && starts.length === 0) return;
  const ends = added.flatMap(record => (record.type === 'end' && record.id === starts[0]?.id ? [record.outcome] : []));
  // What was not sent failed, as far as the journal goes.
  const told = outcome.kind === 'notSent' ? 'failed' : outcome.kind;
  if (starts.length === 1 && (world.disk.failed || (ends.length === 1 && ends[0] === told))) return;
  report.breaches.push({ kind: 'journal', text: `${starts.length} starts, ends ${ends.join()} of ${outcome.kind}` });
}
