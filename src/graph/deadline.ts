import type { Clock } from './clock.ts';
import { GraphError, type RequestName } from './errors.ts';
import { orAborted } from './share.ts';

/** How long one request may take until its answer is read, in milliseconds. */
export const requestTimeout = 60_000;

export interface DeadlineParts {
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  readonly request: RequestName;
  readonly clientRequestId: string;
}

/**
 * Work with a time limit. Its signal is aborted with the limit or with the caller's signal, whichever comes first, and the wait ends with it
 * even if the work looks at no signal.
 *
 * @throws GraphError `timeout`, or the reason of the caller's signal
 */
export async function withDeadline<T>(parts: DeadlineParts, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { clock, signal, request, clientRequestId } = parts;
  const stop = new AbortController();
  const done = new AbortController();
  const message = `No answer came within ${requestTimeout / 1000} seconds.`;
  clock.sleep(requestTimeout, done.signal).then(
    () => stop.abort(new GraphError({ kind: 'timeout', message, request, clientRequestId, sent: 'unknown' })),
    // The sleep was ended below.
    () => undefined,
  );
  const either = signal ? AbortSignal.any([stop.signal, signal]) : stop.signal;
  try {
    return await orAborted(work(either), either);
  } finally {
    done.abort('done');
  }
}
