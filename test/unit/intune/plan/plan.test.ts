import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  type Assignment,
  assignmentFromWire,
  canonicalAssignment,
  missingFrom,
  newAssignment,
  recipientKey,
  sameAssignments,
  targetKey,
  type Wire,
} from '../../../../src/intune/model/assignment.ts';
import type { Change } from '../../../../src/intune/model/change.ts';
import { type FamilyId, families, familyOf } from '../../../../src/intune/model/families.ts';
import { scheduleToWire } from '../../../../src/intune/model/schedule.ts';
import type { ScriptRef } from '../../../../src/intune/model/script.ts';
import { addGroups } from '../../../../src/intune/plan/addTargets.ts';
import { assignBody, changesNothing, expectedAssignments, planChanges, singleAddition } from '../../../../src/intune/plan/plan.ts';
import { foreignRow, guid, hasOpposite, row } from '../arbitraries.ts';

const assignable = families.filter(({ assignKey }) => assignKey !== undefined).map(({ id }) => id);
const family = fc.constantFrom<FamilyId[]>(...assignable);
const scriptOf = (id: FamilyId): ScriptRef => ({ family: id, id: 'a-script', name: 'A script' });
const base = fc.array(fc.oneof({ weight: 4, arbitrary: row }, foreignRow), { maxLength: 12 });
const groups = fc.array(guid, { minLength: 1, maxLength: 4 });

const written = (plan: ReturnType<typeof planChanges>): readonly Wire[] => {
  const [rows] = Object.values(assignBody(plan));
  assert.ok(Array.isArray(rows));
  return rows;
};

const plain = (value: unknown): Wire => Object.fromEntries(Object.entries(Object(value)));
const withoutAnnotations = (value: unknown): Wire =>
  Object.fromEntries(Object.entries(plain(value)).filter(([key]) => !key.includes('@') || key === '@odata.type'));

/** What has to be written of a row that was read: nothing of it changed. */
const verbatim = ({ wire }: Assignment): string => {
  const { id: _, source: _source, sourceId: _sourceId, runRemediationScript: _flag, target, ...rest } = withoutAnnotations(wire);
  const { '@odata.type': _type, ...others } = rest;
  return JSON.stringify({ ...others, target: withoutAnnotations(target) }, sorted);
};
const sorted = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;
const sent = (wire: Wire): string => {
  const { runRemediationScript: _, ...rest } = wire;
  return JSON.stringify(rest, sorted);
};

describe('a plan', () => {
  test('writes every direct row of its base back as it was read, whatever is added', () => {
    fc.assert(
      fc.property(family, base, groups, (id, rows, added) => {
        const body = new Set(written(planChanges(scriptOf(id), rows, addGroups(scriptOf(id), added))).map(sent));
        const direct = rows.filter(one => one.direct);
        for (const one of direct) {
          const same = direct.filter(other => canonicalAssignment(other) === canonicalAssignment(one)).map(verbatim);
          assert.ok(
            same.some(text => body.has(text)),
            `${verbatim(one)} is not in ${[...body].join('\n')}`,
          );
        }
      }),
      { numRuns: 500 },
    );
  });

  test('writes nothing but direct rows and what was added, without ids, sources and annotations', () => {
    fc.assert(
      fc.property(family, base, groups, (id, rows, added) => {
        const plan = planChanges(scriptOf(id), rows, addGroups(scriptOf(id), added));
        const allowed = new Set(
          [
            ...rows.filter(one => one.direct),
            ...addGroups(scriptOf(id), added).flatMap(({ kind, ...change }) => ('assignment' in change ? [change.assignment] : [])),
          ].map(canonicalAssignment),
        );
        for (const wire of written(plan)) {
          assert.ok(allowed.has(canonicalAssignment(assignmentFromWire(wire))));
          assert.doesNotMatch(JSON.stringify(wire), /"(id|source|sourceId)":|@odata\.(?!type)/);
        }
      }),
    );
  });

  test('reaches nobody twice who was not reached twice before', () => {
    fc.assert(
      fc.property(family, base, groups, (id, rows, added) => {
        const count = (list: readonly Assignment[]): ReadonlyMap<string, number> => {
          const counts = new Map<string, number>();
          for (const { target } of list) counts.set(recipientKey(target), (counts.get(recipientKey(target)) ?? 0) + 1);
          return counts;
        };
        const before = count(rows.filter(one => one.direct));
        const after = count(written(planChanges(scriptOf(id), rows, addGroups(scriptOf(id), added))).map(assignmentFromWire));
        for (const [key, n] of after) assert.ok(n <= Math.max(1, before.get(key) ?? 0), key);
      }),
    );
  });

  test('collapses rows that say the same', () => {
    fc.assert(
      fc.property(family, base, (id, rows) => {
        const once = written(planChanges(scriptOf(id), rows, []));
        assert.deepEqual(written(planChanges(scriptOf(id), [...rows, ...rows], [])), once);
        const texts = once.map(wire => canonicalAssignment(assignmentFromWire(wire)));
        assert.equal(new Set(texts).size, texts.length);
      }),
    );
  });

  test('that adds what is there changes nothing, and to add twice is to add once', () => {
    fc.assert(
      fc.property(family, base, groups, (id, rows, added) => {
        const changes = addGroups(scriptOf(id), added);
        const first = planChanges(scriptOf(id), rows, changes);
        const second = planChanges(scriptOf(id), expectedAssignments(first), changes);
        assert.ok(changesNothing(second));
        assert.ok(sameAssignments(expectedAssignments(first), expectedAssignments(second)));
        assert.ok(
          sameAssignments(expectedAssignments(planChanges(scriptOf(id), rows, [...changes, ...changes])), expectedAssignments(first)),
        );
        assert.ok(
          added.every(
            groupId =>
              hasOpposite(rows, { kind: 'group', groupId }) ||
              expectedAssignments(first).some(({ target, direct }) => direct && target.kind === 'group' && target.groupId === groupId),
          ),
        );
      }),
    );
  });

  test('expects everything of its base to stay, rows of policy sets too', () => {
    fc.assert(
      fc.property(family, base, groups, (id, rows, added) => {
        assert.deepEqual(missingFrom(expectedAssignments(planChanges(scriptOf(id), rows, addGroups(scriptOf(id), added))), rows), []);
      }),
    );
  });

  test('that removes a row takes exactly that row', () => {
    const unique = fc.uniqueArray(fc.oneof({ weight: 4, arbitrary: row }, foreignRow), {
      minLength: 1,
      maxLength: 10,
      selector: ({ target }) => targetKey(target),
    });
    fc.assert(
      fc.property(family, unique, fc.nat(), (id, rows, n) => {
        const gone = rows[n % rows.length] ?? assert.fail();
        const plan = planChanges(scriptOf(id), rows, [{ kind: 'remove', targetKey: targetKey(gone.target) }]);
        const left = rows.filter(one => one !== gone || !one.direct);
        assert.deepEqual(written(plan).map(sent), left.filter(one => one.direct).map(verbatim));
        assert.ok(sameAssignments(expectedAssignments(plan), left));
        assert.equal(changesNothing(plan), !gone.direct);
      }),
    );
  });

  test('two targets of kinds that nobody knows are two', () => {
    const unknown = (name: string, rest: Wire): Assignment =>
      assignmentFromWire({ target: { '@odata.type': `#microsoft.graph.${name}`, ...rest } });
    const rows = [unknown('ringTarget', { ring: 1 }), unknown('ringTarget', { ring: 2 }), unknown('otherTarget', { ring: 1 })];
    assert.equal(new Set(rows.map(({ target }) => targetKey(target))).size, 3);
    const plan = planChanges(scriptOf('deviceShellScripts'), rows, [
      { kind: 'remove', targetKey: targetKey(rows[1]?.target ?? assert.fail()) },
    ]);
    assert.deepEqual(
      written(plan).map(({ target }) => target),
      [rows[0]?.wire['target'], rows[2]?.wire['target']],
    );
  });

  test('keeps a direct row beside the row of a policy set to the same group, in either order', () => {
    const target = { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: '11111111-2222-4333-8444-555555555555' };
    const rows = [
      { id: 'a', source: 'policySets', target },
      { id: 'b', source: 'direct', target },
    ].map(assignmentFromWire);
    for (const list of [rows, rows.toReversed()]) {
      const plan = planChanges(
        scriptOf('configurationPolicies'),
        list,
        addGroups(scriptOf('configurationPolicies'), ['a1b1c1d1-aaaa-4bbb-8ccc-000000000001']),
      );
      assert.equal(written(plan).length, 2);
      assert.equal(expectedAssignments(plan).length, 3);
    }
  });

  test('sets another filter in the place of the row that is there', () => {
    const groupId = '11111111-2222-4333-8444-555555555555';
    const before = newAssignment({ kind: 'group', groupId });
    const after = newAssignment({ kind: 'group', groupId, filter: { id: 'a1b1c1d1-aaaa-4bbb-8ccc-000000000001', mode: 'include' } });
    const change: Change = { kind: 'set', assignment: after };
    const plan = planChanges(scriptOf('deviceShellScripts'), [before], [change]);
    assert.deepEqual(plan.rows, [{ action: 'change', before, assignment: after }]);
    assert.equal(singleAddition(plan), undefined, 'no addition: assign is needed');
    assert.ok(changesNothing(planChanges(scriptOf('deviceShellScripts'), [after], [change])));
  });

  const filtered = (id: string, interval: number): Assignment => {
    const target = { '@odata.type': '#microsoft.graph.allDevicesAssignmentTarget' };
    const filter = { deviceAndAppManagementAssignmentFilterId: id, deviceAndAppManagementAssignmentFilterType: 'include' };
    const runSchedule = { '@odata.type': '#microsoft.graph.deviceHealthScriptHourlySchedule', interval };
    return assignmentFromWire({ target: id === '' ? target : { ...target, ...filter }, runSchedule });
  };
  const inOtherMode = ({ wire }: Assignment): Assignment =>
    assignmentFromWire({ ...wire, target: { ...Object(wire['target']), deviceAndAppManagementAssignmentFilterType: 'exclude' } });
  const [filterA, filterB] = ['f11e5a11-0000-4000-8000-00000000000a', 'f11e5a11-0000-4000-8000-00000000000b'];
  const actionsOf = (rows: readonly Assignment[], change: Change): readonly string[] =>
    planChanges(scriptOf('deviceHealthScripts'), rows, [change]).rows.map(({ action }) => action);

  test('that gives a row the target of another says that the other goes, for the service keeps one', () => {
    const rows = [filtered(filterA, 1), filtered('', 2)];
    const replaces = targetKey(filtered(filterA, 1).target);
    assert.deepEqual(actionsOf(rows, { kind: 'set', assignment: filtered('', 1), replaces }), ['change', 'remove']);
  });

  test('that changes one of two rows which the service keeps side by side keeps the other, whatever their filters', () => {
    const include = filtered(filterA, 1);
    const exclude = inOtherMode(include);
    const later = filtered(filterA, 9);
    assert.deepEqual(actionsOf([include, exclude], { kind: 'set', assignment: later }), ['change', 'keep']);
    const { rows } = planChanges(
      scriptOf('deviceHealthScripts'),
      [include, exclude],
      [include, exclude].map((assignment): Change => ({ kind: 'set', assignment })),
    );
    assert.deepEqual(
      rows.map(({ action }) => action),
      ['keep', 'keep'],
      'an undo that sets both again',
    );
  });

  test('sets none of several rows of a recipient but the one that is named', () => {
    const rows = [filtered(filterA, 1), filtered(filterB, 2)];
    assert.deepEqual(actionsOf(rows, { kind: 'set', assignment: filtered(filterB, 3) }), ['keep', 'change']);
    assert.deepEqual(actionsOf(rows, { kind: 'set', assignment: filtered('', 3) }), ['keep', 'keep', 'add']);
  });

  test('leaves a change out that would add a row which the service drops for one of several, and tells its target', () => {
    const [everybody, include, exclude] = [filtered('', 1), filtered(filterA, 2), inOtherMode(filtered(filterA, 3))];
    const plan = planChanges(scriptOf('deviceHealthScripts'), [everybody, include], [{ kind: 'set', assignment: exclude }]);
    assert.deepEqual(
      plan.rows.map(({ action }) => action),
      ['keep', 'keep'],
    );
    assert.deepEqual(plan.leftOut, [{ kind: 'severalRows', target: exclude.target }]);
  });

  test('brings back each of several rows of a recipient, in either order, where one of them is there or none', () => {
    const rows = [filtered(filterA, 1), filtered(filterB, 2)];
    for (const base of [[], rows.slice(0, 1), rows.slice(1)]) {
      for (const wanted of [rows, rows.toReversed()]) {
        const changes = wanted.map((assignment): Change => ({ kind: 'set', assignment }));
        const plan = planChanges(scriptOf('deviceHealthScripts'), base, changes);
        assert.ok(sameAssignments(expectedAssignments(plan), rows), JSON.stringify(plan.rows));
      }
    }
  });

  test('of scripts that are not assigned by themselves cannot be written', () => {
    assert.throws(() => assignBody(planChanges(scriptOf('deviceComplianceScripts'), [], [])), RangeError);
  });
});

const observed = new URL('../../../../../shared/graph/observed/', import.meta.url);

describe('bodies as tools that work send them', {
  skip: existsSync(observed) ? false : 'the folder shared/graph is not beside this checkout',
}, () => {
  const bodyOf = (name: string): Wire =>
    plain(plain(JSON.parse(readFileSync(new URL(`assign-request-${name}.json`, observed), 'utf8')))['body']);

  for (const id of ['deviceManagementScripts', 'configurationPolicies'] as const) {
    test(id, () => {
      const body = bodyOf(id);
      const [rows] = Object.values(body);
      assert.ok(Array.isArray(rows));
      assert.deepEqual(assignBody(planChanges(scriptOf(id), rows.map(assignmentFromWire), [])), body);
      const added = rows.map((wire): Change => ({ kind: 'add', assignment: newAssignment(assignmentFromWire(wire).target) }));
      assert.deepEqual(assignBody(planChanges(scriptOf(id), [], added)), body, 'made anew, without having been read');
    });
  }

  test('deviceHealthScripts', () => {
    const body = bodyOf('deviceHealthScripts');
    const rows = body[familyOf('deviceHealthScripts').assignKey ?? ''];
    assert.ok(Array.isArray(rows));
    assert.deepEqual(assignBody(planChanges(scriptOf('deviceHealthScripts'), rows.map(assignmentFromWire), [])), body);
    const [first] = rows.map(assignmentFromWire);
    assert.ok(first?.schedule);
    const made = newAssignment(first.target, { runSchedule: scheduleToWire(first.schedule) });
    assert.deepEqual(written(planChanges(scriptOf('deviceHealthScripts'), [], [{ kind: 'add', assignment: made }])), [rows[0]]);
  });
});
