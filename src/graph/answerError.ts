import { readClaims } from './claims.ts';
import { readErrorBody } from './errorBody.ts';
import { kindOf } from './errorKind.ts';
import { GraphError, type RequestName } from './errors.ts';
import { readRetryAfter } from './retryAfter.ts';
import { withoutTokens } from './withoutTokens.ts';

/** An answer that is an error, of a request or of one inside of a $batch. */
export interface AnsweredError {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, or the text where it was none. */
  readonly body: unknown;
  readonly request: RequestName;
  readonly clientRequestId: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const scopesIn = (text: string): readonly string[] => {
  const list = /one of the following scopes:\s*([\w.,\s/:-]*?)(?:\s+-\s|[\r\n"]|\.?\s*$)/i.exec(text)?.[1] ?? '';
  return list.split(/[\s,]+/).filter(scope => /^\w+(?:\.\w+)+$/.test(scope));
};

/** A user without an Intune role: https://github.com/AzureAD/microsoft-authentication-library-for-js/issues/7007 */
const withoutRole = /urn:intune:service|User is not authorized/i;

const approvalIn = (headers: Headers, text: string): string | undefined =>
  headers.get('x-msft-approval-code') ?? /x-msft-approval-code:\s*([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/i.exec(text)?.[1];

/** The {@link GraphError} of an answer whose status is no success. */
export function answerError({ status, headers, body, request, clientRequestId, now }: AnsweredError): GraphError {
  const said = readErrorBody(body);
  const claims = readClaims(headers.get('www-authenticate'));
  const approvalCode = approvalIn(headers, said.text);
  const code = said.code === undefined ? undefined : withoutTokens(said.code);
  const requiredScopes = status === 403 ? scopesIn(said.message) : [];
  return new GraphError({
    kind: kindOf({ status, code: said.code ?? '', text: said.text, claims, approvalCode }),
    message: withoutTokens(said.message) || `The service answered with the status ${status} and gave no reason${code ? ` (${code})` : ''}.`,
    request,
    status,
    code,
    requestId: headers.get('request-id') ?? said.requestId,
    clientRequestId: headers.get('client-request-id') ?? said.clientRequestId ?? clientRequestId,
    retryAfterMs: readRetryAfter(headers.get('retry-after'), now),
    claims,
    approvalCode,
    requiredScopes,
    intuneRole: status === 403 && requiredScopes.length === 0 && withoutRole.test(said.text),
    // A time-out that the service answers says as little about a write as one of our own.
    sent: status === 408 ? 'unknown' : 'yes',
  });
}
