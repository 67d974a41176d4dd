import type { Json } from './json.ts';
import type { Query } from './query.ts';

/** The two versions of Microsoft Graph. */
export type GraphVersion = 'v1.0' | 'beta';

/** One request to the tenant, alone or taken out of a `$batch`. */
export interface Call {
  readonly method: string;
  readonly version: GraphVersion;
  /** Where absolute links of the answer point to, e.g. `https://graph.microsoft.com`. */
  readonly origin: string;
  /** The path after the version without the query, decoded, keys as segments: `/groups/{id}`. */
  readonly path: string;
  /** The path and the query as they were sent, with the version. */
  readonly target: string;
  readonly query: Query;
  readonly headers: Headers;
  readonly bodyText: string;
  readonly body: Json | undefined;
  readonly scopes: ReadonlySet<string>;
  readonly inBatch: boolean;
  /** When it arrived, milliseconds since the epoch. */
  readonly at: number;
  readonly requestId: string;
  readonly clientRequestId: string;
}

/** Whether a method changes something. */
export const isWrite = (call: Call): boolean => call.method !== 'GET';
