import type { Clock } from './clock.ts';
import type { Cloud } from './clouds.ts';
import type { TokenCredential } from './credential.ts';
import { exchange } from './exchange.ts';
import type { Fetch } from './fetch.ts';
import type { Outcome } from './outcome.ts';
import { allPages } from './paging.ts';
import { prepareToken } from './prepare.ts';
import { createReader } from './reader.ts';
import { type GraphAnswer, type GraphRequest, isRead, type Scopes, type SendOptions } from './request.ts';
import { quietly, type RequestLog } from './requestLog.ts';
import { createBackoff, retryRead } from './retry.ts';
import { sendEach } from './sendAll.ts';
import { createTokenSource } from './tokenSource.ts';

export { GraphError } from './errors.ts';
export { isRefusal } from './exchange.ts';
export type { Fetch } from './fetch.ts';
export type { Outcome } from './outcome.ts';
export type { GraphAnswer, GraphRequest, Scopes, SendOptions } from './request.ts';
export type { RequestLogEntry } from './requestLog.ts';
export { isTransient } from './retry.ts';

interface ListOptions extends SendOptions {
  /** Gets each page as it comes, e.g. to show progress. Not what the list was: a later page may fail, or repeat an item. */
  readonly onPage?: (items: readonly unknown[]) => void;
}

/**
 * Talks to Microsoft Graph. Every call rejects with a {@link GraphError}, or with the signal's reason when it is cancelled.
 *
 * Reads (GET, and requests marked `idempotent`) are tried again after 429, 502, 503, 504, network errors and time-outs, and once with a
 * new token after a 401; none of it with `once`. A write goes out exactly once, at once, whatever comes back, for what it was based on may change meanwhile.
 */
export interface GraphClient {
  /** One request. */
  send(request: GraphRequest, options?: SendOptions): Promise<GraphAnswer>;
  /**
   * All pages of a collection, or an error: never a part. An item may come twice when the collection changes between two pages.
   */
  list(request: GraphRequest, options?: ListOptions): Promise<readonly unknown[]>;
  /**
   * Several requests, each with its own outcome, in the order asked. One goes alone, more go in $batches of up to 20, in no certain order.
   * Rejects only when it is cancelled before a write was sent; the writes that a cancellation keeps back fail with `sent: 'no'`.
   */
  sendAll(requests: readonly GraphRequest[], options?: SendOptions): Promise<readonly Outcome<GraphAnswer>[]>;
  /** Makes sure that a token for these scopes is at hand that lives for two more minutes, so that a send that follows waits for none. */
  prepare(scopes: Scopes, options?: SendOptions): Promise<void>;
  /** Forgets all tokens: what follows is sent with new ones, which know of roles that were activated meanwhile. */
  renewTokens(): void;
}

export interface GraphClientParts {
  readonly cloud: Cloud;
  readonly credential: TokenCredential;
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** 0 to 1, for the jitter of waits; `Math.random` if missing. */
  readonly random?: () => number;
  readonly log?: RequestLog;
}

/** The client of one cloud and one credential. Tokens are kept in memory, in here. */
export function createGraphClient({ cloud, credential, fetch, clock, random = Math.random, log }: GraphClientParts): GraphClient {
  const tokens = createTokenSource({ cloud, credential, clock });
  const parts = { cloud, tokens, fetch, clock, random, log: quietly(log) };
  const send = async (request: GraphRequest, options: SendOptions = {}): Promise<GraphAnswer> => {
    if (!isRead(request) || options.once) return (await exchange(parts, request, options)).answer;
    const read = createReader(parts, request, options);
    return (await retryRead(createBackoff(parts), options.signal, read)).answer;
  };
  return {
    send,
    list: (request, options = {}) => allPages(page => send(page, options), request, options.onPage),
    sendAll: (requests, options = {}) => sendEach(parts, send, requests, options),
    prepare: (scopes, options = {}) => prepareToken(tokens, clock, scopes, options),
    renewTokens: tokens.renew,
  };
}
