import {
  type Assignment,
  areOne,
  areOpposite,
  canonicalAssignment,
  canonicalRow,
  editedRow,
  recipientKey,
  recipientOfKey,
  targetKey,
  targetOfKey,
  wireToWrite,
} from '../model/assignment.ts';
import type { Change, RowRef } from '../model/change.ts';
import { familyOf } from '../model/families.ts';
import type { ScriptRef } from '../model/script.ts';
import type { Target } from '../model/target.ts';

/** What becomes of one row. */
export type PlannedRow =
  | { readonly action: 'keep' | 'add' | 'remove'; readonly assignment: Assignment }
  | { readonly action: 'change'; readonly before: Assignment; readonly assignment: Assignment }
  /** Brought by a policy set: not written, and still there afterwards. */
  | { readonly action: 'policySet'; readonly assignment: Assignment };

/**
 * A target that a change leaves as it is. `severalRows`: its recipient has several rows, the change names none of them, and one more would be
 * dropped. `opposite`: its group is excluded where it was to be included, or the other way round, and the service keeps one row for a group.
 * `gone`: the row that was to change is not there any more.
 */
export interface LeftOut {
  readonly kind: 'severalRows' | 'opposite' | 'gone';
  readonly target: Target;
}

/** What is to become of one script's assignments. Pure data. */
export interface Plan {
  readonly script: ScriptRef;
  /** The whole set as it was read; a write stops when it is not this any more. */
  readonly base: readonly Assignment[];
  /** What was wanted; a plan can be made again from it. */
  readonly changes: readonly Change[];
  readonly rows: readonly PlannedRow[];
  readonly leftOut: readonly LeftOut[];
}

/** A row on its way into a plan, with whether a change of the plan is about it already. */
type Draft = PlannedRow & { readonly taken?: true };
type Drafts = readonly Draft[];
type Placed = Change & { readonly kind: 'add' | 'set' };

const stays = ({ action }: Draft): boolean => action !== 'policySet' && action !== 'remove';
const hasKey = (row: Draft, key: string): boolean => stays(row) && targetKey(row.assignment.target) === key;
const isFor = (row: Draft, recipient: string): boolean => stays(row) && recipientKey(row.assignment.target) === recipient;

/** A row that goes: of one that the plan itself has made, nothing is left. */
function gone(row: Draft): Drafts {
  if (row.action === 'policySet' || row.action === 'remove') return [row];
  return row.action === 'add' ? [] : [{ action: 'remove', assignment: row.action === 'change' ? row.before : row.assignment }];
}

function setRow(present: Draft, assignment: Assignment): Draft {
  if (canonicalAssignment(present.assignment) === canonicalAssignment(assignment)) return present;
  if (present.action === 'add') return { action: 'add', assignment };
  return { action: 'change', before: present.action === 'change' ? present.before : present.assignment, assignment };
}

/**
 * Where the row stands that a change is about; -1 where there is none. A recipient was never seen with two rows; if one has, a change sets none
 * but the one it names, and none that another change of the plan is about.
 */
function indexOf(rows: Drafts, change: Placed): number {
  const { target } = change.assignment;
  const recipient = recipientKey(target);
  if (change.kind === 'add') return rows.findIndex(row => isFor(row, recipient) && !(change.beside && row.action === 'add'));
  const exact = rows.findIndex(row => hasKey(row, change.replaces ?? targetKey(target)));
  const several = rows.filter(row => isFor(row, recipient)).length > 1;
  return exact >= 0 || change.beside || change.replaces !== undefined || several
    ? exact
    : rows.findIndex(row => isFor(row, recipient) && !row.taken);
}

/** A row in the place of one that is there. Another one beside it, of which the service would keep one of the two, goes and is said to. */
function setAt(rows: Drafts, index: number, present: Draft, assignment: Assignment): Drafts {
  const set: Draft = { ...setRow(present, assignment), taken: true };
  // Rows that were side by side already are none of the two that become one.
  if (areOne(present.assignment.target, assignment.target)) return rows.with(index, set);
  return rows.flatMap((row, other) => (other === index ? [set] : areOne(row.assignment.target, assignment.target) ? gone(row) : [row]));
}

const isOppositeOf =
  (target: Target) =>
  ({ action, assignment }: Draft): boolean =>
    action !== 'remove' && areOpposite(assignment.target, target);

/** One more row, unless the service would drop it for one that is there. What the opposite is for the same group goes where that is wanted. */
function addRow(rows: Drafts, assignment: Assignment, opposite: 'replace' | undefined): Drafts | LeftOut {
  const { target } = assignment;
  const against = rows.filter(isOppositeOf(target));
  if (against.length > 0 && (opposite === undefined || against.some(({ action }) => action === 'policySet')))
    return { kind: 'opposite', target };
  if (rows.some(row => stays(row) && areOne(row.assignment.target, target))) return { kind: 'severalRows', target };
  return [...rows.flatMap(row => (against.includes(row) ? gone(row) : [row])), { action: 'add', assignment, taken: true }];
}

/** The row of a set that is meant, whatever its filter is by now; undefined where it is gone, or may be. */
export function rowMeant(rows: readonly Assignment[], { targetKey: key, alone }: RowRef): Assignment | undefined {
  const some = rows.filter(({ direct, target }) => direct && recipientKey(target) === recipientOfKey(key));
  return some.find(({ target }) => targetKey(target) === key) ?? (alone && some.length === 1 ? some[0] : undefined);
}

function place(rows: Drafts, change: Placed): Drafts | LeftOut {
  const { assignment } = change;
  const opposite = change.kind === 'add' ? change.opposite : undefined;
  const index = indexOf(rows, change);
  const present = rows[index];
  if (!present && change.kind === 'set' && change.replaces !== undefined) return { kind: 'gone', target: assignment.target };
  if (!present) return addRow(rows, assignment, opposite);
  if (change.kind === 'set') return setAt(rows, index, present, assignment);
  // A read may show both. Whoever wants the one wants the other gone.
  return opposite ? rows.flatMap(row => (stays(row) && isOppositeOf(assignment.target)(row) ? gone(row) : [row])) : rows;
}

/** The rows after a change, or why it is left out. */
function applyChange(rows: Drafts, change: Change): Drafts | LeftOut {
  switch (change.kind) {
    case 'remove':
      return rows.flatMap(row => (row.action === 'keep' && hasKey(row, change.targetKey) ? gone(row) : [row]));
    case 'add':
    case 'set':
      return place(rows, change);
    case 'edit':
    case 'turn': {
      const left = rows.filter(stays);
      const meant = rowMeant(
        left.map(({ assignment }) => assignment),
        change,
      );
      const present = left.find(({ assignment }) => assignment === meant);
      if (!present) return { kind: 'gone', target: targetOfKey(change.targetKey) ?? { kind: 'other' } };
      if (change.kind === 'edit') return setAt(rows, rows.indexOf(present), present, editedRow(present.assignment, change.edit));
      return place(rows, { kind: 'add', assignment: change.assignment, opposite: 'replace' });
    }
  }
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

/** Makes the plan of some changes to what was read. It never has both an include and an exclude of one group, unless both were read. */
export function planChanges(script: ScriptRef, base: readonly Assignment[], changes: readonly Change[]): Plan {
  let drafts: Drafts = withoutDuplicates(base).map(
    (assignment): Draft => ({ action: assignment.direct ? 'keep' : 'policySet', assignment }),
  );
  const leftOut: LeftOut[] = [];
  for (const change of changes) {
    const applied = applyChange(drafts, change);
    if ('kind' in applied) leftOut.push(applied);
    else drafts = applied;
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

/** The rows that a plan does not leave as they are. */
export const changedRows = ({ rows }: Pick<Plan, 'rows'>): readonly PlannedRow[] =>
  rows.filter(({ action }) => action !== 'keep' && action !== 'policySet');

/** Whether the plan leaves everything as it is. */
export const changesNothing = (plan: Plan): boolean => changedRows(plan).length === 0;

/** Whether a row goes or comes for one that does the opposite for the same group: it is excluded instead of included, or included instead. */
export const isTurned = ({ rows }: Pick<Plan, 'rows'>, { action, assignment }: PlannedRow): boolean =>
  (action === 'add' || action === 'remove') &&
  rows.some(other => other.action === (action === 'add' ? 'remove' : 'add') && areOpposite(other.assignment.target, assignment.target));

/** What a plan does, as it is told: a row that goes for its opposite is part of that. */
export const toldRows = (plan: Pick<Plan, 'rows'>): readonly PlannedRow[] =>
  changedRows(plan).filter(row => row.action !== 'remove' || !isTurned(plan, row));

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
  const [only, ...more] = changedRows(plan);
  return more.length === 0 && only?.action === 'add' && only.assignment.target.kind === 'group' ? only.assignment : undefined;
}
