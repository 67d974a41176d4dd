import assert from 'node:assert/strict';
import type { Clock } from '../../../src/base/clock.ts';
import { createSampleTenant, type FamilyName, type SampleTenant, type SampleTenantOptions } from '../../../src/sample/index.ts';
import { isArray, isObject, type Json, type JsonObject, parseJson } from '../../../src/sample/wire/json.ts';

/** A clock that goes when it is told to; sleeping makes it go. */
interface FakeClock extends Clock {
  pass(ms: number): void;
}

function fakeClock(start = Date.UTC(2026, 5, 1)): FakeClock {
  let now = start;
  return {
    now: () => now,
    uptime: () => now - start,
    pass: ms => {
      now += ms;
    },
    sleep: (ms, signal) => {
      signal?.throwIfAborted();
      now += ms;
      return Promise.resolve();
    },
  };
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Json | undefined;
}

/** Talks to a sample tenant like a client with a token. */
export interface Client {
  readonly tenant: SampleTenant;
  readonly clock: FakeClock;
  send(method: string, path: string, body?: Json, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  post(path: string, body: Json, headers?: Readonly<Record<string, string>>): Promise<Reply>;
}

export function client(options: SampleTenantOptions = {}): Client {
  const clock = fakeClock();
  const tenant = createSampleTenant({ clock, ...options });
  const send: Client['send'] = async (method, path, body, headers = {}) => {
    const url = path.startsWith('https:') ? path : `https://graph.microsoft.com${path}`;
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const given = { Authorization: 'Bearer token', 'Content-Type': 'application/json', ...headers };
    const response = await tenant.handle(new Request(url, { method, headers: given, ...init }));
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parseJson(text) };
  };
  return {
    tenant,
    clock,
    send,
    get: (path, headers) => send('GET', path, undefined, headers),
    post: (path, body, headers) => send('POST', path, body, headers),
  };
}

export const eventual = { ConsistencyLevel: 'eventual' };

/** The objects of a collection. */
export function values(reply: Reply): JsonObject[] {
  const value = isObject(reply.body) ? reply.body['value'] : undefined;
  assert.ok(isArray(value), `a collection is expected: ${reply.status} ${reply.text}`);
  return value.filter(isObject);
}

export function object(value: Json | undefined): JsonObject {
  assert.ok(isObject(value), `an object is expected: ${JSON.stringify(value)}`);
  return value;
}

/** The `error` of an answer. */
export const errorOf = (reply: Reply): JsonObject => object(object(reply.body)['error']);

export function scriptId(tenant: SampleTenant, family: FamilyName, name: string): string {
  const script = tenant.state.scripts.byName(family, name);
  assert.ok(script, `no script ${name}`);
  return script.id;
}

export function groupId(tenant: SampleTenant, name: string): string {
  const group = tenant.state.groups.byName(name);
  assert.ok(group, `no group ${name}`);
  return group.id;
}

export const include = (id: string): JsonObject => ({ target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: id } });

export const exclude = (id: string): JsonObject => ({
  target: { '@odata.type': '#microsoft.graph.exclusionGroupAssignmentTarget', groupId: id },
});

/** The groups of rows, lower case, sorted. */
export const groupsOf = (rows: readonly JsonObject[]): string[] =>
  rows.map(row => String(object(row['target'])['groupId'] ?? object(row['target'])['@odata.type']).toLowerCase()).sort();
