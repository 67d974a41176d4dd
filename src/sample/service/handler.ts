import { type Answer, json } from '../wire/answer.ts';
import type { Call } from '../wire/call.ts';
import { applyFault, unauthorized } from './applyFault.ts';
import { serveBatch } from './batch.ts';
import { faultLine } from './faultLine.ts';
import { type Observer, observed } from './observe.ts';
import { readCall, readInnerCall } from './readCall.ts';
import type { Route } from './route.ts';
import { callServer } from './serveCall.ts';
import type { TenantService } from './tenantService.ts';
import { throttle } from './throttle.ts';
import { toResponse } from './toResponse.ts';

/** The scopes of a token. */
export type ScopesOf = (token: string) => ReadonlySet<string>;

/** The tenant's Microsoft Graph as a function. */
export function requestHandler(
  service: TenantService,
  routes: readonly Route[],
  scopesOf: ScopesOf,
  observe: Observer | undefined,
): (request: Request) => Promise<Response> {
  const { behavior, clock } = service;
  const faults = faultLine(behavior);
  const serveOne = callServer(service, routes, throttle(behavior));
  const withFaults = (call: Call, signal: AbortSignal, serve: (call: Call) => Promise<Answer>) =>
    observed(observe, call, () => {
      const fault = faults.next(call.method, call.target);
      return fault === undefined ? serve(call) : applyFault(fault, call, () => serve(call), clock, signal);
    });
  const serve = (call: Call, signal: AbortSignal) =>
    withFaults(call, signal, outer => {
      if (!hasToken(outer)) return Promise.resolve(unauthorized(outer, undefined));
      if (outer.method !== 'POST' || outer.path !== '/$batch') return serveOne(outer);
      return serveBatch(behavior, outer, readInnerCall, inner => withFaults(inner, signal, serveOne));
    });
  return request => abortable(request.signal, () => handle(service, request, scopesOf, serve));
}

async function handle(
  { behavior, clock }: TenantService,
  request: Request,
  scopesOf: ScopesOf,
  serve: (call: Call, signal: AbortSignal) => Promise<Answer>,
): Promise<Response> {
  const token = bearer(request.headers);
  const call = await readCall(request, clock.now(), token === undefined ? new Set() : scopesOf(token));
  if (behavior.latencyMs > 0) await clock.sleep(behavior.latencyMs, request.signal);
  if (call !== undefined) return toResponse(await serve(call, request.signal), call);
  const error = { code: 'BadRequest', message: 'Invalid version.' };
  const requestId = crypto.randomUUID();
  return toResponse(json(400, { error }), { requestId, clientRequestId: requestId });
}

const bearer = (headers: Headers): string | undefined => /^Bearer\s+(\S+)$/i.exec(headers.get('Authorization') ?? '')?.[1];

const hasToken = (call: Call): boolean => bearer(call.headers) !== undefined;

/** Rejects with the signal's reason as soon as it is aborted; what the tenant already does, it does, like a real service. */
function abortable<Value>(signal: AbortSignal, work: () => Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    work()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', stop));
  });
}
