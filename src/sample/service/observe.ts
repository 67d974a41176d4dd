import type { Answer } from '../wire/answer.ts';
import type { Call } from '../wire/call.ts';
import type { Json } from '../wire/json.ts';

/** One request that the tenant got; those in a batch come on their own, before the batch. */
export interface ObservedRequest {
  readonly method: string;
  /** Path and query with the version, e.g. `/beta/deviceManagement/deviceHealthScripts?$top=5`. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: Json | undefined;
  readonly inBatch: boolean;
  /** When it came, milliseconds since the epoch. */
  readonly at: number;
  /** The status of the answer; `lost` when the connection was. */
  readonly status: number | 'lost';
}

/** Is told of each request when it was answered. */
export type Observer = (request: ObservedRequest) => void;

/** Serves and tells the observer. */
export async function observed(observe: Observer | undefined, call: Call, serve: () => Promise<Answer>): Promise<Answer> {
  const tell = (status: ObservedRequest['status']) => {
    const { method, target: path, headers, body, inBatch, at } = call;
    observe?.({ method, path, headers, body, inBatch, at, status });
  };
  try {
    const answer = await serve();
    tell(answer.status);
    return answer;
  } catch (error) {
    tell('lost');
    throw error;
  }
}
