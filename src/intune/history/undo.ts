import { type Assignment, areOne, canonicalAssignment, targetKey } from '../model/assignment.ts';
import type { Change } from '../model/change.ts';
import type { KnownGroup } from '../model/group.ts';
import { hasPassed, sameSchedule } from '../model/schedule.ts';
import { type ScriptRef, scriptKey } from '../model/script.ts';
import { leftOut, type Shortfall } from '../plan/limitations.ts';
import type { Wanted } from '../plan/propose.ts';
import type { Difference, PastWrite, SomeWrites } from './pastChange.ts';
import { presentRow } from './pastChange.ts';

/** What takes one write back. */
export interface Undoing {
  readonly changes: readonly Change[];
  /** Rows of it that are not as they were written any more: somebody changed them since. */
  readonly changedSince: readonly Difference[];
  /** Rows that would come back with a date that has passed: they are left out. */
  readonly passed: readonly Assignment[];
}

export interface UndoOptions {
  /** Whether what somebody changed since is taken back too. */
  readonly anyway: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const same = (a: Assignment, b: Assignment): boolean => canonicalAssignment(a) === canonicalAssignment(b);

/** How a row stands now to what a write did to it. */
export type Standing = 'asWritten' | 'asBefore' | 'changedSince';

export function standingOf(difference: Difference, present: Assignment | undefined): Standing {
  const written = difference.kind === 'removed' ? undefined : difference.assignment;
  const before = difference.kind === 'changed' ? difference.before : difference.kind === 'removed' ? difference.assignment : undefined;
  if (present ? written && same(present, written) : !written) return 'asWritten';
  if (present ? before && same(present, before) : !before) return 'asBefore';
  return 'changedSince';
}

/** Whether a write has taken all of another one back, as the set shows that it left: what was left out can still come. */
export const takesBack = (undoing: Pick<PastWrite, 'after'>, write: Pick<PastWrite, 'after' | 'differences'>): boolean =>
  write.differences.every(difference => standingOf(difference, presentRow(difference, write, undoing.after)) === 'asBefore');

/** Whether a row cannot come back, for somebody put another one there since, which the service would drop for it. */
function isTaken(
  difference: Difference,
  present: Assignment | undefined,
  after: readonly Assignment[],
  rows: readonly Assignment[],
): boolean {
  if (difference.kind === 'added') return false;
  const { target } = difference.kind === 'changed' ? difference.before : difference.assignment;
  const left = new Set(after.filter(({ direct }) => direct).map(row => targetKey(row.target)));
  return rows.some(row => row.direct && row !== present && areOne(row.target, target) && !left.has(targetKey(row.target)));
}

type BackChange = Change & { readonly kind: 'set' | 'remove' };

/** The change that takes a difference back from the row that is there now. */
function changeBack(difference: Difference, present: Assignment | undefined): readonly BackChange[] {
  if (difference.kind !== 'added') {
    const assignment = difference.kind === 'changed' ? difference.before : difference.assignment;
    const place = present ? { replaces: targetKey(present.target) } : { beside: true as const };
    return [{ kind: 'set', assignment, ...place }];
  }
  return present ? [{ kind: 'remove', targetKey: targetKey(present.target) }] : [];
}

/** A change back, and the row that is there now. */
interface Back {
  readonly change: BackChange;
  readonly present: Assignment | undefined;
}

/** The row that would come back with a date that has passed: devices would run it at once. None where that is its date now. */
function passedOf({ change, present }: Back, now: number): readonly Assignment[] {
  if (change.kind === 'remove') return [];
  const { schedule } = change.assignment;
  return schedule && hasPassed(schedule, now) && !sameSchedule(present?.schedule, schedule) ? [change.assignment] : [];
}

/**
 * What takes a write back from the rows of now: rows that it added go, rows that it removed come back, rows that it changed are set back,
 * and nothing else is touched. What is as before already needs nothing.
 */
export function undo(write: Pick<PastWrite, 'differences' | 'after'>, rows: readonly Assignment[], { anyway, now }: UndoOptions): Undoing {
  const standings = write.differences.map(difference => {
    const present = presentRow(difference, write, rows);
    const standing = isTaken(difference, present, write.after, rows) ? 'changedSince' : standingOf(difference, present);
    return { difference, present, standing };
  });
  const changedSince = standings.filter(({ standing }) => standing === 'changedSince');
  if (changedSince.length > 0 && !anyway) return { changes: [], changedSince: changedSince.map(one => one.difference), passed: [] };
  const back = standings
    .flatMap(({ difference, present, standing }) =>
      standing === 'asBefore' ? [] : changeBack(difference, present).map((change): Back => ({ change, present })),
    )
    // What goes makes room for what comes back.
    .toSorted((a, b) => Number(b.change.kind === 'remove') - Number(a.change.kind === 'remove'));
  return {
    changes: back.flatMap(one => (passedOf(one, now).length > 0 ? [] : [one.change])),
    changedSince: changedSince.map(one => one.difference),
    passed: back.flatMap(one => passedOf(one, now)),
  };
}

/** How writes are taken back. */
export interface UndoingOptions {
  /** Keys of the scripts of which also what somebody has changed since is taken back. */
  readonly anyway: ReadonlySet<string>;
  /** The undo whose rest this is, by its id in the journal. */
  readonly resumes?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What is wanted to take writes of a change back. `names` are what its groups are called. */
export function undoingOf(
  { change, writes }: SomeWrites,
  names: ReadonlyMap<string, KnownGroup>,
  { anyway, resumes, now }: UndoingOptions,
): Wanted {
  const byScript = new Map(writes.map(write => [scriptKey(write.script), write]));
  const undoing = (script: ScriptRef, base: readonly Assignment[]): Undoing => {
    const write = byScript.get(scriptKey(script)) ?? { differences: [], after: [] };
    return undo(write, base, { anyway: anyway.has(scriptKey(script)), now: now() });
  };
  const shortfallsFor = (script: ScriptRef, base: readonly Assignment[]): readonly Shortfall[] => {
    const { changedSince: rows, passed } = undoing(script, base);
    const stays = rows.length > 0 && !anyway.has(scriptKey(script));
    const reasons = passed.map(() => 'passedRunOnce' as const);
    return [...(stays ? [{ kind: 'changedSince', count: rows.length } as const] : []), ...leftOut(reasons, script.family)];
  };
  const comingBack = writes.flatMap(({ differences }) => differences.filter(({ kind }) => kind === 'removed'));
  const ids = new Set(comingBack.flatMap(({ assignment: { target } }) => target.groupId ?? []));
  return {
    scripts: writes.map(({ script }) => script),
    groups: [...ids].map(id => ({ id, name: names.get(id)?.name ?? id })),
    changesFor: (script, base) => undoing(script, base).changes,
    shortfallsFor,
    // What was one thing to do is one thing to take back.
    allOrNone: change.allOrNone,
    undoes: change.id,
    ...(resumes !== undefined && { resumes }),
    exact: true,
  };
}
