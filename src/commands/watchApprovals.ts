import type { Clock } from '../base/clock.ts';
import type { Connection } from '../intune/read/connection.ts';
import { isCancelled } from '../views/cancellation.ts';

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
