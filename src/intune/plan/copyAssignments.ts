import type { Clock } from '../../base/clock.ts';
import type { SendOptions } from '../../graph/client.ts';
import type { JournalRecord } from '../journal/journal.ts';
import { knownWrites, notShownYet, predatesOurWrites, recentWrites } from '../journal/knownWrites.ts';
import {
  type Assignment,
  areOpposite,
  assignmentFromWire,
  canonicalAssignment,
  recipientKey,
  targetKey,
  wireToWrite,
} from '../model/assignment.ts';
import type { Change } from '../model/change.ts';
import { type FamilyId, familyOf, tierScopes } from '../model/families.ts';
import type { ScriptRef } from '../model/script.ts';
import { readAssignments } from '../read/assignments.ts';
import type { Connection } from '../read/connection.ts';
import { addRows, addTargets, afterAdding, setRows } from './addTargets.ts';
import { cannotTravel, leftOut, type Shortfall, standing } from './limitations.ts';

/** What is copied: rows of one script, as they were just read. */
export interface CopySource {
  readonly family: FamilyId;
  readonly rows: readonly Assignment[];
}

/** `add` keeps all that is there; `replace` makes the set that of the source. */
export type CopyMode = 'add' | 'replace';

const byRecipient = (rows: readonly Assignment[]): ReadonlyMap<string, readonly Assignment[]> =>
  Map.groupBy(rows, ({ target }) => recipientKey(target));

/** The rows of a set that the source has as well, or with which it has a row of the same target that cannot be copied. */
function stayingRows(base: readonly Assignment[], { rows }: CopySource, travelling: readonly Assignment[]): readonly Assignment[] {
  const wanted = new Set(travelling.map(canonicalAssignment));
  const stuck = new Set(rows.filter(row => !travelling.includes(row)).map(({ target }) => targetKey(target)));
  return base.filter(row => row.direct && (wanted.has(canonicalAssignment(row)) || stuck.has(targetKey(row.target))));
}

/**
 * The changes that take direct rows out, but for those that this version does not understand, and those that do the opposite of what comes:
 * whoever excludes a group is not overruled by a copy.
 */
function removals(base: readonly Assignment[], coming: readonly Assignment[], isGone: (row: Assignment) => boolean): readonly Change[] {
  const isAgainst = (row: Assignment): boolean => coming.some(({ target }) => areOpposite(target, row.target));
  const gone = base.filter(row => row.direct && row.target.kind !== 'other' && !isAgainst(row) && isGone(row));
  return [...new Set(gone.map(({ target }) => targetKey(target)))].map(key => ({ kind: 'remove', targetKey: key }));
}

/** Rows as new ones: without the ids and the annotations that they were read with. */
const copiesOf = (rows: readonly Assignment[]): readonly Assignment[] => rows.map(row => assignmentFromWire(wireToWrite(row)));

/** Makes a set that of a script of the same family. Whom only such rows of that reach as cannot be copied keeps what there is. */
function replaceRows(base: readonly Assignment[], source: CopySource, travelling: readonly Assignment[]) {
  const reached = byRecipient(source.rows);
  const copied = byRecipient(travelling);
  const staying = stayingRows(base, source, travelling);
  const present = byRecipient(base.filter(({ direct }) => direct));
  const isOneOfSeveral = (key: string): boolean => new Set(present.get(key)?.map(canonicalAssignment)).size > 1;
  const gone = removals(base, travelling, row => {
    const key = recipientKey(row.target);
    return !reached.has(key) || (copied.has(key) && isOneOfSeveral(key) && !staying.includes(row));
  });
  return [...gone, ...setRows(copiesOf(travelling), staying)];
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
  if (source.family !== family) {
    const targets = [...byRecipient(travelling).values()].flatMap(([row]) => row?.target ?? []).map(({ filter: _, ...target }) => target);
    const reached = byRecipient(source.rows);
    const gone = mode === 'replace' ? removals(base, travelling, ({ target }) => !reached.has(recipientKey(target))) : [];
    return [...gone, ...addTargets({ family }, targets)];
  }
  return mode === 'add' ? addRows(copiesOf(travelling), base) : replaceRows(base, source, travelling);
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
    ...(from === family ? standing(copyAssignments(source, script, base, mode, now), base) : []),
  ];
}

/** What several sources give a script, one after the other: whom an earlier one reaches is reached already for the next. */
export function copyInTurn(
  sources: readonly CopySource[],
  script: Pick<ScriptRef, 'family'>,
  base: readonly Assignment[],
  mode: CopyMode,
  now: number,
): { readonly changes: readonly Change[]; readonly shortfalls: readonly Shortfall[] } {
  const [source, ...others] = sources;
  if (!source) return { changes: [], shortfalls: [] };
  const changes = copyAssignments(source, script, base, mode, now);
  const rest = copyInTurn(others, script, afterAdding(base, changes), mode, now);
  return {
    changes: [...changes, ...rest.changes],
    shortfalls: [...copyShortfalls(source, script, base, mode, now), ...rest.shortfalls],
  };
}

/**
 * Reads what is copied from a script: its own assignments. Throws a `GraphError`, also where the service still shows what was there before a
 * change of ours.
 */
export async function readCopySource(
  { client }: Pick<Connection, 'client'>,
  script: ScriptRef,
  records: readonly JournalRecord[],
  clock: Clock,
  options: SendOptions = {},
): Promise<CopySource> {
  const { family } = script;
  const rows = await readAssignments(client, script, tierScopes[familyOf(family).readTier], options);
  if (predatesOurWrites(rows, recentWrites(knownWrites(records).of(script), clock))) throw notShownYet(script);
  return { family, rows };
}
