import type { Call, GraphVersion } from '../wire/call.ts';
import { isObject, type JsonObject, parseJson, stringAt } from '../wire/json.ts';
import { readQuery } from '../wire/query.ts';

/** The call that a request makes; undefined if its address is not one of Microsoft Graph. */
export async function readCall(request: Request, at: number, scopes: ReadonlySet<string>): Promise<Call | undefined> {
  const url = new URL(request.url);
  const address = readAddress(`${url.pathname}${url.search}`);
  if (address === undefined) return undefined;
  const bodyText = await request.text();
  const requestId = crypto.randomUUID();
  return {
    method: request.method.toUpperCase(),
    ...address,
    origin: url.origin,
    headers: request.headers,
    bodyText,
    body: parseJson(bodyText),
    scopes,
    inBatch: false,
    at,
    requestId,
    clientRequestId: request.headers.get('client-request-id') ?? requestId,
  };
}

/** The call that a request in a batch makes. */
export function readInnerCall(outer: Call, entry: JsonObject): Call {
  const url = stringAt(entry, 'url') ?? '';
  const address = readAddress(`/${outer.version}/${url.replace(/^\//, '')}`);
  const body = entry['body'];
  return {
    ...outer,
    path: '/',
    target: url,
    query: readQuery(new URLSearchParams()),
    ...address,
    method: (stringAt(entry, 'method') ?? 'GET').toUpperCase(),
    headers: readHeaders(entry),
    bodyText: body === undefined ? '' : JSON.stringify(body),
    body,
    inBatch: true,
    requestId: crypto.randomUUID(),
  };
}

function readHeaders(entry: JsonObject): Headers {
  const given = isObject(entry['headers']) ? Object.entries(entry['headers']) : [];
  return new Headers(given.map(([name, value]) => [name, String(value)]));
}

function readAddress(target: string): Pick<Call, 'version' | 'path' | 'target' | 'query'> | undefined {
  const match = /^\/(v1\.0|beta)(\/[^?]*)(?:\?(.*))?$/.exec(target);
  if (match === null) return undefined;
  const [, version = '', path = '/', query = ''] = match;
  const encoded = path.replaceAll(/\('?([^')]*)'?\)/g, '/$1').replace(/(.)\/$/, '$1');
  return { version: readVersion(version), path: decode(encoded), target, query: readQuery(new URLSearchParams(query)) };
}

const readVersion = (version: string): GraphVersion => (version === 'beta' ? 'beta' : 'v1.0');

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
