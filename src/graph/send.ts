import { orAborted } from '../base/async.ts';
import type { Clock } from '../base/clock.ts';
import { readAnswer } from './answer.ts';
import type { Cloud } from './clouds.ts';
import { GraphError, type RequestName } from './errors.ts';
import { failureError } from './failure.ts';
import type { RequestLog } from './log.ts';
import { type GraphAnswer, type GraphRequest, isRead, methodOf, pathOf, type SendOptions } from './request.ts';
import type { AccessToken, TokenSource } from './tokens.ts';
import type { Fetch } from './transport.ts';

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

/** How long one request may take until its answer is read, in milliseconds. */
export const requestTimeout = 60_000;

interface DeadlineParts {
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  readonly request: RequestName;
  readonly clientRequestId: string;
}

/**
 * Work with a time limit. Its signal is aborted with the limit or with the caller's signal, whichever comes first, and the wait ends with it
 * even if the work looks at no signal.
 *
 * @throws GraphError `timeout`, or the reason of the caller's signal
 */
async function withDeadline<T>(parts: DeadlineParts, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { clock, signal, request, clientRequestId } = parts;
  const stop = new AbortController();
  const done = new AbortController();
  const message = `No answer came within ${requestTimeout / 1000} seconds.`;
  clock.sleep(requestTimeout, done.signal).then(
    () => stop.abort(new GraphError({ kind: 'timeout', message, request, clientRequestId, sent: 'unknown' })),
    // The sleep was ended below.
    () => undefined,
  );
  const either = signal ? AbortSignal.any([stop.signal, signal]) : stop.signal;
  try {
    return await orAborted(work(either), either);
  } finally {
    done.abort('done');
  }
}

const parsed = (path: string, base: string): URL | undefined => (URL.canParse(path, base) ? new URL(path, base) : undefined);

/**
 * The address of a request, if it is the cloud's Microsoft Graph: `https`, exactly its host, its port, no user info.
 * Paths and nextLinks are data, and a token that goes elsewhere is stolen.
 *
 * @throws GraphError `untrustedHost`, which names the host
 */
export function trustedUrl(cloud: Cloud, request: GraphRequest): URL {
  const url = parsed(request.path, cloud.graph);
  const graph = new URL(cloud.graph);
  const trusted = url?.protocol === 'https:' && url.origin === graph.origin && url.username === '' && url.password === '';
  if (url && trusted) return url;
  const where = url
    ? `${url.protocol}//${url.host}${url.username || url.password ? ' with a user name' : ''}`
    : 'something that is no address';
  throw new GraphError({
    kind: 'untrustedHost',
    message: `A request would have gone to ${where} and not to ${graph.host}. It was not sent.`,
    request: { method: methodOf(request), path: pathOf(request) },
    sent: 'no',
  });
}

/** The one place that attaches a token: gives the address of a request, checked, and its headers with `Authorization`. */
function authorize(cloud: Cloud, request: GraphRequest, token: AccessToken): { url: URL; headers: Headers } {
  const url = trustedUrl(cloud, request);
  const headers = new Headers(request.headers);
  headers.set('authorization', `Bearer ${token.token}`);
  return { url, headers };
}
