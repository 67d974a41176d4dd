// What a history came to.

/** A promise that was not kept. */
export interface Breach {
  readonly kind: /** A row is gone that nobody took away. */
    | 'lost'
    /** A row that was to be kept says something else. */
    | 'changed'
    /** A row is there that nobody asked for. */
    | 'madeUp'
    /** A row of a remediation was not written with `runRemediationScript: true`. */
    | 'remediation'
    /** What was told is not so. */
    | 'untrue'
    /** A write without a line in the journal before, or without its end. */
    | 'journal'
    /** A write after one that was done. */
    | 'resent'
    /** The whole set was written without having been read just before. */
    | 'unread'
    /** More than one round trip between last read and write, and nothing was wrong. */
    | 'slow';
  readonly text: string;
}

export interface Report {
  /** Steps of ours, and acts of others. */
  changes: number;
  /** Writes that the service did. */
  writes: number;
  /** Requests that a fault struck. */
  faults: number;
  /** Changes of others that were undone because they came between our last read and our write. */
  lostInGap: number;
  /** Length of each gap, in round trips. */
  readonly gaps: number[];
  readonly breaches: Breach[];
  /** What happened, in order. */
  readonly story: string[];
}

export const emptyReport = (): Report => ({ changes: 0, writes: 0, faults: 0, lostInGap: 0, gaps: [], breaches: [], story: [] });
