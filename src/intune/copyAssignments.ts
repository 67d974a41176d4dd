import { addRows, setRows } from './addRows.ts';
import { addTargets } from './addTargets.ts';
import { type Assignment, assignmentFromWire, recipientKey, targetKey, wireToWrite } from './assignment.ts';
import { canonicalAssignment } from './equality.ts';
import { type FamilyId, familyOf } from './families.ts';
import type { Change, Remediates } from './plan.ts';
import type { ScriptRef } from './script.ts';
import { leftOut, type Shortfall, standing } from './shortfall.ts';
import { cannotTravel } from './travel.ts';

/** What is copied: rows of one script, as they were just read. */
export interface CopySource {
  readonly family: FamilyId;
  readonly rows: readonly Assignment[];
  /** Whether a row of a remediation remediates; undefined for other families. */
  readonly remediates: (row: Assignment) => boolean | undefined;
}

/** `add` keeps all that is there; `replace` makes the set that of the source. */
export type CopyMode = 'add' | 'replace';

const byRecipient = (rows: readonly Assignment[]): ReadonlyMap<string, readonly Assignment[]> =>
  Map.groupBy(rows, ({ target }) => recipientKey(target));

/** The row as it was read, but for the flag, which reads back `false` whatever was written. */
function withoutFlag(row: Assignment): Assignment {
  const { runRemediationScript: _, ...wire } = wireToWrite(row);
  return assignmentFromWire(wire);
}

/**
 * The rows that a replacement takes out: direct ones of whom the source does not reach, and, within a family, of a recipient with several rows
 * those that the source does not have. What this version does not understand stays, and so does whom a row of the source reaches that cannot be
 * copied.
 */
function removals(base: readonly Assignment[], { rows }: CopySource, copied: ReadonlySet<string> | undefined): readonly Change[] {
  const source = byRecipient(rows);
  const known = base.filter(({ direct, target }) => direct && target.kind !== 'other');
  const gone = [...byRecipient(known)].flatMap(([recipient, some]) => {
    const wanted = source.get(recipient);
    if (!wanted) return some;
    if (!copied?.has(recipient) || new Set(some.map(canonicalAssignment)).size === 1) return [];
    const same = new Set(wanted.map(canonicalAssignment));
    return some.filter(row => !same.has(canonicalAssignment(row)));
  });
  const keys = new Set(gone.map(({ target }) => targetKey(target)));
  return [...keys].map(key => ({ kind: 'remove', targetKey: key }));
}

/**
 * The changes that give a script, whose own set is `base`, the rows of another one. None, where no row can be copied.
 * Within a family a row travels as it was read; to another one only whom it reaches, as new rows are made there: what that cannot say of a row,
 * such as a schedule, stays as it is where there is a row already. `now` is in milliseconds since the epoch.
 */
export function copyAssignments(
  source: CopySource,
  { family }: Pick<ScriptRef, 'family'>,
  base: readonly Assignment[],
  mode: CopyMode,
  now: number,
): readonly Change[] {
  const travelling = source.rows.filter(row => cannotTravel(row, source.family, family, now) === undefined);
  if (travelling.length === 0) return [];
  const replaces = mode === 'replace';
  if (source.family !== family) {
    const targets = [...byRecipient(travelling).values()].flatMap(([row]) => row?.target ?? []).map(({ filter: _, ...target }) => target);
    return [...(replaces ? removals(base, source, undefined) : []), ...addTargets({ family }, targets)];
  }
  const copies = travelling.map(row => ({ assignment: withoutFlag(row), remediates: source.remediates(row) }));
  if (!replaces) return addRows(copies, base);
  return [...removals(base, source, new Set(byRecipient(travelling).keys())), ...setRows(copies, base)];
}

/**
 * What of the source a script, whose own set is `base`, does not get. What is added to another family is no wish for the schedule of new rows.
 * `now` is in milliseconds since the epoch.
 */
export function copyShortfalls(
  source: CopySource,
  script: Pick<ScriptRef, 'family'>,
  base: readonly Assignment[],
  mode: CopyMode,
  now: number,
  remediates?: Remediates,
): readonly Shortfall[] {
  const { family: from, rows } = source;
  const { family } = script;
  const reasons = rows.flatMap(row => cannotTravel(row, from, family, now) ?? []);
  const travelling = rows.filter(row => cannotTravel(row, from, family, now) === undefined);
  const { schedule, filter } = familyOf(family).supports;
  const off = (kind: 'withoutSchedule' | 'exclusionWithoutFilter', some: readonly Assignment[]): readonly Shortfall[] =>
    some.length > 0 ? [{ kind, family, count: some.length }] : [];
  return [
    ...leftOut(reasons, family),
    ...(filter
      ? []
      : off(
          'exclusionWithoutFilter',
          travelling.filter(({ target }) => target.filter),
        )),
    ...(schedule
      ? []
      : off(
          'withoutSchedule',
          travelling.filter(row => row.schedule && row.target.kind !== 'exclusionGroup'),
        )),
    ...(from === family ? standing(copyAssignments(source, script, base, mode, now), base, remediates) : []),
  ];
}
