import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newAssignment, targetKey } from '../../../src/intune/assignment.ts';
import { planChanges } from '../../../src/intune/plan.ts';
import type { Target } from '../../../src/intune/target.ts';

const script = { family: 'deviceHealthScripts', id: 's', name: 'S' } as const;
const filter = 'f11e5a11-0000-4000-8000-00000000000a';
const row = (mode?: 'include' | 'exclude') => {
  const target: Target = { kind: 'group', groupId: 'aaaaaaaa-1a2b-4c3d-8e4f-0123456789aa', ...(mode && { filter: { id: filter, mode } }) };
  return newAssignment(target);
};

test('of a recipient with several rows, the one that differs in the mode of its filter alone is set: the service would drop a second one', () => {
  const [everybody, include, exclude] = [row(), row('include'), row('exclude')];
  const changes = [{ kind: 'set', assignment: exclude, replaces: targetKey(exclude.target) }] as const;
  const { rows } = planChanges(script, [everybody, include], changes, () => true, true);
  assert.deepEqual(
    rows.map(({ action, assignment }) => [action, assignment.target.filter?.mode]),
    [
      ['keep', undefined],
      ['change', 'exclude'],
    ],
  );
});
