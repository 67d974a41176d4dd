import { type Answer, contentText, contentType } from '../wire/answer.ts';
import type { Call } from '../wire/call.ts';

/** The Response of an answer, with the ids that Microsoft Graph puts on each of its own. */
export function toResponse(answer: Answer, call: Pick<Call, 'requestId' | 'clientRequestId'>): Response {
  const ids = { 'request-id': call.requestId, 'client-request-id': call.clientRequestId };
  const headers = new Headers({ ...answer.headers, ...(answer.foreign ? {} : ids) });
  const type = contentType(answer);
  if (type !== undefined) headers.set('Content-Type', type);
  headers.set('Cache-Control', 'no-cache');
  return new Response(contentText(answer), { status: answer.status, headers });
}
