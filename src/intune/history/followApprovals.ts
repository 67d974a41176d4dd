import type { Clock } from '../../base/clock.ts';
import type { GraphClient, SendOptions } from '../../graph/client.ts';
import { type ApprovalState, readApprovalStates } from '../approvalRequests.ts';
import { type JournalEnd, type SharedJournal, stampOf } from '../journal.ts';
import type { PastWrite } from './pastChange.ts';
import { pastChanges } from './pastChanges.ts';

/** A write that waits for approval. */
export type PendingWrite = PastWrite & { readonly approval: NonNullable<PastWrite['approval']> };

export const isPending = (write: PastWrite): write is PendingWrite => write.outcome === 'pending' && write.approval !== undefined;

export interface Followed {
  /** How those that wait stand, by their codes in lower case. */
  readonly states: ReadonlyMap<string, ApprovalState>;
  /** Those that are over without being done, which this call has put into the journal. */
  readonly refused: readonly PendingWrite[];
  /** Whether somebody else was at the journal, so that what is over was not ended here. */
  readonly busy: boolean;
}

/** How a request for approval stands; undefined where it is not in the list. */
export const stateOf = ({ approval }: PendingWrite, states: Followed['states']): ApprovalState | undefined =>
  states.get(approval.request.code.toLowerCase());

/** Whether a write waits for nobody but whoever asked, as far as the states are known. */
export const isApproved = (write: PastWrite, states: Followed['states'] | undefined): boolean =>
  isPending(write) && states !== undefined && stateOf(write, states) === 'approved';

/** What the journal says of a request that is over. One that was completed was done, by us or by somebody who knows its code: reading settles it. */
function endOf(write: PendingWrite, states: Followed['states'], clock: Clock): readonly JournalEnd[] {
  const state = stateOf(write, states);
  const { id } = write.approval.start;
  switch (state) {
    case 'completed':
      return [{ type: 'end', id, ...stampOf(clock), outcome: 'unknown', completed: true }];
    case 'rejected':
    case 'expired':
    case 'cancelled':
      return [{ type: 'end', id, ...stampOf(clock), outcome: 'failed', approval: state }];
    default:
      return [];
  }
}

/**
 * Reads how the requests for approval stand that the journal has, and ends those that are over, in one window only. Rejects with a `GraphError`
 * where the states cannot be read.
 */
export async function followApprovals(
  client: GraphClient,
  journal: SharedJournal,
  clock: Clock,
  options: SendOptions = {},
): Promise<Followed> {
  const states = await readApprovalStates(client, options);
  const ended = await journal.exclusively(async () => {
    const pending = pastChanges(await journal.read()).flatMap(({ writes }) => writes.filter(isPending));
    const ends = pending.flatMap(write => endOf(write, states, clock));
    if (ends.length > 0) await journal.append(ends);
    const refused = new Set(ends.flatMap(({ id, approval }) => (approval ? [id] : [])));
    return pending.filter(({ approval: { start } }) => refused.has(start.id));
  });
  return { states, refused: ended?.value ?? [], busy: ended === undefined };
}
