import { type Assignment, recipientKey, targetKey } from '../model/assignment.ts';
import type { Change } from '../model/change.ts';
import { familyOf } from '../model/families.ts';
import { type ScriptRef, scriptKey } from '../model/script.ts';
import type { Shortfall } from './limitations.ts';

/** One row of one script, as it was shown. */
export interface AssignmentOf<S extends ScriptRef = ScriptRef> {
  readonly script: S;
  readonly assignment: Assignment;
}

/**
 * Whether a row can be removed: one that a policy set brought is removed with the policy set alone, and a family that is not assigned by
 * itself is not written at all.
 */
export const isRemovable = ({ family }: Pick<ScriptRef, 'family'>, { direct }: Assignment): boolean =>
  direct && familyOf(family).assignKey !== undefined;

/**
 * The changes that remove rows, by script key. Rows go by their target key, so that one that is not there any more when the plan is made,
 * or has another filter by then, is left out of it.
 */
export function removals(rows: readonly AssignmentOf[]): ReadonlyMap<string, readonly Change[]> {
  const byScript = Map.groupBy(
    rows.filter(({ script, assignment }) => isRemovable(script, assignment)),
    ({ script }) => scriptKey(script),
  );
  return new Map(
    [...byScript].map(([key, some]) => [
      key,
      [...new Set(some.map(({ assignment }) => targetKey(assignment.target)))].map((gone): Change => ({ kind: 'remove', targetKey: gone })),
    ]),
  );
}

/**
 * Rows that removals leave, for they have another filter by now: none of the rows that were shown is theirs. A row that is gone needs no word.
 */
export function removalShortfalls(
  changes: readonly Change[],
  shown: readonly Assignment[],
  base: readonly Assignment[],
): readonly Shortfall[] {
  const known = new Set(shown.map(({ target }) => targetKey(target)));
  const rows = base.filter(({ direct }) => direct);
  const present = new Set(rows.map(({ target }) => targetKey(target)));
  const removed = new Set(changes.flatMap(change => (change.kind === 'remove' ? [change.targetKey] : [])));
  const gone = new Set(
    shown.flatMap(({ direct, target }) => {
      const key = targetKey(target);
      return direct && removed.has(key) && !present.has(key) ? [recipientKey(target)] : [];
    }),
  );
  const left = rows.filter(({ target }) => !known.has(targetKey(target)) && gone.has(recipientKey(target)));
  return left.length > 0 ? [{ kind: 'changedSince', count: left.length }] : [];
}
