import { addTargets } from './addTargets.ts';
import { type Assignment, assignmentFromWire, recipientKey, targetKey, wireToWrite } from './assignment.ts';
import { canonicalAssignment } from './equality.ts';
import { type FamilyId, familyOf } from './families.ts';
import type { Change } from './plan.ts';
import type { ScriptRef } from './script.ts';
import { leftOut, type Shortfall } from './shortfall.ts';
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

/** Within a family a row travels as it was read; to another one only whom it reaches, as new rows are made there. */
function copyOf(row: Assignment, from: FamilyId, to: FamilyId, kind: 'add' | 'set', remediates: boolean | undefined): readonly Change[] {
  const { filter: _, ...target } = row.target;
  if (from !== to) return addTargets({ family: to }, [target]);
  const { runRemediationScript: _flag, ...wire } = wireToWrite(row);
  return [{ kind, assignment: assignmentFromWire(wire), remediates }];
}

const byRecipient = (rows: readonly Assignment[]): ReadonlyMap<string, readonly Assignment[]> =>
  Map.groupBy(rows, ({ target }) => recipientKey(target));

/**
 * The rows that a replacement takes out: direct ones of whom the source does not reach, and, within a family, several of one recipient.
 * What this version does not understand stays, and so does whom a row of the source reaches that cannot be copied.
 */
function removals(base: readonly Assignment[], { rows }: CopySource, copied: ReadonlySet<string> | undefined): readonly Change[] {
  const source = byRecipient(rows);
  const known = base.filter(({ direct, target }) => direct && target.kind !== 'other');
  const gone = [...byRecipient(known)].filter(
    ([recipient, some]) => !source.has(recipient) || (copied?.has(recipient) && new Set(some.map(canonicalAssignment)).size > 1),
  );
  const keys = new Set(gone.flatMap(([, some]) => some.map(({ target }) => targetKey(target))));
  return [...keys].map(key => ({ kind: 'remove', targetKey: key }));
}

/**
 * The changes that give a script, whose own set is `base`, the rows of another one. None, where no row can be copied.
 * What another family cannot say of a row, such as a schedule, stays as it is where there is a row already.
 * `now` is in milliseconds since the epoch.
 */
export function copyAssignments(
  source: CopySource,
  { family }: Pick<ScriptRef, 'family'>,
  base: readonly Assignment[],
  mode: CopyMode,
  now: number,
): readonly Change[] {
  const travelling = byRecipient(source.rows.filter(row => cannotTravel(row, source.family, family, now) === undefined));
  if (travelling.size === 0) return [];
  const same = source.family === family;
  const kind = mode === 'replace' ? 'set' : 'add';
  // The service keeps one row for each recipient.
  const copies = [...travelling.values()].flatMap(([row]) => (row ? copyOf(row, source.family, family, kind, source.remediates(row)) : []));
  return mode === 'add' ? copies : [...removals(base, source, same ? new Set(travelling.keys()) : undefined), ...copies];
}

/** What of the source the copies for a script do not have. `now` is in milliseconds since the epoch. */
export function copyShortfalls(
  { family: from, rows }: CopySource,
  { family }: Pick<ScriptRef, 'family'>,
  now: number,
): readonly Shortfall[] {
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
  ];
}
