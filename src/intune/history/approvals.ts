import * as z from 'zod/mini';
import type { Clock } from '../../base/clock.ts';
import type { GraphClient, SendOptions } from '../../graph/client.ts';
import { type JournalEnd, type SharedJournal, stampOf } from '../journal/journal.ts';
import { tierScopes } from '../model/families.ts';
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

/** How a request for approval stands, by the names of operationApprovalRequestStatus. */
export type ApprovalState = 'needsApproval' | 'approved' | 'rejected' | 'cancelled' | 'completed' | 'expired';

const states: ReadonlySet<string> = new Set<ApprovalState>(['needsApproval', 'approved', 'rejected', 'cancelled', 'completed', 'expired']);
const isState = (status: string): status is ApprovalState => states.has(status);

const approvalRequest = z.looseObject({ id: z.string(), status: z.string() });
const collection = '/beta/deviceManagement/operationApprovalRequests';

/** The least permission that is documented, and the one that assignment filters need already: intune-rbac-operationapprovalrequest-list. */
const scopes = tierScopes.browseMore;

/**
 * How the requests for approval of the tenant stand, by their codes in lower case. The list is read whole: what the documentation filters by
 * is no property of it. Rejects with a `GraphError`; the token is asked for without the user.
 */
export async function readApprovalStates(client: GraphClient, options: SendOptions = {}): Promise<ReadonlyMap<string, ApprovalState>> {
  const items = await client.list({ path: collection, scopes }, options);
  const requests = items.flatMap(item => approvalRequest.safeParse(item).data ?? []);
  return new Map(requests.flatMap(({ id, status }) => (isState(status) ? [[id.toLowerCase(), status] as const] : [])));
}

/** Takes back a request for approval of one's own. Rejects with a `GraphError`. Documented, and not seen: intune-rbac-operationapprovalrequest-cancelmyrequest. */
export async function cancelApprovalRequest(client: GraphClient, code: string): Promise<void> {
  await client.send({ method: 'POST', path: `${collection}/cancelMyRequest`, body: { id: code }, scopes });
}
