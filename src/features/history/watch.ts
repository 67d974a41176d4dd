import type { Clock } from '../../base/clock.ts';
import { isSettled, type SharedJournal } from '../../intune/journal/journal.ts';
import type { Connection } from '../../intune/read/connection.ts';
import { isCancelled } from '../../ui/errorText.ts';

/** Milliseconds between two looks while requests that wait are seen, and before the next one where somebody else was at the journal. */
const between = 30_000;
const soon = 1_000;

/** Follows requests for approval as long as somebody sees them, and not otherwise. */
export interface ApprovalWatch {
  /** The connection whose requests are seen; undefined when none is. */
  see(connection: Connection | undefined): void;
  /** Looks again now, if something is seen. */
  again(): void;
  dispose(): void;
}

/** `look` reads and shows how they stand, and tells whether somebody else was at the journal. When it fails, looking ends until they are seen anew. */
export function watchApprovals({
  look,
  clock,
  report,
}: {
  readonly look: (connection: Connection) => Promise<boolean>;
  readonly clock: Clock;
  /** Gets what goes wrong where nobody waits for it. */
  readonly report: (error: unknown) => void;
}): ApprovalWatch {
  let seen: Connection | undefined;
  let watching = new AbortController();

  async function watch(connection: Connection, signal: AbortSignal): Promise<void> {
    for (;;) {
      const busy = await look(connection);
      await clock.sleep(busy ? soon : between, signal);
    }
  }

  function see(connection: Connection | undefined): void {
    if (connection === seen) return;
    seen = connection;
    watching.abort();
    watching = new AbortController();
    if (!connection) return;
    watch(connection, watching.signal).catch((error: unknown) => {
      if (!isCancelled(error)) report(error);
    });
  }

  function again(): void {
    const connection = seen;
    see(undefined);
    see(connection);
  }

  return { see, again, dispose: () => see(undefined) };
}

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
