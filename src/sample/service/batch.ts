import type { Behavior } from '../behavior.ts';
import { pick } from '../random.ts';
import { type Answer, contentType, json } from '../wire/answer.ts';
import { toBase64 } from '../wire/base64.ts';
import type { Call } from '../wire/call.ts';
import { graphError } from '../wire/errors.ts';
import { isArray, isObject, type Json, type JsonObject, stringAt } from '../wire/json.ts';

type Serve = (call: Call) => Promise<Answer>;
/** Makes the call of a request in a batch. */
export type InnerCall = (outer: Call, entry: JsonObject) => Call;

/** Serves `POST /$batch` (https://learn.microsoft.com/graph/json-batching). A connection that is lost in one request loses the whole answer. */
export async function serveBatch(behavior: Behavior, call: Call, innerCall: InnerCall, serve: Serve): Promise<Answer> {
  const entries = isObject(call.body) && isArray(call.body['requests']) ? call.body['requests'].filter(isObject) : undefined;
  const wrong = entries === undefined ? 'Invalid batch payload format.' : mistake(entries);
  if (entries === undefined || wrong !== undefined) return graphError(call, 400, 'BadRequest', wrong ?? '');
  const statuses = new Map<string, number>();
  const responses: JsonObject[] = [];
  for (const entry of entries) {
    const id = stringAt(entry, 'id') ?? '';
    const inner = innerCall(call, entry);
    const answer = dependencyFailed(entry, statuses)
      ? graphError(inner, 424, 'FailedDependency', 'A request it depends on failed.')
      : await serve(inner);
    statuses.set(id, answer.status);
    responses.push(batchResponse(behavior, id, answer));
  }
  return json(200, { responses: behavior.shuffleBatch ? shuffle(responses) : responses });
}

/** What makes the service refuse the whole batch. */
function mistake(entries: readonly JsonObject[]): string | undefined {
  if (entries.length === 0) return 'Invalid batch payload format.';
  if (entries.length > 20) return 'Number of batch request steps exceeds the maximum value of 20.';
  const ids = entries.map(entry => stringAt(entry, 'id'));
  if (ids.includes(undefined)) return 'Invalid batch payload format.';
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) return `Request Id ${twice} has to be unique in a batch.`;
  return entries.map(entryMistake).find(found => found !== undefined);
}

function entryMistake(entry: JsonObject): string | undefined {
  const url = stringAt(entry, 'url');
  if (url === undefined || /^[a-z]+:/i.test(url)) return `Invalid URL of request ${stringAt(entry, 'id')}: it has to be relative.`;
  if (stringAt(entry, 'method') === undefined) return `Method of request ${stringAt(entry, 'id')} is missing.`;
  const headers = isObject(entry['headers']) ? Object.keys(entry['headers']) : [];
  const typed = headers.some(name => name.toLowerCase() === 'content-type');
  return entry['body'] !== undefined && !typed
    ? `Write request id : ${stringAt(entry, 'id')} does not contain Content-Type header or body.`
    : undefined;
}

function dependencyFailed(entry: JsonObject, statuses: ReadonlyMap<string, number>): boolean {
  const needs = isArray(entry['dependsOn']) ? entry['dependsOn'] : [];
  return needs.some(id => typeof id !== 'string' || (statuses.get(id) ?? 424) >= 400);
}

function batchResponse(behavior: Behavior, id: string, answer: Answer): JsonObject {
  const type = contentType(answer);
  const headers = { ...answer.headers, ...(type === undefined ? {} : { 'Content-Type': type }) };
  const body = batchBody(behavior, answer);
  return { id, status: answer.status, headers, ...(body === undefined ? {} : { body }) };
}

/** JSON stands as it is; whether text stands as base64 or otherwise, the documentation leaves open. */
function batchBody(behavior: Behavior, answer: Answer): Json | undefined {
  const { content } = answer;
  if (content.kind === 'none') return undefined;
  if (content.kind === 'json') return content.value;
  if (content.type.startsWith('application/json') || behavior.batchText === 'string') return content.value;
  return behavior.batchText === 'number' ? Number(content.value) : toBase64(content.value);
}

function shuffle(responses: readonly JsonObject[]): JsonObject[] {
  const rank = (response: JsonObject) => pick(`${response['id']} of ${responses.length}`, 1_000_000);
  return responses.toSorted((a, b) => rank(a) - rank(b));
}
