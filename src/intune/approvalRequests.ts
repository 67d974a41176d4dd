import * as z from 'zod/mini';
import type { GraphClient, SendOptions } from '../graph/client.ts';
import { tierScopes } from './permissions.ts';

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
