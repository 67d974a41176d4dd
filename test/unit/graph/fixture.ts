import assert from 'node:assert/strict';
import { createGraphClient, type GraphClient, GraphError, type RequestLogEntry } from '../../../src/graph/client.ts';
import { clouds } from '../../../src/graph/clouds.ts';
import type { AccessToken, GetTokenOptions, TokenCredential } from '../../../src/graph/tokens.ts';
import { createFakeClock, type FakeClock } from './fakeClock.ts';

/** What a scripted service does with one request; a `Response` given twice must be made twice, hence functions. */
export type Step = (request: Request) => Response | Promise<Response>;

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: unknown;
  readonly redirect: string;
}

export interface Fixture {
  readonly client: GraphClient;
  readonly clock: FakeClock;
  readonly sent: Sent[];
  readonly tokensAsked: { scopes: string | string[]; options: GetTokenOptions | undefined }[];
  readonly log: RequestLogEntry[];
}

export interface FixtureParts {
  /** One for each request, the last one for all that follow. */
  readonly steps: readonly Step[];
  readonly getToken?: (n: number, options: GetTokenOptions | undefined) => Promise<AccessToken | null>;
  readonly clock?: FakeClock;
}

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

export const graphErrorBody = (code: string, message: string): unknown => ({ error: { code, message } });

export const problem = (status: number, headers: Record<string, string> = {}, code = 'Bad', message = 'It went wrong.'): Response =>
  json(graphErrorBody(code, message), status, headers);

export const challenge = { 'www-authenticate': `Bearer realm="", error="insufficient_claims", claims="${btoa('{"access_token":{}}')}"` };

/** An error as fetch of Node gives it. */
export const failure = (code: string, message = code): TypeError =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) });

const parsed = (text: string): unknown => (text === '' ? undefined : JSON.parse(text));

/** The client against a scripted service, with a clock that nobody waits for. */
export function createFixture({ steps, getToken, clock = createFakeClock() }: FixtureParts): Fixture {
  const sent: Sent[] = [];
  const tokensAsked: Fixture['tokensAsked'] = [];
  const log: RequestLogEntry[] = [];
  const credential: TokenCredential = {
    getToken: async (scopes, options) => {
      tokensAsked.push({ scopes, options });
      const token = { token: `token-${tokensAsked.length}`, expiresOnTimestamp: clock.now() + 3_600_000 };
      return getToken ? getToken(tokensAsked.length, options) : token;
    },
  };
  const fetch = async (request: Request): Promise<Response> => {
    const n = sent.length;
    const { method, url, headers, redirect } = request;
    sent.push({ method, url, headers, redirect, body: parsed(await request.clone().text()) });
    const step = steps[n] ?? steps.at(-1);
    assert.ok(step, 'a request was sent that the test did not expect');
    return step(request);
  };
  const client = createGraphClient({ cloud: clouds.global, credential, fetch, clock, random: () => 0.5, log: entry => log.push(entry) });
  return { client, clock, sent, tokensAsked, log };
}

/** The GraphError that a call must reject with. */
export async function rejection(call: Promise<unknown>): Promise<GraphError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof GraphError, `expected a GraphError, got ${String(error)}`);
  return error;
}

export const scopes = ['DeviceManagementScripts.Read.All'];
export const path = '/beta/deviceManagement/deviceManagementScripts?$top=5';
export const read = { path, scopes } as const;
export const write = { method: 'POST', path: '/beta/deviceManagement/deviceManagementScripts/1/assign', body: { a: 1 }, scopes } as const;
