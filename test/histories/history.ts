// What a history is: a small tenant, windows of ours on one computer, another administrator, and everything that goes wrong. Plain data.
import type { FamilyId } from '../../src/intune/model/families.ts';
import type { WriteMethod } from '../../src/intune/write/route.ts';
import type { Behavior, FaultEffect } from '../../src/sample/index.ts';
import type { JsonObject } from '../../src/sample/wire/json.ts';

/** An assignment as it is put into the tenant. */
export interface RowSpec {
  readonly target: JsonObject;
  readonly runSchedule: JsonObject | undefined;
  readonly runRemediationScript: boolean | undefined;
  /** Properties of a newer service. */
  readonly more: JsonObject;
  /** Only families of the settings catalog have rows that a policy set brought. */
  readonly policySet: boolean;
}

export interface ScriptSpec {
  readonly family: FamilyId;
  readonly rows: readonly RowSpec[];
}

/** A change that we want of each script of a step. Rows are counted from the n-th, around the end. */
export type Intent =
  /** `overrules`: what excludes the same group goes for it, or the other way round. */
  | { readonly kind: 'add'; readonly row: RowSpec; readonly overrules: boolean }
  | { readonly kind: 'set'; readonly row: RowSpec }
  /** Another interval of hours, or another filter; null for none. */
  | { readonly kind: 'edit'; readonly nth: number; readonly hours: number | undefined; readonly filter: JsonObject | null | undefined }
  /** An exclude in the place of an include, or the other way round. */
  | { readonly kind: 'turn'; readonly nth: number }
  | { readonly kind: 'remove'; readonly nth: number };

/** What a step of ours is about. Past changes are counted from the newest, around the end. */
export type What =
  | { readonly kind: 'intents'; readonly intents: readonly Intent[] }
  | { readonly kind: 'copy'; readonly from: number; readonly mode: 'add' | 'replace' }
  | { readonly kind: 'replaceGroup'; readonly from: number; readonly to: number; readonly mode: 'add' | 'replace' }
  | { readonly kind: 'undo' | 'resume' | 'finish'; readonly nth: number };

/** What another administrator does to one script. */
export type Act =
  | { readonly kind: 'add'; readonly row: RowSpec }
  | { readonly kind: 'edit'; readonly nth: number; readonly row: RowSpec }
  | { readonly kind: 'remove'; readonly nth: number }
  | { readonly kind: 'replace'; readonly rows: readonly RowSpec[] };

/** Moments of our requests; `beforeWrite` is in the gap between last read and write. */
export type HookName = 'beforeRead' | 'afterRead' | 'beforeWrite' | 'afterWrite';

/** When somebody else acts: around our plan, on a script of the step; or at the n-th request of a kind, on its script. */
export interface Intrusion {
  readonly at: 'beforePlan' | 'afterPlan' | HookName;
  readonly nth: number;
  readonly act: Act;
}

export interface FaultSpec {
  readonly effect: FaultEffect;
  readonly on: 'reads' | 'writes' | 'batches' | 'all';
  readonly point: 'before' | 'after';
  readonly skip: number;
  readonly times: number;
}

/** What goes wrong with the n-th append: nothing of it is written, half of it, or all of it, and it fails all the same. */
export interface DiskFault {
  readonly nth: number;
  readonly kind: 'full' | 'torn' | 'unsynced';
}

/** When a window dies: at the n-th request, before it goes out or after it was served; or at the n-th append, with half of it on disk, or all. */
export interface Death {
  readonly at: 'request' | 'answer' | 'tornAppend' | 'append';
  readonly nth: number;
}

/** One write of ours, of some scripts at once, and what happens meanwhile. */
export interface ChangeStep {
  readonly kind: 'change';
  readonly window: 0 | 1;
  /** Milliseconds that pass before. */
  readonly pauseMs: number;
  /** Which of the scripts: the n-th is in where bit n % 4 is set. */
  readonly mask: number;
  readonly what: What;
  readonly writeMethod: WriteMethod;
  readonly faults: readonly FaultSpec[];
  readonly intrusions: readonly Intrusion[];
  /** The user cancels at the n-th request to a script. */
  readonly cancelAt: number | undefined;
  readonly disk: DiskFault | undefined;
  readonly death: Death | undefined;
  /** What the other window does at the same time. */
  readonly beside: What | undefined;
}

export type Step =
  | ChangeStep
  /** A window is opened, or looks again, after what was interrupted: at most so many times. */
  | { readonly kind: 'recover'; readonly window: 0 | 1; readonly looks: number }
  /** Another administrator decides on a request for approval. */
  | { readonly kind: 'decide'; readonly nth: number; readonly how: 'approve' | 'reject' | 'expire' }
  /** The clock of our computer is set. */
  | { readonly kind: 'clock'; readonly ms: number }
  /** Our computer is started anew. */
  | { readonly kind: 'reboot' };

export type Manners = Pick<
  Behavior,
  | 'latencyMs'
  | 'assignmentLagMs'
  | 'replicaLagsMs'
  | 'assignmentPageSize'
  | 'pageWart'
  | 'collectionPost'
  | 'oneRowPerGroup'
  | 'remediationReadsFalse'
  | 'reorderRows'
  | 'longTimes'
  | 'refuseDeletedGroups'
  | 'writeLimit'
> & {
  /** Whether another administrator has to approve each write. */
  readonly approvals: boolean;
  /** Whether the numbers of processes that died are used again. */
  readonly pidsReused: boolean;
};

export interface History {
  readonly manners: Manners;
  readonly scripts: readonly ScriptSpec[];
  /** How many scripts there are in all: those of `scripts` over and over. */
  readonly count: number;
  readonly steps: readonly Step[];
}
