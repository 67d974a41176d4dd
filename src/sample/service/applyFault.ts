import type { Clock } from '../../base/clock.ts';
import type { Fault } from '../fault.ts';
import { type Answer, contentText, contentType, json, nothing, text } from '../wire/answer.ts';
import { toBase64 } from '../wire/base64.ts';
import type { Call } from '../wire/call.ts';
import { graphError, intuneError, tooManyRequests } from '../wire/errors.ts';
import { forbidden } from './forbidden.ts';

/** Serves a request with a fault before or after its effect. */
export async function applyFault(
  fault: Fault,
  call: Call,
  serve: () => Promise<Answer>,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  if (fault.point !== 'after' && fault.kind !== 'truncate') {
    return (await strike(fault, call, clock, signal)) ?? serve();
  }
  const answer = await serve();
  if (fault.kind === 'truncate') return cutOff(answer);
  return (await strike(fault, call, clock, signal)) ?? answer;
}

/** The answer that the fault puts in the place of the true one; undefined leaves the true one. */
async function strike(fault: Fault, call: Call, clock: Clock, signal: AbortSignal | undefined): Promise<Answer | undefined> {
  switch (fault.kind) {
    case 'delay':
      await clock.sleep(fault.ms, signal);
      return undefined;
    case 'hold':
      await fault.until;
      return undefined;
    case 'drop':
      throw droppedConnection();
    case 'html':
      return text(fault.status, 'text/html', gatewayPage(fault.status));
    case 'foreign':
      // The answers in a batch have Graph's own frame: nothing in between can forge one of them.
      return call.inBatch ? undefined : { ...json(200, { status: 'ok' }), foreign: true };
    case 'lose':
      return nothing(204);
    case 'throttle':
      return tooManyRequests(call, fault.retryAfter);
    case 'unauthorized':
      return unauthorized(call, fault.claims);
    case 'forbidden':
      return forbidden(call, fault.reason);
    case 'error':
      return plainError(fault, call);
    case 'truncate':
      return undefined;
  }
}

function plainError(fault: Extract<Fault, { kind: 'error' }>, call: Call): Answer {
  const intune = call.path.startsWith('/deviceManagement/');
  const code = fault.code ?? errorCodes.get(fault.status) ?? 'UnknownError';
  const message = fault.message ?? 'An error has occurred';
  const answer = intune ? intuneError(call, fault.status, code, message) : graphError(call, fault.status, code, message);
  return { ...answer, headers: { ...answer.headers, ...fault.headers } };
}

// https://learn.microsoft.com/graph/errors
const errorCodes = new Map([
  [400, 'BadRequest'],
  [404, 'ResourceNotFound'],
  [409, 'Conflict'],
  [500, 'InternalServerError'],
  [502, 'BadGateway'],
  [503, 'ServiceUnavailable'],
  [504, 'GatewayTimeout'],
]);

/** 401; the challenge is in the form of learn.microsoft.com/entra/identity-platform/claims-challenge. */
export function unauthorized(call: Call, claims: string | undefined): Answer {
  const authority = 'authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"';
  const challenge = claims === undefined ? '' : `, error="insufficient_claims", claims="${toBase64(claims)}"`;
  const message =
    claims === undefined
      ? 'Access token is empty.'
      : 'Continuous access evaluation resulted in challenge with result: InteractionRequired.';
  return graphError(call, 401, 'InvalidAuthenticationToken', message, { 'WWW-Authenticate': `Bearer realm="", ${authority}${challenge}` });
}

/** What fetch rejects with when the connection is lost. */
function droppedConnection(): TypeError {
  const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
  return new TypeError('fetch failed', { cause });
}

function cutOff(answer: Answer): Answer {
  const whole = contentText(answer) ?? '';
  const half = text(answer.status, contentType(answer) ?? 'application/json', whole.slice(0, Math.ceil(whole.length / 2)));
  return { ...half, headers: answer.headers };
}

const gatewayPage = (status: number): string =>
  `<html><head><title>${status} Bad Gateway</title></head><body><h1>Our services aren't available right now</h1></body></html>`;
