import { differencesOf } from '../history/pastChange.ts';
import {
  type JournalApproval,
  type JournalEnd,
  type JournalRecord,
  type JournalStart,
  type SharedJournal,
  stampOf,
} from '../journal/journal.ts';
import { knownWrites } from '../journal/knownWrites.ts';
import { assignmentFromWire, canonicalRow } from '../model/assignment.ts';
import type { Plan, PlannedRow } from '../plan/plan.ts';
import { findRecent, newJob, type WriteJob, type WriteParts } from './job.ts';
import type { WriteOutcome } from './outcome.ts';
import { createRateLimiter } from './rateLimiter.ts';
import { sendJobs } from './send.ts';
import { verifyWrites } from './verify.ts';

/** The plan of a write, as the journal has it. What it wants is in its rows alone. */
export function planOf({ script, before, after }: Pick<JournalStart, 'script' | 'before' | 'after'>): Plan {
  const base = before.map(assignmentFromWire);
  const wanted = after.map(assignmentFromWire);
  const differences = differencesOf(base, wanted);
  const changed = new Set(differences.map(({ assignment }) => canonicalRow(assignment)));
  const stays = wanted.filter(row => !changed.has(canonicalRow(row)));
  const rows = [
    ...stays.map((assignment): PlannedRow => ({ action: assignment.direct ? 'keep' : 'policySet', assignment })),
    ...differences.map((difference): PlannedRow => {
      const { kind, assignment } = difference;
      if (kind === 'changed') return { action: 'change', before: difference.before, assignment };
      return { action: kind === 'added' ? 'add' : 'remove', assignment };
    }),
  ];
  return { script, base, changes: [], rows, leftOut: [] };
}

/** Whether it waits, as the journal has it. */
const isWaiting = ({ id, script }: JournalStart, records: readonly JournalRecord[]): boolean =>
  knownWrites(records)
    .of(script)
    .some(write => write.id === id && write.end?.outcome === 'pending');

/** What finishing takes: a journal in which one window at a time decides. */
export interface FinishParts extends WriteParts {
  readonly journal: SharedJournal;
}

/** How often is tried to be the one window that decides, and the milliseconds between: others settle what is open, which takes some reads. */
const claims = { most: 20, pause: 500 };

/**
 * Says in the journal that nobody knows, until the end is on disk, whether it was done; in one window only, and only where it waits: another
 * window may have been quicker.
 */
async function claim(
  start: JournalStart,
  unknown: () => JournalEnd,
  { journal, clock }: FinishParts,
  signal: AbortSignal | undefined,
): Promise<'claimed' | 'notWaiting' | 'busy'> {
  for (let tries = 1; ; tries += 1) {
    const claimed = await journal.exclusively(async () => {
      if (!isWaiting(start, await journal.read())) return 'notWaiting';
      await journal.append([unknown()]);
      return 'claimed';
    });
    if (claimed) return claimed.value;
    if (tries === claims.most) return 'busy';
    await clock.sleep(claims.pause, signal);
  }
}

/** What was not done still waits. */
const journalled = ({ kind }: WriteOutcome): JournalEnd['outcome'] =>
  kind === 'written' || kind === 'changedAfter' || kind === 'unknown' ? kind : 'pending';

const isHidden = (outcome: WriteOutcome): boolean => outcome.kind === 'written' && !outcome.visible;

/**
 * Does what was approved: a last read, and only where that still is what the request was made from, the request as it was, with its code.
 * The approved body may be three days old, and replaces everything. `parts.account` has to be the one that asked. Never rejects for what
 * the service, the network or the disk does.
 */
export async function finishApproval(
  start: JournalStart,
  approval: JournalApproval,
  parts: FinishParts,
  signal?: AbortSignal,
): Promise<WriteOutcome> {
  const end = (outcome: JournalEnd['outcome'], more: Partial<JournalEnd> = {}): JournalEnd => {
    const additive = approval.path.endsWith('/assignments') ? { additive: true as const } : {};
    return { type: 'end', id: start.id, ...stampOf(parts.clock), outcome, ...additive, ...more };
  };
  const plan = planOf(start);
  let outcome: WriteOutcome = { kind: 'cancelled' };
  const done = (_: WriteJob, ended: WriteOutcome): void => {
    outcome = ended;
  };
  const job = newJob({
    plan,
    journalId: start.id,
    route: approval.path.endsWith('/assignments') ? 'collection' : 'assign',
    approval: { kind: 'finish', ...approval },
  });
  try {
    const claimed = await claim(start, () => end('unknown', { finishing: true }), parts, signal);
    if (claimed !== 'claimed') return { kind: 'notSent', reason: claimed };
    await findRecent([job], parts);
  } catch (cause) {
    if (signal?.aborted) return outcome;
    parts.report(cause);
    // Some of it may be on disk all the same, and would say that somebody is at it.
    await parts.journal.append([end('pending')]).catch(parts.report);
    return { kind: 'notSent', reason: 'journal' };
  }
  job.startedAt = parts.clock.uptime();
  const sent = await sendJobs([job], { ...parts, limiter: createRateLimiter(parts.clock) }, signal, done);
  await verifyWrites(sent, parts, signal, done);
  // Without it, the write counts as unsettled and is settled by reading later.
  await parts.journal.append([end(journalled(outcome), isHidden(outcome) ? { visible: false } : {})]).catch(parts.report);
  return outcome;
}
