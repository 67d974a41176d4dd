// What a history is: a small tenant, and what we and another administrator do in it, with everything that goes wrong. Plain data.
import type { FamilyId } from '../../src/intune/families.ts';
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
  | { readonly kind: 'add' | 'set'; readonly row: RowSpec }
  | { readonly kind: 'edit'; readonly nth: number; readonly row: RowSpec }
  | { readonly kind: 'remove'; readonly nth: number }
  /** Back to what was there so many sets ago. */
  | { readonly kind: 'back'; readonly sets: number };

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

/** One write of ours, of some scripts at once, and what happens meanwhile. */
export interface Step {
  /** Milliseconds that pass before. */
  readonly pauseMs: number;
  /** Which of the scripts: the n-th is in where bit n % 4 is set. */
  readonly mask: number;
  readonly intents: readonly Intent[];
  readonly writeMethod: WriteMethod;
  readonly faults: readonly FaultSpec[];
  readonly intrusions: readonly Intrusion[];
  /** The user cancels at the n-th request. */
  readonly cancelAt: number | undefined;
  /** The n-th append to the journal fails. */
  readonly diskFailsAt: number | undefined;
}

export type Manners = Pick<
  Behavior,
  | 'latencyMs'
  | 'assignmentLagMs'
  | 'assignmentFallBackMs'
  | 'assignmentPageSize'
  | 'pageWart'
  | 'collectionPost'
  | 'oneRowPerGroup'
  | 'remediationReadsFalse'
  | 'reorderRows'
  | 'longTimes'
  | 'refuseDeletedGroups'
  | 'writeLimit'
>;

export interface History {
  readonly manners: Manners;
  readonly scripts: readonly ScriptSpec[];
  /** How many scripts there are in all: those of `scripts` over and over. */
  readonly count: number;
  readonly steps: readonly Step[];
}
