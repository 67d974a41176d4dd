import { noRoute } from '../service/noRoute.ts';
import type { Route } from '../service/route.ts';
import { type Approval, approvalLifeMs, statusAt } from '../state/approvals.ts';
import { json, nothing } from '../wire/answer.ts';
import { badRequest, notFound } from '../wire/errors.ts';
import { isObject, type JsonObject, stringAt } from '../wire/json.ts';
import { page } from '../wire/page.ts';
import { select } from '../wire/select.ts';
import { intuneTime } from '../wire/time.ts';

const configuration = ['DeviceManagementConfiguration.Read.All', 'DeviceManagementConfiguration.ReadWrite.All'];

const scripts = ['DeviceManagementScripts.Read.All', 'DeviceManagementScripts.ReadWrite.All'];

/** Assignment filters, requests for approval, and whether remediations are set up. */
export const otherRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: 'deviceManagement/deviceHealthScripts/areGlobalScriptsAvailable',
    versions: ['beta'],
    scopes: () => scripts,
    serve: ({ behavior }, call) =>
      behavior.remediationsSetUp === 'noRoute'
        ? noRoute(call)
        : json(200, { '@odata.context': `${call.origin}/${call.version}/$metadata#Edm.String`, value: behavior.remediationsSetUp }),
  },
  {
    method: 'GET',
    pattern: 'deviceManagement/assignmentFilters',
    versions: ['beta'],
    scopes: () => configuration,
    serve: ({ state, behavior }, call) => {
      const context = `${call.origin}/${call.version}/$metadata#deviceManagement/assignmentFilters`;
      return json(200, {
        '@odata.context': context,
        ...page(call, behavior, state.filters, behavior.pageSize, filter => select(filter, call.query.select)),
      });
    },
  },
  {
    method: 'GET',
    pattern: 'deviceManagement/operationApprovalRequests',
    versions: ['beta'],
    scopes: () => [...configuration, 'DeviceManagementRBAC.Read.All', 'DeviceManagementRBAC.ReadWrite.All'],
    serve: ({ state, behavior, clock }, call) => {
      const context = `${call.origin}/${call.version}/$metadata#deviceManagement/operationApprovalRequests`;
      const all = [...state.approvals.values()];
      return json(200, {
        '@odata.context': context,
        ...page(call, behavior, all, behavior.pageSize, approval => showApproval(approval, clock.now())),
      });
    },
  },
  {
    method: 'GET',
    pattern: 'deviceManagement/operationApprovalRequests/{id}',
    versions: ['beta'],
    scopes: () => [...configuration, 'DeviceManagementRBAC.Read.All', 'DeviceManagementRBAC.ReadWrite.All'],
    serve: ({ state, clock }, call, { id }) => {
      const approval = state.approvals.get(id.toLowerCase());
      return approval === undefined ? notFound(call) : json(200, showApproval(approval, clock.now()));
    },
  },
  {
    // Documented, not seen.
    method: 'POST',
    pattern: 'deviceManagement/operationApprovalRequests/cancelMyRequest',
    versions: ['beta'],
    scopes: () => [...configuration, 'DeviceManagementRBAC.Read.All', 'DeviceManagementRBAC.ReadWrite.All'],
    serve: ({ state, clock }, call) => {
      const id = isObject(call.body) ? stringAt(call.body, 'id') : undefined;
      const approval = id === undefined ? undefined : state.approvals.get(id.toLowerCase());
      if (approval?.requestor !== state.user.displayName) return notFound(call);
      if (!['needsApproval', 'approved'].includes(statusAt(approval, clock.now()))) return badRequest(call, 'The request is over.');
      approval.status = 'cancelled';
      return nothing(204);
    },
  },
];

function showApproval(approval: Approval, now: number): JsonObject {
  return {
    id: approval.id,
    requestDateTime: intuneTime(approval.requestedAt),
    expirationDateTime: intuneTime(approval.requestedAt + approvalLifeMs),
    lastModifiedDateTime: intuneTime(approval.requestedAt),
    requestor: { user: { displayName: approval.requestor } },
    approver: approval.approverNote === null ? null : { user: { displayName: 'Second Administrator' } },
    status: statusAt(approval, now),
    requestJustification: approval.justification,
    approvalJustification: approval.approverNote,
    requiredOperationApprovalPolicyTypes: ['script'],
  };
}
