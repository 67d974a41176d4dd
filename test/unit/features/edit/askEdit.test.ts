import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askEdit, type EditDraft } from '../../../../src/features/edit/askEdit.ts';
import { createWorld } from '../../intune/support.ts';
import { answering, enter, leave, type Reply } from '../../ui/answers.ts';

const before: EditDraft = { kind: 'group', schedule: { kind: 'hourly', interval: 8 }, filter: undefined };

async function ask(draft: Partial<EditDraft>, ...replies: readonly Reply[]) {
  const world = createWorld();
  const questions = answering(...replies);
  const decision = await askEdit(
    { ...questions, ensureTier: async () => false, run: async () => undefined },
    {
      title: 'Edit',
      family: 'deviceHealthScripts',
      before: { ...before, ...draft },
      inventory: world.connection.inventory,
      now: world.clock.now(),
    },
  );
  return { ...questions, decision };
}

test('what there is can be changed, and only what differs is', async () => {
  const { decision, asked } = await ask({}, 'Schedule', enter, '4', 'Review the Change…');
  assert.equal(asked[0], 'Choose what to change: Schedule | Filter | Exclude This Group Instead');
  assert.deepEqual(decision, { kind: 'edit', edit: { schedule: { kind: 'hourly', interval: 4 } } });
  const all = await ask({}, 'Schedule', enter, '4', 'Filter', 'Virtual Machines', enter, enter);
  assert.equal(all.decision?.kind, 'edit');
  assert.deepEqual(Object.keys(all.decision?.kind === 'edit' ? all.decision.edit : {}), ['schedule', 'filter']);
  const gone = await ask({ filter: { id: 'f', mode: 'include' } }, 'Filter', 'No filter', enter);
  assert.deepEqual(gone.decision, { kind: 'edit', edit: { filter: null } });
});

test('Enter keeps what is there, and then there is nothing to review', async () => {
  const { decision, asked } = await ask({}, 'Schedule', enter, enter, leave);
  assert.equal(decision, undefined);
  assert.ok(!asked.some(text => text.includes('Review')));
});

test('a group can be excluded instead, and taken back', async () => {
  const excluded = await ask({}, 'Exclude This Group Instead', enter);
  assert.deepEqual(excluded.decision, { kind: 'turn', options: { filter: undefined } });
  assert.equal(excluded.asked[1], 'Choose what to change: Review the Change… | Include This Group Instead');
  const included = await ask({ kind: 'exclusionGroup', schedule: undefined }, 'Include This Group Instead', enter);
  assert.deepEqual(included.decision, {
    kind: 'turn',
    options: { schedule: { kind: 'daily', interval: 1, time: '09:00:00', utc: false }, filter: undefined },
  });
  assert.equal((await ask({}, 'Exclude This Group Instead', 'Include This Group Instead', leave)).decision, undefined);
});

test('leaving at any step changes nothing', async () => {
  const ways: readonly (readonly Reply[])[] = [[leave], ['Schedule', leave], ['Schedule', enter, '4', leave], ['Filter', leave]];
  for (const replies of ways) assert.equal((await ask({}, ...replies)).decision, undefined);
});
