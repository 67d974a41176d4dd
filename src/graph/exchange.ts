import { readAnswer } from './answer.ts';
import { authorize, trustedUrl } from './authorize.ts';
import type { Clock } from './clock.ts';
import type { Cloud } from './clouds.ts';
import type { AccessToken } from './credential.ts';
import { withDeadline } from './deadline.ts';
import { GraphError, type RequestName } from './errors.ts';
import { failureError } from './failure.ts';
import type { Fetch } from './fetch.ts';
import { type GraphAnswer, type GraphRequest, isRead, methodOf, pathOf, type SendOptions } from './request.ts';
import type { RequestLog } from './requestLog.ts';
import type { TokenSource } from './tokenSource.ts';

export interface ExchangeParts {
  readonly cloud: Cloud;
  readonly tokens: TokenSource;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly log: RequestLog;
}

/** What came back, and what it was sent with. */
export interface Exchanged {
  readonly answer: GraphAnswer;
  readonly token: AccessToken;
  readonly clientRequestId: string;
}

export interface ExchangeOptions extends SendOptions {
  /** Whether a success needs a body that can be read; whether the request is a read, if missing. */
  readonly bodyMatters?: boolean;
}

/** @throws GraphError `badRequest` for a body or header that cannot be sent */
function build(cloud: Cloud, request: GraphRequest, token: AccessToken, clientRequestId: string, signal: AbortSignal): Request {
  const method = methodOf(request);
  try {
    const { url, headers } = authorize(cloud, request, token);
    // Both are the transport's business; undici refuses requests where they are wrong.
    headers.delete('host');
    headers.delete('content-length');
    if (!headers.has('accept')) headers.set('accept', 'application/json');
    headers.set('client-request-id', clientRequestId);
    const body = request.body === undefined ? null : JSON.stringify(request.body);
    if (body !== null && !headers.has('content-type')) headers.set('content-type', 'application/json');
    return new Request(url, { method, headers, body, redirect: 'error', signal });
  } catch (cause) {
    if (cause instanceof GraphError) throw cause;
    const message = 'The request has a header or a body that cannot be sent.';
    throw new GraphError({ kind: 'badRequest', message, request: { method, path: pathOf(request) }, clientRequestId, sent: 'no', cause });
  }
}

async function received(fetch: Fetch, built: Request, name: RequestName, clientRequestId: string): Promise<Response> {
  try {
    return await fetch(built);
  } catch (error) {
    built.signal.throwIfAborted();
    throw failureError(error, name, clientRequestId);
  }
}

export const isRefusal = ({ kind }: GraphError): boolean => kind === 'unauthorized' || kind === 'claimsChallenge';

/**
 * Sends a request once, with a token, within the time limit.
 * A refused token is forgotten, so that whoever asks next, for this or another request, gets another one.
 *
 * @throws GraphError, or the signal's reason where it was aborted before a write was on its way, or during a read
 */
export async function exchange(parts: ExchangeParts, request: GraphRequest, options: ExchangeOptions = {}): Promise<Exchanged> {
  const { cloud, tokens, fetch, clock } = parts;
  const { signal, bodyMatters = isRead(request) } = options;
  const name: RequestName = { method: methodOf(request), path: pathOf(request) };
  trustedUrl(cloud, request);
  const token = await tokens.get(request.scopes, { ...(signal ? { signal } : {}), request: name });
  signal?.throwIfAborted();
  const clientRequestId = crypto.randomUUID();
  const start = clock.now();
  const logged = (outcome: { status?: number; kind?: GraphError['kind']; requestId?: string }): void =>
    parts.log({ ...name, ...outcome, clientRequestId, durationMs: clock.now() - start });
  try {
    const limits = { clock, signal: isRead(request) ? signal : undefined, request: name, clientRequestId };
    const answer = await withDeadline(limits, async stop => {
      const built = build(cloud, request, token, clientRequestId, stop);
      const response = await received(fetch, built, name, clientRequestId);
      return readAnswer(response, { request: name, clientRequestId, bodyMatters, now: () => clock.now() });
    });
    const requestId = answer.headers.get('request-id');
    logged({ status: answer.status, ...(requestId === null ? {} : { requestId }) });
    return { answer, token, clientRequestId };
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    const { status, kind, requestId } = error;
    logged({ kind, ...(status === undefined ? {} : { status }), ...(requestId === undefined ? {} : { requestId }) });
    if (isRefusal(error)) tokens.refuse(request.scopes, token, error.claims);
    throw error;
  }
}
