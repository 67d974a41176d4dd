import type { GraphError } from '../../graph/client.ts';
import { isOlderState } from '../journal/knownWrites.ts';
import { type Assignment, missingFrom, recipientKey, sameAssignments } from '../model/assignment.ts';
import { familyOf, tierScopes } from '../model/families.ts';
import { changedRows, expectedAssignments, type Plan } from '../plan/plan.ts';
import { readManyAssignments } from '../read/assignments.ts';
import { type Done, findRecent, type WriteJob, type WriteParts } from './job.ts';
import { replacedRows, type WriteOutcome } from './outcome.ts';

/** A job that was sent. `error` is there where the answer was lost, so that it is not certain whether it was done. */
export interface SentJob {
  readonly job: WriteJob;
  readonly error?: GraphError;
}

/** Milliseconds before each look: the service may show the old set for some seconds after a write. */
const waits = [0, 500, 1_000, 2_000, 3_000, 5_000, 8_000, 10_000];

/** A set with all of ours and more of somebody else is taken for the last word once it was seen this often in a row. */
const looksAtMore = 3;
/** After a lost answer the wanted set has to show in this many last looks: an earlier look may have been answered by a copy that is behind. */
const lastLooks = 2;

interface Look extends SentJob {
  now?: readonly Assignment[];
  /** How often in a row the wanted set was seen, and ours with more. */
  wanted: number;
  more: number;
  /** A set without ours that showed, and that none of our own writes has left behind. */
  another?: readonly Assignment[];
}

/**
 * Whether a set shows all that a plan changes: what it adds is there, and what it takes away is not. A row for the same recipient that says
 * something else was changed by somebody and not taken away by us.
 */
function hasOurs(plan: Plan, now: readonly Assignment[]): boolean {
  const changed = changedRows(plan);
  const after = changed.flatMap(({ action, assignment }) => (action === 'remove' ? [] : [assignment]));
  const before = changed.flatMap(row => (row.action === 'change' ? [row.before] : row.action === 'remove' ? [row.assignment] : []));
  const recipients = (rows: readonly Assignment[]): readonly string[] =>
    rows.filter(({ direct }) => direct).map(({ target }) => recipientKey(target));
  const stay = new Set(recipients(expectedAssignments(plan)));
  const gone = recipients(before).filter(recipient => !stay.has(recipient));
  return (
    missingFrom(now, after).length === 0 &&
    missingFrom(now, before).length === before.length &&
    !recipients(now).some(recipient => gone.includes(recipient))
  );
}

/** The wanted set shows. What another one that showed before had changed, and is as before again, may be somebody's whom our write has replaced. */
function shown({ job: { plan }, another }: Look, now: readonly Assignment[]): WriteOutcome {
  const removed = missingFrom(another ?? plan.base, plan.base);
  const isReplaced = replacedRows(plan, now, another ?? plan.base).length > 0 || missingFrom(now, removed).length < removed.length;
  return { kind: 'written', visible: true, now, ...(isReplaced && another && { replaced: another }) };
}

/** Whether a set is an earlier one, which says nothing of what came after it. */
const isOlder = ({ plan, recent }: WriteJob, now: readonly Assignment[]): boolean =>
  sameAssignments(now, plan.base) || isOlderState(now, recent);

/** What somebody else has changed beside our write: what other writes of ours have changed meanwhile is left out. */
function withoutOurs({ plan, recent }: WriteJob, outcome: WriteOutcome): WriteOutcome {
  if (outcome.kind !== 'changedAfter') return outcome;
  const { now } = outcome;
  const more = missingFrom([...expectedAssignments(plan), ...recent.flatMap(({ added }) => added)], now);
  const missing = missingFrom(
    recent.flatMap(({ removed }) => removed),
    missingFrom(now, expectedAssignments(plan)),
  );
  return more.length > 0 || missing.length > 0 ? { kind: 'changedAfter', now, missing } : { kind: 'written', visible: true, now };
}

/** Takes what was read; the outcome where that cannot change any more. A set that is only older says nothing. */
function take(look: Look, now: readonly Assignment[]): WriteOutcome | undefined {
  const { job, error } = look;
  const expected = expectedAssignments(job.plan);
  const isWanted = sameAssignments(now, expected);
  const isNews = !isWanted && !isOlder(job, now);
  const isMore = isNews && hasOurs(job.plan, now) && missingFrom(now, expected).length === 0;
  look.now = now;
  look.wanted = isWanted ? look.wanted + 1 : 0;
  look.more = isMore ? look.more + 1 : 0;
  if (isNews && !hasOurs(job.plan, now)) look.another = now;
  if (error) return undefined;
  if (isWanted) return shown(look, now);
  return look.more === looksAtMore ? { kind: 'changedAfter', now, missing: [] } : undefined;
}

/** The outcome when there is no more time to look. After a lost answer, a set that may be an earlier one tells nothing. */
function atLast(look: Look): WriteOutcome {
  const { job, error, now } = look;
  const expected = expectedAssignments(job.plan);
  if (error) {
    const told = now && look.wanted >= lastLooks && !isOlderState(expected, job.recent);
    return told ? shown(look, now) : { kind: 'unknown', error, ...(now && { now }) };
  }
  // Ours shows, and so what is missing beside it went after our write.
  if (now && !isOlder(job, now) && hasOurs(job.plan, now)) return { kind: 'changedAfter', now, missing: missingFrom(now, expected) };
  return { kind: 'written', visible: false, ...(now && { now }) };
}

type VerifyParts = Pick<WriteParts, 'client' | 'clock' | 'journal' | 'report'>;

/** Ends jobs. That somebody else has changed something is only said where it was not one of our own windows. */
async function endAll(ended: readonly (readonly [WriteJob, WriteOutcome])[], parts: VerifyParts, done: Done): Promise<void> {
  const changed = ended.flatMap(([job, { kind }]) => (kind === 'changedAfter' ? [job] : []));
  if (changed.length > 0) await findRecent(changed, parts).catch(parts.report);
  for (const [job, outcome] of ended) done(job, withoutOurs(job, outcome));
}

/** Reads what was sent until the service shows it, or half a minute has passed. Never rejects. */
export async function verifyWrites(
  sent: readonly SentJob[],
  parts: VerifyParts,
  signal: AbortSignal | undefined,
  done: Done,
): Promise<void> {
  let open: Look[] = sent.map(one => ({ ...one, wanted: 0, more: 0 }));
  for (const wait of waits) {
    const [first] = open;
    // A cancellation ends the waiting, not the first look: what was sent is told as far as it shows.
    if (!first || (wait > 0 && signal?.aborted)) break;
    try {
      if (wait > 0) await parts.clock.sleep(wait, signal);
      const scopes = tierScopes[familyOf(first.job.plan.script.family).writeTier];
      const scripts = open.map(({ job }) => job.plan.script);
      const answers = await readManyAssignments(parts.client, scripts, scopes, {});
      const ended: (readonly [WriteJob, WriteOutcome])[] = [];
      open = open.filter((look, index) => {
        const answer = answers[index];
        const outcome = answer?.ok ? take(look, answer.value) : undefined;
        if (outcome) ended.push([look.job, outcome]);
        return !outcome;
      });
      await endAll(ended, parts, done);
    } catch {
      // Cancelled while waiting: what is not decided is told as such below.
      break;
    }
  }
  await endAll(
    open.map(look => [look.job, atLast(look)]),
    parts,
    done,
  );
}
