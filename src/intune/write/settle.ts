import type { GraphClient, GraphError } from '../../graph/client.ts';
import type { Clock } from '../../graph/clock.ts';
import { type Assignment, recipientKey } from '../assignment.ts';
import { missingFrom, sameAssignments } from '../equality.ts';
import { familyOf } from '../families.ts';
import { tierScopes } from '../permissions.ts';
import { expectedAssignments, type Plan } from '../plan.ts';
import { readManyAssignments } from '../readAssignments.ts';
import type { WriteOutcome } from './outcome.ts';

/** A plan that was sent. `error` is there where the answer was lost, so that it is not certain whether it was done. */
export interface Sent<Item> {
  readonly item: Item;
  readonly plan: Plan;
  readonly error?: GraphError;
  /** Whether the set that is wanted tells nothing when it shows: one from before an earlier write of ours, or that of before this one. */
  readonly mayBeOld?: boolean;
}

/** Milliseconds before each look: the service may show the old set for some seconds after a write. */
const waits = [0, 500, 1_000, 2_000, 3_000, 5_000, 8_000, 10_000];

/**
 * A set that is neither the old nor the new one is taken for the last word once it was seen this often in a row. One without what was
 * written may just be older, from an administrator who was in between, so it is given the time in which ours may still show.
 */
const looksAtAnotherSet = { withOurs: 3, withoutOurs: 6 };

/**
 * After a lost answer, the set that was wanted has to be seen this often in a row: where it is an earlier one, as after an undo, one look may
 * have been answered by a copy that is behind.
 */
const looksAtWantedSet = 3;

interface Look<Item> extends Sent<Item> {
  now?: readonly Assignment[];
  anotherSet: number;
  /** How often in a row the set that was wanted was seen. */
  wantedSet: number;
  /** A set of somebody else that showed before ours did: it was written between the last read and the write, and ours replaced it. */
  replaced?: readonly Assignment[];
}

/**
 * Whether a set shows all that the plan changes: what it adds is there, and what it takes away is not. A row for the same recipient that
 * says something else was changed by somebody and not taken away by us.
 */
function isDone(plan: Plan, now: readonly Assignment[]): boolean {
  const after = plan.rows.flatMap(({ action, assignment }) => (action === 'add' || action === 'change' ? [assignment] : []));
  const before = plan.rows.flatMap(row => (row.action === 'change' ? [row.before] : row.action === 'remove' ? [row.assignment] : []));
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

/** The set that was wanted shows. What somebody wrote in the gap, and ours replaced, is told, with their rows that are gone. */
function shown<Item>({ plan, replaced }: Look<Item>, now: readonly Assignment[]): WriteOutcome {
  if (!replaced) return { kind: 'written', visible: true, now };
  return { kind: 'changedAfter', now, missing: missingFrom(now, missingFrom(plan.base, replaced)), replaced };
}

/** Whether a set shows that our write was done. Where a plan only takes away, somebody else may have done that. */
const isSeen = (plan: Plan, now: readonly Assignment[]): boolean =>
  plan.rows.some(({ action }) => action === 'add' || action === 'change') && isDone(plan, now);

/** Another set shows, and it is taken for the last word. After a lost answer it tells nothing of our write: somebody may have written our rows. */
function other<Item>({ plan, error }: Look<Item>, now: readonly Assignment[]): WriteOutcome {
  if (error) return { kind: 'unknown', error, now };
  return { kind: 'changedAfter', now, missing: missingFrom(now, expectedAssignments(plan)) };
}

/** The outcome once what was read last decides it; undefined as long as it may still change. */
function decided<Item>(look: Look<Item>): WriteOutcome | undefined {
  const { plan, now } = look;
  if (!now) return undefined;
  if (sameAssignments(now, expectedAssignments(plan))) {
    look.wantedSet += 1;
    return look.error && (look.mayBeOld || look.wantedSet < looksAtWantedSet) ? undefined : shown(look, now);
  }
  look.wantedSet = 0;
  if (sameAssignments(now, plan.base)) {
    look.anotherSet = 0;
    return undefined;
  }
  look.anotherSet += 1;
  const done = isSeen(plan, now);
  if (!done) look.replaced = now;
  return look.anotherSet < looksAtAnotherSet[done ? 'withOurs' : 'withoutOurs'] ? undefined : other(look, now);
}

/** The outcome when there is no more time to look. */
function undecided<Item>(look: Look<Item>): WriteOutcome {
  const { error, now } = look;
  if (now && look.wantedSet > 0 && !look.mayBeOld) return shown(look, now);
  if (now && look.anotherSet > 0) return other(look, now);
  if (error) return { kind: 'unknown', error, ...(now && { now }) };
  return { kind: 'written', visible: false, ...(now && { now }) };
}

/** Reads what was sent until the service shows it, somebody else's set shows, or half a minute has passed. Never rejects. */
export async function settleSent<Item>(
  sent: readonly Sent<Item>[],
  parts: { readonly client: GraphClient; readonly clock: Clock; readonly signal?: AbortSignal | undefined },
  settled: (item: Item, outcome: WriteOutcome) => void,
): Promise<void> {
  let open: Look<Item>[] = sent.map(one => ({ ...one, anotherSet: 0, wantedSet: 0 }));
  for (const wait of waits) {
    const [first] = open;
    // A cancellation ends the waiting, not the first look: what was sent is told as far as it shows.
    if (!first || (wait > 0 && parts.signal?.aborted)) break;
    try {
      if (wait > 0) await parts.clock.sleep(wait, parts.signal);
      const scopes = tierScopes[familyOf(first.plan.script.family).writeTier];
      const answers = await readManyAssignments(
        parts.client,
        open.map(({ plan }) => plan.script),
        scopes,
        {},
      );
      open.forEach((look, index) => {
        const answer = answers[index];
        if (answer?.ok) look.now = answer.value;
      });
    } catch {
      // Cancelled while waiting: what is not decided is told as such below.
      break;
    }
    open = open.filter(look => {
      const outcome = decided(look);
      if (outcome) settled(look.item, outcome);
      return !outcome;
    });
  }
  for (const look of open) settled(look.item, undecided(look));
}
