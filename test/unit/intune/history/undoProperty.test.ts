import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { differencesOf } from '../../../../src/intune/history/pastChange.ts';
import { undo } from '../../../../src/intune/history/undo.ts';
import {
  type Assignment,
  assignmentFromWire,
  missingFrom,
  recipientKey,
  sameAssignments,
  targetKey,
} from '../../../../src/intune/model/assignment.ts';
import type { Change } from '../../../../src/intune/model/change.ts';
import { expectedAssignments, planChanges } from '../../../../src/intune/plan/plan.ts';
import { foreignRow, hasOpposite, row, withoutOpposites } from '../arbitraries.ts';

const script = { family: 'deviceHealthScripts', id: 's', name: 'S' } as const;

const recipientOf = ({ target }: Assignment): string => recipientKey(target);
const of = (rows: readonly Assignment[], recipient: string): readonly Assignment[] =>
  rows.filter(one => one.direct && recipientOf(one) === recipient);

/** What the service keeps: one row of a recipient, or one of a recipient and a filter, whatever its mode; and no exclude beside an include. */
const kept = (all: readonly Assignment[], oneRow: boolean): readonly Assignment[] => {
  const rows = withoutOpposites(all);
  return rows.filter(
    (one, index) =>
      index ===
      rows.findIndex(
        other =>
          other.direct === one.direct &&
          recipientOf(other) === recipientOf(one) &&
          (oneRow || other.target.filter?.id === one.target.filter?.id),
      ),
  );
};

/** The first row for the recipient of the second. */
const movedTo = ({ wire }: Assignment, { wire: to, target }: Assignment): Assignment => {
  const { deviceAndAppManagementAssignmentFilterId: _, deviceAndAppManagementAssignmentFilterType: __, ...who } = Object(to['target']);
  const from: Record<string, unknown> = Object(wire['target']);
  const filter = Object.fromEntries(Object.entries(from).filter(([key]) => key.startsWith('deviceAndAppManagementAssignmentFilter')));
  const moved = assignmentFromWire({ ...wire, source: 'direct', target: { ...who, ...filter } });
  assert.equal(recipientKey(moved.target), recipientKey(target));
  return moved;
};

interface Wish {
  readonly kind: 'add' | 'set' | 'edit' | 'remove';
  readonly nth: number;
  readonly row: Assignment;
}

const wish: fc.Arbitrary<Wish> = fc.record({ kind: fc.constantFrom('add', 'set', 'edit', 'remove'), nth: fc.nat(8), row });

function changesOf(base: readonly Assignment[], { kind, nth, row: wanted }: Wish): readonly Change[] {
  if (kind === 'add' || kind === 'set') return [{ kind, assignment: wanted }];
  const rows = base.filter(one => one.direct);
  const named = rows[nth % Math.max(1, rows.length)];
  if (!named) return [];
  const key = targetKey(named.target);
  return kind === 'remove' ? [{ kind, targetKey: key }] : [{ kind: 'set', assignment: movedTo(wanted, named), replaces: key }];
}

/** Somebody removes a row, changes it, or adds one beside it. */
function acted(rows: readonly Assignment[], { kind, nth, row: theirs }: Wish): readonly Assignment[] {
  const direct = rows.filter(one => one.direct);
  const named = direct[nth % Math.max(1, direct.length)];
  if (!named || kind === 'add') return [...rows, theirs];
  if (kind === 'remove') return rows.filter(one => one !== named);
  const moved = movedTo(theirs, named);
  return kind === 'edit' ? rows.map(one => (one === named ? moved : one)) : [moved, ...rows];
}

const direct = row.map(({ wire }) => assignmentFromWire({ ...wire, source: 'direct' }));
const sets = fc.array(fc.oneof({ weight: 4, arbitrary: direct }, foreignRow), { maxLength: 8 });
const history = fc.record({ base: sets, wishes: fc.array(wish, { minLength: 1, maxLength: 4 }), act: fc.option(wish, { nil: undefined }) });

for (const oneRow of [true, false]) {
  describe(`undo, where the service keeps one row of a recipient${oneRow ? '' : ' and a filter'}`, () => {
    /** A write, what somebody did since, and what an undo makes of it. */
    function play({ base, wishes, act }: typeof history extends fc.Arbitrary<infer T> ? T : never, anyway = false) {
      const before = kept(base, oneRow);
      const plan = planChanges(
        script,
        before,
        wishes.flatMap(one => changesOf(before, one)),
      );
      const after = expectedAssignments(plan);
      // What the service would not keep was told as such, and is no write to take back.
      fc.pre(kept(after, oneRow).length === after.length);
      const differences = differencesOf(before, after);
      const now = act ? kept(acted(after, act), oneRow) : after;
      const undoing = undo({ differences, after }, now, { anyway, now: 0 });
      const result = expectedAssignments(planChanges(script, now, undoing.changes));
      return { before, after, now, differences, undoing, result };
    }

    test('nobody else was there: all is as before', () => {
      fc.assert(
        fc.property(history, one => {
          const { before, undoing, result } = play({ ...one, act: undefined });
          assert.deepEqual(undoing.changedSince, []);
          assert.ok(sameAssignments(result, before));
        }),
        { numRuns: 1_000 },
      );
    });

    test('whoever takes back what somebody did since still loses no row that the write did not touch', () => {
      fc.assert(
        fc.property(history, one => {
          const { before, after, now, differences, result } = play(one, true);
          const untouched = (rows: readonly Assignment[], others: readonly Assignment[]): readonly Assignment[] => {
            const gone = new Set(missingFrom(others, rows));
            return rows.filter(each => !gone.has(each));
          };
          assert.deepEqual(missingFrom(result, untouched(untouched(now, before), after)), [], 'rows that nobody touched');
          const ours = new Set(
            differences.map(difference => recipientOf(difference.kind === 'changed' ? difference.before : difference.assignment)),
          );
          for (const recipient of new Set([...now, ...result].map(recipientOf))) {
            if (!ours.has(recipient)) assert.ok(sameAssignments(of(result, recipient), of(now, recipient)), recipient);
          }
        }),
        { numRuns: 1_000 },
      );
    });

    test('what somebody did since stays, and the rest is as before, or nothing is changed', () => {
      fc.assert(
        fc.property(history, one => {
          const { before, after, now, differences, undoing, result } = play(one);
          if (undoing.changedSince.length > 0) return void assert.ok(sameAssignments(result, now));
          assert.deepEqual(missingFrom(result, missingFrom(after, now)), [], 'rows of somebody are lost');
          const touched = new Set([...missingFrom(after, now), ...missingFrom(now, after)].map(recipientOf));
          const ours = new Set(
            differences.map(difference => recipientOf(difference.kind === 'changed' ? difference.before : difference.assignment)),
          );
          for (const recipient of new Set([...before, ...now].map(recipientOf))) {
            if (touched.has(recipient) && ours.has(recipient)) continue;
            // What somebody includes or excludes now does not come back as the opposite: that is told.
            if (of(before, recipient).some(({ target }) => hasOpposite(result, target))) continue;
            const expected = touched.has(recipient) ? now : before;
            assert.ok(sameAssignments(of(result, recipient), of(expected, recipient)), recipient);
          }
        }),
        { numRuns: 1_000 },
      );
    });
  });
}
