import { type Answer, json } from './answer.ts';
import type { Call } from './call.ts';
import type { Json } from './json.ts';

/** An error in Microsoft Graph's own form, the one of the directory. */
export function graphError(
  call: Call,
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return json(status, { error: { code, message, innerError: innerError(call) } }, headers);
}

/**
 * An error in Intune's form: JSON text in `message`
 * (observed: github.com/microsoftgraph/microsoft-graph-docs-contrib/issues/4157).
 */
export function intuneError(call: Call, status: number, code: string, message: string): Answer {
  return graphError(call, status, code, nestedMessage(call, message, '{}'));
}

/**
 * What a signed-in user without any Intune role gets: an Intune error in another error's text
 * (observed: github.com/AzureAD/microsoft-authentication-library-for-js/issues/7007).
 */
export function noIntuneRole(call: Call): Answer {
  const challenge = {
    'WWW-Authenticate': 'Bearer realm="urn:intune:service,c3998d6e-2e37-4c56-87b5-7b444ee1cb26,3e9c57b9-808d-4aa0-9500-4b2d369279e7"',
  };
  const nested = {
    ErrorCode: 'Forbidden',
    Message: nestedMessage(call, 'An error has occurred', JSON.stringify(challenge)),
    Target: null,
    Details: null,
    InnerError: null,
    InstanceAnnotations: [],
  };
  return graphError(call, 403, 'UnknownError', JSON.stringify(nested));
}

/** 404 of an Intune object. The code is not confirmed; clients have to go by the status. */
export const notFound = (call: Call): Answer => intuneError(call, 404, 'ResourceNotFound', 'Resource Not Found');

/** 400 of an Intune request that makes no sense. */
export const badRequest = (call: Call, message: string): Answer => intuneError(call, 400, 'BadRequest', message);

/** The `error` object of a 429, as documented in Microsoft Graph's throttling guidance. */
export function tooManyRequests(call: Call, retryAfter: string | undefined): Answer {
  const { date, 'request-id': requestId } = innerError(call);
  const inner = { code: '429', date, message: 'Please retry after', 'request-id': requestId, status: '429' };
  const error: Json = { error: { code: 'TooManyRequests', message: 'Please retry again later.', innerError: inner } };
  return json(429, error, retryAfter === undefined ? {} : { 'Retry-After': retryAfter });
}

function innerError(call: Call) {
  return { date: new Date(call.at).toISOString().slice(0, 19), 'request-id': call.requestId, 'client-request-id': call.clientRequestId };
}

function nestedMessage(call: Call, message: string, httpHeaders: string): string {
  const url = `https://fef.msub05.manage.microsoft.com/DeviceFE/StatelessDeviceFEService${call.path}?api-version=5026-09-01`;
  const nested = {
    _version: 3,
    Message: `${message} - Operation ID (for customer support): 00000000-0000-0000-0000-000000000000 - Activity ID: ${call.requestId} - Url: ${url}`,
    CustomApiErrorPhrase: '',
    RetryAfter: null,
    ErrorSourceService: '',
    HttpHeaders: httpHeaders,
  };
  return JSON.stringify(nested, null, 2).replaceAll('\n', '\r\n');
}
