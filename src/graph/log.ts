import type { GraphErrorKind } from './errors.ts';

/** What the log is told about one request on the wire. Never a token, a body, a query or the value of a header. */
export interface RequestLogEntry {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Missing where no answer came. */
  readonly status?: number;
  /** Missing where the request succeeded. */
  readonly kind?: GraphErrorKind;
  readonly requestId?: string;
  /** The id that this request carried; the requests of one $batch show that of the $batch. */
  readonly clientRequestId: string;
  readonly durationMs: number;
  /** Whether this was a request inside of a $batch. */
  readonly inBatch?: true;
}

export type RequestLog = (entry: RequestLogEntry) => void;

/** A log that fails must not make a request fail that the service has done. */
export const quietly =
  (log: RequestLog | undefined): RequestLog =>
  entry => {
    try {
      log?.(entry);
    } catch {
      // There is nowhere to say so but this log.
    }
  };
