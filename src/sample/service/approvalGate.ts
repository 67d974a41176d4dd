import { type FamilyName, isFamilyName } from '../families.ts';
import { type Approval, statusAt } from '../state/approvals.ts';
import type { Answer } from '../wire/answer.ts';
import { fromBase64 } from '../wire/base64.ts';
import { type Call, isWrite } from '../wire/call.ts';
import { graphError } from '../wire/errors.ts';
import type { TenantService } from './tenantService.ts';

/**
 * Multi Admin Approval: what a write gets instead of its effect as long as nobody has approved it; undefined lets it pass.
 * Steps: https://learn.microsoft.com/intune/fundamentals/role-based-access-control/multi-admin-approval-graph-api;
 * 400 and 412 as seen in a lab, where the page says 403.
 */
export function approvalGate(service: TenantService, call: Call): Answer | undefined {
  const [, root, family, objectId = 'new'] = call.path.split('/');
  if (!isWrite(call) || root !== 'deviceManagement' || !isFamilyName(family)) return undefined;
  if (!service.behavior.approvalFamilies.has(family)) return undefined;
  const code = call.headers.get('x-msft-approval-code');
  return code === null ? submit(service, call, family, objectId) : finish(service, call, code);
}

function submit(service: TenantService, call: Call, family: FamilyName, objectId: string): Answer {
  const justification = readJustification(call);
  if (justification === undefined) {
    return graphError(call, 400, 'BadRequest', "Header 'x-msft-approval-justification' is required to request approval.");
  }
  if (hasOpenRequest(service, family, objectId)) {
    return graphError(call, 409, 'Conflict', 'There is already an active Approval Request for this object.');
  }
  const approval = newApproval(service, call, family, objectId, justification);
  service.state.approvals.set(approval.id, approval);
  return approvalRequired(service, call, approval.id);
}

/** Text in base64, at most 1,024 characters. */
function readJustification(call: Call): string | undefined {
  const text = fromBase64(call.headers.get('x-msft-approval-justification') ?? '');
  return text === undefined || text === '' || text.length > 1024 ? undefined : text;
}

function hasOpenRequest(service: TenantService, family: FamilyName, objectId: string): boolean {
  const now = service.clock.now();
  const open = (approval: Approval) => ['needsApproval', 'approved'].includes(statusAt(approval, now));
  const same = (approval: Approval) => approval.family === family && approval.objectId === objectId.toLowerCase();
  return objectId !== 'new' && [...service.state.approvals.values()].some(approval => same(approval) && open(approval));
}

function newApproval(service: TenantService, call: Call, family: FamilyName, objectId: string, justification: string): Approval {
  return {
    id: service.newId(),
    family,
    objectId: objectId.toLowerCase(),
    fingerprint: fingerprint(call),
    requestor: service.state.user.displayName,
    justification,
    requestedAt: service.clock.now(),
    status: 'needsApproval',
    approverNote: null,
  };
}

function approvalRequired(service: TenantService, call: Call, id: string): Answer {
  const { approvalStatus } = service.behavior;
  const message = `Approval Required. Request Approval using the request ID returned as part of the x-msft-approval-code response header. x-msft-approval-code: ${id}`;
  return graphError(call, approvalStatus, approvalStatus === 412 ? 'BadRequest' : 'ApprovalRequired', message, {
    'x-msft-approval-code': id,
  });
}

/** Lets the approved write pass, once, if it is the one that was approved and its requestor sends it. */
function finish(service: TenantService, call: Call, code: string): Answer | undefined {
  const approval = service.state.approvals.get(code.toLowerCase());
  if (approval === undefined) return graphError(call, 400, 'BadRequest', `Approval Request ${code} was not found.`);
  const status = statusAt(approval, service.clock.now());
  if (status === 'needsApproval') return approvalRequired(service, call, approval.id);
  if (status !== 'approved') return graphError(call, 403, 'Forbidden', `Approval Request ${approval.id} is ${status}.`);
  if (approval.requestor !== service.state.user.displayName) {
    return graphError(call, 403, 'Forbidden', 'Only the requestor may complete an Approval Request.');
  }
  if (approval.fingerprint !== fingerprint(call)) {
    return graphError(call, 400, 'BadRequest', 'The request does not match the approved request.');
  }
  approval.status = 'completed';
  return undefined;
}

const fingerprint = (call: Call): string => [call.method, call.target, call.bodyText].join('\n');
