import type { Clock } from '../base/clock.ts';
import { isSettled, type SharedJournal } from '../intune/journal/journal.ts';
import type { Connection } from '../intune/read/connection.ts';
import { isCancelled } from '../views/cancellation.ts';

/** Milliseconds after a write that nobody knows the outcome of, or that does not show, to the first look after it. */
const lookAgainAfter = 60_000;

export interface WatchParts {
  /** Looks after what was interrupted; the milliseconds until another look can tell more, if any. */
  readonly look: (connection: Connection) => Promise<number | undefined>;
  readonly journal: (connection: Connection) => Pick<SharedJournal, 'onDidAppend'>;
  readonly clock: Clock;
  /** Gets what goes wrong where nobody waits for it. */
  readonly report: (error: unknown) => void;
}

/** Has interrupted changes of the connection of now looked after, until nothing of them is open. */
export interface InterruptedWatch {
  /** Begins with a connection, and ends with the one before it. */
  follow(connection: Connection | undefined): void;
  /** Looks again now. */
  look(): void;
  dispose(): void;
}

export function watchInterrupted({ look, journal, clock, report }: WatchParts): InterruptedWatch {
  let followed: Connection | undefined;
  let waiting = new AbortController();
  let subscription: { dispose(): void } | undefined;

  async function watch(connection: Connection, first: number, signal: AbortSignal): Promise<void> {
    for (let wait: number | undefined = first; wait !== undefined; wait = await look(connection)) {
      if (wait > 0) await clock.sleep(wait, signal);
      signal.throwIfAborted();
    }
  }

  function lookIn(wait: number): void {
    waiting.abort();
    waiting = new AbortController();
    if (!followed) return;
    watch(followed, wait, waiting.signal).catch((error: unknown) => {
      if (!isCancelled(error)) report(error);
    });
  }

  function follow(connection: Connection | undefined): void {
    if (connection === followed) return;
    subscription?.dispose();
    followed = connection;
    subscription =
      connection &&
      journal(connection).onDidAppend(records => {
        if (records.some(record => record.type === 'end' && !isSettled(record))) lookIn(lookAgainAfter);
      });
    lookIn(0);
  }

  return {
    follow,
    look: () => lookIn(0),
    dispose: () => follow(undefined),
  };
}
