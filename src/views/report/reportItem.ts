import type { ScriptRef } from '../../intune/model/script.ts';

/** What became of one script. `notApproved`: its request for approval ended without it; `notSent`: nothing was sent for it. Both are as they were. */
export type ItemResult = 'failed' | 'notApproved' | 'notKnown' | 'pending' | 'notSent' | 'running' | 'changed' | 'asWanted';

/** One script in a report. */
export interface ReportItem {
  readonly script: ScriptRef;
  readonly result: ItemResult;
  /** What was done to its assignments, or was to be done. */
  readonly effects: readonly string[];
  /** What else there is to know: why it failed, who was in between. */
  readonly notes: readonly string[];
  /** Its assignments, one a text, where they are known. `after` is what was wanted, where it is not known to be there. */
  readonly before?: readonly string[] | undefined;
  readonly after?: readonly string[] | undefined;
}

/** What a change came to. */
export interface Report {
  readonly title: string;
  /** Who, where, when. */
  readonly line: string;
  /** What there is to know of the change as a whole. Sentences. */
  readonly notes: readonly string[];
  readonly items: readonly ReportItem[];
}
