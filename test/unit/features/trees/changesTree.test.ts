import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowOf } from '../../../../src/features/trees/rowOf.ts';
import { changesModel } from '../../../../src/features/trees/treeModel.ts';
import type { PastChange } from '../../../../src/intune/history/pastChange.ts';
import { changeLabel } from '../../../../src/ui/format/change.ts';
import type { Node } from '../../../../src/ui/nodes.ts';
import { assigned, contextOf, deleted, exclude, groupId, include, inventoryOf, named, now } from '../../ui/sampleInventory.ts';
import { pastChange, pastWrite } from '../../ui/samplePast.ts';

const script = (id: string, name: string) => ({ family: 'deviceManagementScripts', id, name }) as const;
const daysAgo = (days: number): string => new Date(now - days * 24 * 3_600_000).toISOString();
const context = (...changes: readonly PastChange[]) => ({ ...contextOf(inventoryOf({}, [named(1, 'Sales')])), changes });

function lines(shown: ReturnType<typeof context>): readonly string[] {
  const below = (nodes: readonly Node[], indent: string): readonly string[] =>
    nodes.flatMap(node => {
      const { label, description } = rowOf(node, shown);
      return [
        `${indent}${label} | ${description?.replace(/\d\d?:\d\d( [AP]M)?/, 'TIME')}`,
        ...below(changesModel.children(shown, node), `${indent}  `),
      ];
    });
  return below(changesModel.roots(shown), '');
}

test('changes stand below their day, newest first, and scripts below their change', () => {
  const two = pastChange({
    id: 'two',
    at: daysAgo(1),
    writes: [pastWrite({ script: script('b', 'Beta'), outcome: 'failed' }), pastWrite()],
  });
  assert.deepEqual(lines(context(pastChange(), two)), [
    'Today | 1 change',
    '  Assign to Sales | Alpha · TIME · written',
    '    Alpha | added Sales · written',
    'Yesterday | 1 change',
    '  Assign to Sales | 1 of 2 done · 2 scripts · TIME',
    '    Alpha | added Sales · written',
    '    Beta | to add Sales · failed',
  ]);
});

test('a change whose requests for approval ended says how', () => {
  const ended = (...refused: readonly ('cancelled' | 'expired')[]) =>
    lines(
      context(
        pastChange({ writes: refused.map((how, n) => pastWrite({ script: script(`${n}`, 'Alpha'), outcome: 'failed', refused: how })) }),
      ),
    );
  assert.deepEqual(ended('cancelled').slice(1), [
    '  Assign to Sales | request canceled · Alpha · TIME',
    '    Alpha | to add Sales · request canceled',
  ]);
  assert.match(ended('cancelled', 'expired')[1] ?? '', / failed /);
});

test('what was not done and taken up again is not marked as done', () => {
  const icon = (resumed: boolean) => {
    const shown = context(pastChange({ writes: [pastWrite({ outcome: 'failed', refused: 'cancelled', resumed })] }));
    const [day] = changesModel.roots(shown);
    const [change] = day ? changesModel.children(shown, day) : [];
    return change && rowOf(change, shown).icon?.id;
  };
  assert.equal(icon(true), 'circle-large-outline');
  assert.equal(icon(false), 'warning');
});

test('what is approved can be told from what waits, for it waits for whoever asked', () => {
  const approval = {
    start: {
      type: 'start',
      id: 's',
      changeId: 'c',
      at: daysAgo(0),
      connection: '',
      account: '',
      script: script('a', 'A'),
      before: [],
      after: [],
    },
    request: { type: 'approval', id: 's', at: daysAgo(0), code: 'Code', path: '/', body: '{}' },
  } as const;
  const change = pastChange({ writes: [pastWrite({ outcome: 'pending', approval })] });
  const icons = (state: 'needsApproval' | 'approved') => {
    const shown = { ...context(change), approvals: new Map([['code', state]]) };
    const node = { kind: 'change', connection: shown.key, change } as const;
    return [node, ...changesModel.children(shown, node)].map(one => rowOf(one, shown).icon.id);
  };
  assert.deepEqual(
    [icons('needsApproval'), icons('approved')],
    [
      ['watch', 'watch'],
      ['bell-dot', 'bell-dot'],
    ],
  );
});

test('what was excluded is not told as if all others were reached', () => {
  const assignment = assigned(exclude(1));
  const differences = (outcome: 'written' | 'failed') =>
    lines(
      context(
        pastChange({
          writes: [
            pastWrite({
              outcome,
              differences: [
                { kind: 'added', assignment },
                { kind: 'removed', assignment: assigned(exclude(1)) },
              ],
            }),
          ],
        }),
      ),
    )[2];
  assert.equal(differences('written'), '    Alpha | excluded Sales, no longer excludes Sales · written');
  assert.equal(differences('failed'), '    Alpha | to exclude Sales, to no longer exclude Sales · failed');
});

test('each row has what can be done with it', () => {
  const words = (change: PastChange): string => {
    const shown = context(change);
    return rowOf({ kind: 'change', connection: shown.key, change }, shown).capabilities.join(' ');
  };
  assert.equal(words(pastChange()), 'change undo');
  assert.equal(words(pastChange({ writes: [pastWrite({ undone: true })] })), 'change');
  assert.equal(words(pastChange({ writes: [pastWrite({ outcome: 'conflict' })] })), 'change resume');
  const edit = [{ kind: 'set', assignment: assigned(include(1)) }] as const;
  assert.equal(words(pastChange({ writes: [pastWrite({ outcome: 'conflict', wanted: edit })] })), 'change', 'planned on what is gone');
  assert.equal(words(pastChange({ writes: [pastWrite(), pastWrite({ outcome: 'notStarted' })] })), 'change undo resume');
  assert.equal(words(pastChange({ writes: [pastWrite({ outcome: 'notStarted', resumed: true })] })), 'change');
  assert.equal(words(pastChange({ writes: [pastWrite({ outcome: 'running' })] })), 'change');
  assert.equal(words(pastChange({ writes: [pastWrite({ outcome: 'failed' })] })), 'change resume');
});

test('a change is called after what it did', () => {
  const label = (...differences: ReturnType<typeof pastWrite>['differences']): string =>
    changeLabel(
      pastChange({ writes: [pastWrite({ differences })] }),
      new Map([
        [groupId(1), named(1, 'Sales')],
        [groupId(2), deleted(2)],
      ]),
    );
  const [one, two, out] = [assigned(include(1)), assigned(include(2)), assigned(exclude(1))];
  assert.equal(label({ kind: 'added', assignment: one }), 'Assign to Sales');
  assert.equal(label({ kind: 'added', assignment: one }, { kind: 'added', assignment: two }), 'Assign to 2 groups');
  assert.equal(label({ kind: 'added', assignment: out }), 'Exclude Sales');
  assert.equal(label({ kind: 'removed', assignment: out }), 'No longer exclude Sales');
  assert.equal(label({ kind: 'removed', assignment: one }), 'Remove Sales');
  assert.equal(label({ kind: 'changed', before: one, assignment: one }), 'Edit assignment to Sales');
  assert.equal(label({ kind: 'added', assignment: one }, { kind: 'removed', assignment: two }), 'Change assignments');
});

test('an undo says what it has taken back', () => {
  const first = pastChange({ id: 'first', at: daysAgo(2) });
  const undo = pastChange({ id: 'undo', at: daysAgo(1), undoes: 'first' });
  const redo = pastChange({ id: 'redo', undoes: 'undo' });
  assert.equal(changeLabel(redo, new Map(), [redo, undo, first]), 'Undo: Undo: Assign to Sales');
  assert.equal(changeLabel(undo, new Map(), [redo, undo]), 'Undo');
});

test('a group that is deleted goes by the name of then', () => {
  assert.equal(changeLabel(pastChange(), new Map([[groupId(1), deleted(1)]])), 'Assign to Sales');
  assert.equal(changeLabel(pastChange({ groupNames: new Map() }), new Map()), 'Assign to Name not readable');
});

test('rows of another connection have no rows below', () => {
  assert.deepEqual(changesModel.children(context(), { kind: 'change', connection: 'other', change: pastChange() }), []);
});

test('nothing is shown to somebody who is not signed in, but what calls for it', () => {
  const shown = { ...context(), unsettled: 2 };
  const [node, ...others] = changesModel.roots(shown);
  assert.ok(node);
  assert.deepEqual(others, []);
  assert.deepEqual(rowOf(node, shown).label, 'Sign in to check 2 scripts');
  assert.equal(rowOf(node, shown).command, 'signIn');
});
