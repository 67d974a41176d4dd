import type { FamilyName } from '../families.ts';

/** A request for approval of a write. */
export interface Approval {
  /** Also the value of the header x-msft-approval-code. */
  readonly id: string;
  readonly family: FamilyName;
  /** The object that the write is for; `new` for a creation. */
  readonly objectId: string;
  /** Method, address and body, which have to be the same when the write is sent again. */
  readonly fingerprint: string;
  readonly requestor: string;
  readonly justification: string;
  readonly requestedAt: number;
  status: ApprovalStatus;
  approverNote: string | null;
}

export type ApprovalStatus = 'needsApproval' | 'approved' | 'rejected' | 'cancelled' | 'completed' | 'expired';

/** An approval lasts about three days (observed by the maintainers of CIPP). */
export const approvalLifeMs = 3 * 24 * 3_600_000;

/** The status at a moment: what waited too long is expired. */
export function statusAt(approval: Approval, now: number): ApprovalStatus {
  const open = approval.status === 'needsApproval' || approval.status === 'approved';
  return open && now > approval.requestedAt + approvalLifeMs ? 'expired' : approval.status;
}
