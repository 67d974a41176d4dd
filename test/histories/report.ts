// What a history came to.

/** A promise that was not kept. */
export interface Breach {
  readonly kind: /** A row is gone that nobody took away, and that our last read showed or that we have put there ourselves. */
    | 'lost'
    /** A row that was to be kept says something else. */
    | 'changed'
    /** A row is there that nobody asked for. */
    | 'madeUp'
    /** A row of a remediation was not written with `runRemediationScript: true`. */
    | 'remediation'
    /** An include and an exclude of one group in one write. */
    | 'opposite'
    /** A plan that is not what was wished, or on a set that was never there. */
    | 'planned'
    /** What was told at once is not so. */
    | 'untrue'
    /** Somebody is said to have changed, replaced or removed something, and nobody has. */
    | 'alarm'
    /** What the history says later is not so, or it never says it. */
    | 'history'
    /** A write without a line in the journal before, or an end that says something else than was told. */
    | 'journal'
    /** A write after one that was done. */
    | 'resent'
    /** The whole set was written without having been read just before. */
    | 'unread'
    /** Something was waited for between last read and write. */
    | 'slow'
    /** A script cannot be changed any more, and nothing is wrong. */
    | 'blocked'
    /** An undo that was done, and nobody was in between, and it is not as before. */
    | 'undo';
  readonly text: string;
}

export interface Report {
  /** Steps of ours, and acts of others. */
  changes: number;
  /** Writes that the service did. */
  writes: number;
  /** Requests and appends that a fault struck, and deaths of windows. */
  faults: number;
  deaths: number;
  /** Rows of others that were undone because they came between our last read and our write. */
  lostInGap: number;
  /** Rows of others that were undone because our last read did not show them: a copy that was behind has answered it. */
  lostBehind: number;
  /** Length of each gap, in round trips: of sets of one page, and of longer ones. */
  readonly gaps: number[];
  readonly longGaps: number[];
  /** Outcomes that were told. */
  readonly told: Map<string, number>;
  readonly breaches: Breach[];
  /** What happened, in order. */
  readonly story: string[];
}

export const emptyReport = (): Report => ({
  changes: 0,
  writes: 0,
  faults: 0,
  deaths: 0,
  lostInGap: 0,
  lostBehind: 0,
  gaps: [],
  longGaps: [],
  told: new Map(),
  breaches: [],
  story: [],
});
