import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Clock } from '../../src/base/clock.ts';
import { createGraphClient, type GraphClient } from '../../src/graph/client.ts';
import { clouds } from '../../src/graph/clouds.ts';
import { requestTimeout } from '../../src/graph/send.ts';
import { createSampleTenant, gentleBehavior, rowsOf, sampleScopes, scriptName } from '../../src/sample/index.ts';
import { hostileText } from './hostile.ts';
import { changedJson, type JsonChange, jsonChange, seldom } from './mutate.ts';

/** What is wrong with one answer. */
export interface AnswerChange {
  readonly json: JsonChange | undefined;
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

const headerName = fc.constantFrom(
  ...['content-type', 'retry-after', 'www-authenticate', 'request-id', 'client-request-id', 'x-msft-approval-code', 'location'],
);

/** Text that HTTP lets into a header. */
const headerText = hostileText.map(text =>
  text
    .replace(/[^\x20-\x7E]/g, '')
    .trim()
    .slice(0, 300),
);

export const answerChange: fc.Arbitrary<AnswerChange> = fc.record({
  json: fc.option(jsonChange, { freq: 2, nil: undefined }),
  status: seldom(fc.constantFrom(200, 204, 400, 401, 403, 404, 409, 412, 429, 500, 503)),
  headers: fc.dictionary(headerName, fc.oneof(headerText, fc.constantFrom('0', '1', 'text/plain', 'Bearer claims="e30="')), { maxKeys: 1 }),
});

/** The answers of the sample tenant, each as it was the first time, with lists of a few items. */
const tenant = createSampleTenant({
  behavior: { ...gentleBehavior(), latencyMs: 0 },
  scopes: new Set([...sampleScopes, 'Directory.Read.All']),
});
const answers = new Map<string, { readonly status: number; readonly type: string; readonly body: unknown }>();

const shortened = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.slice(0, 2).map(shortened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, key === 'responses' ? inner : shortened(inner)]));
};

/** Names of groups that are left out are asked for one by one, which takes long. */
const parsed = (url: string, text: string): unknown => (url.endsWith('/getByIds') ? JSON.parse(text) : shortened(JSON.parse(text)));

async function answerTo(request: Request) {
  const key = `${request.method} ${request.url} ${await request.clone().text()}`;
  const known = answers.get(key);
  if (known) return known;
  const response = await tenant.handle(request);
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  const answer = { status: response.status, type, body: text !== '' && type.includes('json') ? parsed(request.url, text) : text };
  // What only a changed link leads to is not asked for again.
  if (answers.size < 1_000) answers.set(key, answer);
  return answer;
}

const bodiless = new Set([204, 304]);

async function changedAnswer(request: Request, { json, status, headers }: AnswerChange): Promise<Response> {
  const { body, ...answer } = await answerTo(request);
  const now = status ?? answer.status;
  const text = json ? changedJson(body, json) : typeof body === 'string' ? body : JSON.stringify(body);
  return new Response(bodiless.has(now) ? null : text, { status: now, headers: { 'content-type': answer.type, ...headers } });
}

/** A clock in which waits take no time, and no answer is ever too late. */
function impatientClock(): Clock {
  let now = Date.UTC(2026, 0, 1);
  return {
    now: () => now,
    uptime: () => now,
    sleep: async (ms, signal) => {
      if (ms === requestTimeout) return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
      now += ms;
    },
  };
}

export interface FuzzedService {
  readonly client: GraphClient;
  readonly clock: Clock;
  /** How many requests were sent. */
  sent(): number;
}

/** The sample tenant, whose answers are changed in turn. Nothing but requests to its own host may reach it. */
export function fuzzedService(changes: readonly AnswerChange[]): FuzzedService {
  const clock = impatientClock();
  let sent = 0;
  const fetch = async (request: Request): Promise<Response> => {
    assert.equal(new URL(request.url).origin, clouds.global.graph, 'a token would have gone elsewhere');
    assert.equal(request.redirect, 'error');
    const change = changes[sent % changes.length];
    sent += 1;
    return change ? changedAnswer(request, change) : tenant.handle(request);
  };
  const credential = { getToken: async () => ({ token: 'secret', expiresOnTimestamp: clock.now() + 3_600_000 }) };
  return { clock, sent: () => sent, client: createGraphClient({ cloud: clouds.global, credential, fetch, clock, random: () => 0 }) };
}

const [remediation] = tenant.state.scripts.list('deviceHealthScripts').filter(script => rowsOf(script).length > 1);
assert.ok(remediation);

tenant.admin.requestApproval(remediation.family, remediation.id);

/** What is in the tenant, as requests refer to it. */
export const sample = {
  groups: [...tenant.state.groups.all()].map(({ id }) => id.toLowerCase()),
  script: { family: 'deviceHealthScripts', id: remediation.id, name: scriptName(remediation) },
} as const;
