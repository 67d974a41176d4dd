// A journal in memory that takes as long as a disk, and fails when it is told to.
import type { Clock } from '../../src/graph/clock.ts';
import type { Journal, JournalRecord } from '../../src/intune/journal.ts';

/** How long an append takes, in milliseconds: waiting for it in the wrong place shows. */
const appendMs = 4;

export interface Disk {
  readonly journal: Journal;
  readonly records: readonly JournalRecord[];
  /** Makes the n-th append from now on fail; none if not given. */
  failAppend(nth: number | undefined): void;
  /** Whether an append has failed since then. */
  readonly failed: boolean;
}

export function createDisk(clock: Clock): Disk {
  const records: JournalRecord[] = [];
  let [failing, appends, failed]: [number | undefined, number, boolean] = [undefined, 0, false];
  return {
    records,
    journal: {
      async append(added) {
        await clock.sleep(appendMs);
        failed ||= appends === failing;
        if (appends++ === failing) throw new Error('The disk is full.');
        records.push(...added);
      },
      read: async () => [...records],
    },
    failAppend(nth) {
      [failing, appends, failed] = [nth, 0, false];
    },
    get failed() {
      return failed;
    },
  };
}
