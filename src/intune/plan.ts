import { type Assignment, areOne, recipientKey, targetKey, wireToWrite } from './assignment.ts';
import { canonicalAssignment, canonicalRow } from './equality.ts';
import { familyOf } from './families.ts';
import type { ScriptRef } from './script.ts';
import type { Target } from './target.ts';

/** What is wanted of one script's assignments. */
export type Change =
  /** Reaches somebody more. Whom it reaches already stays as it is; `beside` does not count what the same plan adds. */
  | { readonly kind: 'add'; readonly assignment: Assignment; readonly beside?: true | undefined }
  /**
   * Replaces the row with the target key `replaces` or its own, else what is there for the same recipient, unless it is to stand `beside` that;
   * or adds it.
   */
  | { readonly kind: 'set'; readonly assignment: Assignment; readonly replaces?: string | undefined; readonly beside?: true | undefined }
  /** Removes the row with this target key. */
  | { readonly kind: 'remove'; readonly targetKey: string };

/** What becomes of one row. */
export type PlannedRow =
  | { readonly action: 'keep' | 'add' | 'remove'; readonly assignment: Assignment }
  | { readonly action: 'change'; readonly before: Assignment; readonly assignment: Assignment }
  /** Brought by a policy set: not written, and still there afterwards. */
  | { readonly action: 'policySet'; readonly assignment: Assignment };

/** What is to become of one script's assignments. Pure data. */
export interface Plan {
  readonly script: ScriptRef;
  /** The whole set as it was read; a write stops when it is not this any more. */
  readonly base: readonly Assignment[];
  /** What was wanted; a plan can be made again from it. */
  readonly changes: readonly Change[];
  readonly rows: readonly PlannedRow[];
  /** Targets that are left as they are: their recipient has several rows, the change names none of them, and one more would be dropped. */
  readonly leftOut: readonly Target[];
}

/** A row on its way into a plan, with whether a change of the plan is about it already. */
type Draft = PlannedRow & { readonly taken?: true };

type SetChange = Change & { readonly kind: 'set' };

function setRow(present: Draft, { assignment }: SetChange): Draft {
  if (canonicalAssignment(present.assignment) === canonicalAssignment(assignment)) return present;
  if (present.action === 'add') return { action: 'add', assignment };
  return { action: 'change', before: present.action === 'change' ? present.before : present.assignment, assignment };
}

const stays = ({ action }: Draft): boolean => action !== 'policySet' && action !== 'remove';

/**
 * Where the row stands that a change is about. A recipient was never seen with two rows; if one has, a change sets none but the one it names,
 * and none that another change of the plan is about.
 */
function indexOf(rows: readonly Draft[], change: Change & { readonly kind: 'add' | 'set' }): number {
  const { target } = change.assignment;
  const reaches = (row: Draft): boolean => stays(row) && recipientKey(row.assignment.target) === recipientKey(target);
  if (change.kind === 'add') return rows.findIndex(row => reaches(row) && !(change.beside && row.action === 'add'));
  const key = change.replaces ?? targetKey(target);
  const exact = rows.findIndex(row => stays(row) && targetKey(row.assignment.target) === key);
  return exact >= 0 || change.beside || rows.filter(reaches).length > 1 ? exact : rows.findIndex(row => reaches(row) && !row.taken);
}

/** Another row beside one that was set: where the service keeps one of them, the one of before is removed, and said to be. */
function besideOf(row: Draft, { target }: Assignment): readonly Draft[] {
  if (row.action === 'policySet' || row.action === 'remove' || !areOne(row.assignment.target, target)) return [row];
  return row.action === 'add' ? [] : [{ action: 'remove', assignment: row.action === 'change' ? row.before : row.assignment }];
}

function applyChange(rows: readonly Draft[], change: Change): readonly Draft[] {
  if (change.kind === 'remove') {
    return rows.map(row =>
      row.action === 'keep' && targetKey(row.assignment.target) === change.targetKey
        ? { action: 'remove', assignment: row.assignment }
        : row,
    );
  }
  const index = indexOf(rows, change);
  const present = rows[index];
  if (!present) return [...rows, { action: 'add', assignment: change.assignment, taken: true }];
  if (change.kind === 'add') return rows;
  const set: Draft = { ...setRow(present, change), taken: true };
  // Rows that were side by side already are none of the two that become one.
  if (areOne(present.assignment.target, change.assignment.target)) return rows.with(index, set);
  return rows.flatMap((row, other) => (other === index ? [set] : besideOf(row, change.assignment)));
}

/** The target of a change that would add a row which the service drops for one that is there: it is left out, and said to be. */
function leftOutBy(rows: readonly Draft[], change: Change): Target | undefined {
  if (change.kind === 'remove' || indexOf(rows, change) >= 0) return undefined;
  const { target } = change.assignment;
  return rows.some(row => stays(row) && areOne(row.assignment.target, target)) ? target : undefined;
}

/** Rows that say the same are one to the service. */
function withoutDuplicates(assignments: readonly Assignment[]): readonly Assignment[] {
  const byMeaning = new Map(assignments.toReversed().map(assignment => [canonicalRow(assignment), assignment]));
  return [...byMeaning.values()].toReversed();
}

/**
 * A row of a remediation as the admin center writes it, whatever was read: `runRemediationScript` reads back `false` always, and Intune runs the
 * remediation script whatever was written. It is part of the entity, and non-null there.
 */
const asWritten = (assignment: Assignment): Assignment => ({ ...assignment, wire: { ...assignment.wire, runRemediationScript: true } });

/** Makes the plan of some changes to what was read. */
export function planChanges(script: ScriptRef, base: readonly Assignment[], changes: readonly Change[]): Plan {
  let drafts: readonly Draft[] = withoutDuplicates(base).map(
    (assignment): Draft => ({ action: assignment.direct ? 'keep' : 'policySet', assignment }),
  );
  const leftOut: Target[] = [];
  for (const change of changes) {
    const target = leftOutBy(drafts, change);
    if (target) leftOut.push(target);
    else drafts = applyChange(drafts, change);
  }
  const isRemediation = familyOf(script.family).supports.schedule;
  const rows = drafts.map(
    ({ taken: _, ...row }): PlannedRow => (isRemediation && stays(row) ? { ...row, assignment: asWritten(row.assignment) } : row),
  );
  return { script, base, changes, leftOut, rows };
}

/** The plan with its kept rows as they were read last, whose meaning is the same: what is written back is never older than that. */
export function onLastRead(plan: Plan, read: readonly Assignment[]): Plan {
  const isRemediation = familyOf(plan.script.family).supports.schedule;
  const byMeaning = new Map(read.map(row => [canonicalRow(row), row]));
  const rows = plan.rows.map((row): PlannedRow => {
    const now = row.action === 'keep' ? byMeaning.get(canonicalRow(row.assignment)) : undefined;
    return now ? { action: 'keep', assignment: isRemediation ? asWritten(now) : now } : row;
  });
  return { ...plan, rows };
}

/** Whether the plan leaves everything as it is. */
export const changesNothing = (plan: Plan): boolean => plan.rows.every(({ action }) => action === 'keep' || action === 'policySet');

/** The set that the service shows once the plan is written. */
export const expectedAssignments = (plan: Plan): readonly Assignment[] =>
  plan.rows.filter(({ action }) => action !== 'remove').map(({ assignment }) => assignment);

/** The body of `assign`. Throws a `RangeError` for a family that is not assigned by itself. */
export function assignBody(plan: Plan): Record<string, unknown> {
  const { assignKey } = familyOf(plan.script.family);
  if (!assignKey) throw new RangeError(`Scripts of ${plan.script.family} are not assigned by themselves.`);
  const written = plan.rows.filter(({ action }) => action !== 'remove' && action !== 'policySet');
  return { [assignKey]: written.map(({ assignment }) => wireToWrite(assignment)) };
}

/** The one row that is added, where the plan does nothing else and the row includes a group; else undefined. */
export function singleAddition(plan: Plan): Assignment | undefined {
  const changed = plan.rows.filter(({ action }) => action !== 'keep' && action !== 'policySet');
  const [only] = changed;
  return changed.length === 1 && only?.action === 'add' && only.assignment.target.kind === 'group' ? only.assignment : undefined;
}
