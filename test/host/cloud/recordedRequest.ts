import { decodeClaims } from './tokens.ts';

/** A request as it arrived over the wire, without its secrets. */
export interface RecordedRequest {
  readonly method: string;
  readonly host: string;
  /** Path and query, as sent. */
  readonly path: string;
  /** All headers but `authorization` and `cookie`, with lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the access token says it is for, where there was one. */
  readonly token: Readonly<Record<string, unknown>> | undefined;
  /** The body byte by byte; empty for the sign-in host, whose bodies are secrets. */
  readonly body: Buffer;
  /** The answer's status; undefined while there is none, and where the connection was dropped. */
  status: number | undefined;
  /** Why the connection was dropped, where the service rejected. */
  dropped: unknown;
}

const secret = new Set(['authorization', 'cookie']);

/** Notes down a request. */
export function recordRequest(request: Request, body: Buffer): RecordedRequest {
  const url = new URL(request.url);
  const bearer = /^Bearer (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  return {
    method: request.method,
    host: url.host,
    path: url.pathname + url.search,
    headers: Object.fromEntries([...request.headers].filter(([name]) => !secret.has(name))),
    token: bearer === undefined ? undefined : decodeClaims(bearer),
    body,
    status: undefined,
    dropped: undefined,
  };
}
