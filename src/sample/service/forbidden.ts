import type { Answer } from '../wire/answer.ts';
import { type Call, isWrite } from '../wire/call.ts';
import { graphError, intuneError, noIntuneRole } from '../wire/errors.ts';

/** The forms of a 403 that the service has. */
export function forbidden(call: Call, reason: 'scope' | 'role' | 'scopeGroups' | 'user', permission = 'DeviceManagementScripts'): Answer {
  if (!call.path.startsWith('/deviceManagement/')) {
    return graphError(call, 403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
  }
  switch (reason) {
    case 'scope':
      return intuneError(call, 403, 'Forbidden', missingScope(call, permission));
    case 'role':
      return noIntuneRole(call);
    case 'scopeGroups':
      return intuneError(call, 403, 'Forbidden', 'User is not authorized to assign to one or more of the specified groups (scope groups)');
    case 'user':
      return intuneError(call, 403, 'Forbidden', 'User is not authorized to perform this operation');
  }
}

/** The sentence that the service was seen to write, with the scopes of the route. */
function missingScope(call: Call, permission: string): string {
  const scopes = isWrite(call) ? `${permission}.ReadWrite.All` : `${permission}.Read.All, ${permission}.ReadWrite.All`;
  return `Application is not authorized to perform this operation. Application must have one of the following scopes: ${scopes}`;
}
