import type { GraphClient, GraphError } from '../../graph/client.ts';
import type { Clock } from '../../graph/clock.ts';
import type { Assignment } from '../assignment.ts';
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
}

/** Milliseconds before each look: the service may show the old set for some seconds after a write. */
const waits = [0, 500, 1_000, 2_000, 3_000, 5_000, 8_000, 10_000];

/** A set that is neither the old nor the new one is somebody else's work once it was seen this often in a row. */
const looksAtAnotherSet = 3;

interface Look<Item> extends Sent<Item> {
  now?: readonly Assignment[];
  anotherSet: number;
}

/** The outcome once what was read last decides it; undefined as long as it may still change. */
function decided<Item>(look: Look<Item>): WriteOutcome | undefined {
  const { plan, now } = look;
  if (!now) return undefined;
  const expected = expectedAssignments(plan);
  if (sameAssignments(now, expected)) return { kind: 'written', visible: true, now };
  look.anotherSet = sameAssignments(now, plan.base) ? 0 : look.anotherSet + 1;
  if (look.anotherSet < looksAtAnotherSet) return undefined;
  const missing = missingFrom(now, expected);
  const added = plan.rows.filter(({ action }) => action === 'add' || action === 'change').map(({ assignment }) => assignment);
  const ours = !look.error || missingFrom(now, added).length === 0;
  return ours || !look.error ? { kind: 'changedAfter', now, missing } : { kind: 'unknown', error: look.error, now };
}

/** The outcome when there is no more time to look. */
function undecided<Item>({ error, now }: Look<Item>): WriteOutcome {
  if (error) return { kind: 'unknown', error, ...(now && { now }) };
  return { kind: 'written', visible: false, ...(now && { now }) };
}

/** Reads what was sent until the service shows it, somebody else's set shows, or half a minute has passed. Never rejects. */
export async function settleSent<Item>(
  sent: readonly Sent<Item>[],
  parts: { readonly client: GraphClient; readonly clock: Clock; readonly signal?: AbortSignal | undefined },
  settled: (item: Item, outcome: WriteOutcome) => void,
): Promise<void> {
  let open: Look<Item>[] = sent.map(one => ({ ...one, anotherSet: 0 }));
  for (const wait of waits) {
    const [first] = open;
    if (!first || parts.signal?.aborted) break;
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
