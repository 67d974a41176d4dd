import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { transientMemory } from '../../../../src/connections/memory.ts';
import { assignmentFromWire, UnreadableAssignment } from '../../../../src/intune/model/assignment.ts';
import { familyOf } from '../../../../src/intune/model/families.ts';
import { searchGroups } from '../../../../src/intune/read/groupSearch.ts';
import { readGroupNames } from '../../../../src/intune/read/groups.ts';
import { runSummaryFromWire } from '../../../../src/intune/read/runSummary.ts';
import { readScripts } from '../../../../src/intune/read/scripts.ts';
import { createFixture, json, rejection } from '../../graph/fixture.ts';

const family = familyOf('deviceShellScripts');
const row = { target: { '@odata.type': '#microsoft.graph.allDevicesAssignmentTarget' } };

describe('rows that are none', () => {
  for (const name of ['constructor', '__proto__', 'toString']) {
    test(`a target called ${name} is one of an unknown type, or of a group of that id`, () => {
      assert.equal(assignmentFromWire({ target: { '@odata.type': name } }).target.kind, 'other');
      const { target } = assignmentFromWire({ target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: name } });
      assert.deepEqual(target, { kind: 'group', groupId: name.toLowerCase() });
    });
  }

  test('a row so deep that nobody could write it is unreadable', () => {
    const target = JSON.parse(`{"@odata.type":"x","a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`);
    assert.throws(() => assignmentFromWire({ target }), UnreadableAssignment);
  });

  test('fail their own script with the one error of Graph, and no other', async () => {
    const value = [
      { id: 'a', displayName: 'A', assignments: [{ id: 'x' }] },
      { id: 'b', displayName: 'B', assignments: [row] },
    ];
    const { client } = createFixture({ steps: [() => json({ value }), () => json({ value: [{ id: 'x' }] })] });
    const scripts = await readScripts(client, family);
    assert.deepEqual(
      scripts.map(({ id, assignments, notRead }) => [id, assignments.length, notRead?.kind]),
      [
        ['a', 0, 'badAnswer'],
        ['b', 1, undefined],
      ],
    );
  });

  for (const assignments of [undefined, null, {}]) {
    test(`a list that shows ${JSON.stringify(assignments)} in place of them does not say that there are none`, async () => {
      const steps = [() => json({ value: [{ id: 'a', displayName: 'A', assignments }] }), () => json({ value: [row] })];
      const { client, sent } = createFixture({ steps });
      const [script] = await readScripts(client, family);
      assert.equal(script?.assignments.length, 1);
      assert.match(sent[1]?.url ?? '', /deviceShellScripts\/a\/assignments$/);
    });
  }
});

test('what is no count of devices is none', () => {
  const counts = { successDeviceCount: 3, errorDeviceCount: 5e-324, noIssueDetectedDeviceCount: 1e308, issueDetectedDeviceCount: -1 };
  assert.deepEqual([...(runSummaryFromWire(counts)?.devices ?? [])], [['succeeded', 3]]);
});

test('an id or a search of half a character is asked for as what it is not', async () => {
  const { client, sent } = createFixture({ steps: [() => json({ responses: [] }), () => json({ value: [] })] });
  assert.deepEqual(await readGroupNames(client, transientMemory(), ['\uD800']), [{ id: '\uD800', status: 'unreadable' }]);
  assert.match(sent[0]?.url ?? '', /groups\/%EF%BF%BD/);
  await rejection(searchGroups(client, 'a\uDC00'));
});
