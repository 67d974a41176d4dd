import { isFamilyName } from '../families.ts';
import type { Answer } from '../wire/answer.ts';
import type { Call } from '../wire/call.ts';
import { graphError } from '../wire/errors.ts';

/** The answer to a request that no route takes. */
export function noRoute(call: Call): Answer {
  const segments = call.path.split('/').slice(1);
  const [root, family] = segments;
  if (root === 'deviceManagement' && call.version === 'beta' && isFamilyName(family)) return noIntuneRoute(call, segments);
  const unknown = root === 'deviceManagement' ? family : root;
  return graphError(call, 400, 'BadRequest', `Resource not found for the segment '${unknown ?? ''}'.`);
}

/**
 * What Intune's front end says where others say 404 or 405, not nested
 * (observed: github.com/deploymenttheory/terraform-provider-microsoft365/issues/504, github.com/microsoftgraph/microsoft-graph-docs/issues/14506).
 */
function noIntuneRoute(call: Call, segments: readonly string[]): Answer {
  const [, family, id, ...rest] = segments;
  const template = [
    '~',
    'singleton',
    'navigation',
    ...(id === undefined ? [] : ['key']),
    ...rest.map((_, at) => (at % 2 === 0 ? 'navigation' : 'key')),
  ];
  const key = id === undefined ? '' : `('${id}')`;
  const url = ['/DeviceFE/StatelessDeviceFEService/deviceManagement', `${family}${key}`, ...rest].join('/');
  const message = `No OData route exists that match template ${template.join('/')} with http verb ${call.method} for request ${url}.`;
  return graphError(call, 400, 'No method match route template', message);
}
