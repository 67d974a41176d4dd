import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { draggedFrom, draggedText } from '../../../src/ui/dragAndDrop.ts';
import type { Node } from '../../../src/ui/nodes.ts';
import { assigned, groupId, include, script } from './sampleInventory.ts';

const connection = 'global/tenant/account';
const own = script('deviceHealthScripts', 'a', 'A', assigned(include(1)));
const [assignment = assert.fail()] = own.assignments;
const family: Node = { kind: 'family', connection, family: 'deviceHealthScripts' };
const nodes: readonly Node[] = [
  { kind: 'script', connection, script: own },
  { kind: 'assignment', connection, script: own, assignment, copy: 0 },
  { kind: 'group', connection, groupId: groupId(1) },
  { kind: 'groupScript', connection, groupId: groupId(1), script: own, assignment, copy: 0 },
];

describe('dragged rows', () => {
  test('cross as ids, with their connection', () => {
    const text = draggedText([...nodes, family]) ?? assert.fail();
    assert.deepEqual(draggedFrom(text), {
      connection,
      rows: [
        { kind: 'script', family: 'deviceHealthScripts', id: 'a' },
        { kind: 'assignment', family: 'deviceHealthScripts', id: 'a', targetKey: `group|${groupId(1)}|` },
        { kind: 'group', groupId: groupId(1) },
        { kind: 'script', family: 'deviceHealthScripts', id: 'a' },
      ],
    });
    assert.equal(text.includes('"A"'), false, 'no name crosses');
  });

  test('are none for a family', () => {
    assert.equal(draggedText([family]), undefined);
    assert.equal(draggedText([]), undefined);
  });

  test('are not what anybody else drops', () => {
    const row = { kind: 'script', family: 'deviceHealthScripts', id: 'a' };
    const wrong = [
      '',
      'null',
      '{',
      '[]',
      JSON.stringify({ id: 'intunescripts.scripts', itemHandles: ['0/0:x'] }),
      JSON.stringify({ connection, rows: [] }),
      JSON.stringify({ connection: '', rows: [row] }),
      JSON.stringify({ connection, rows: [row, { kind: 'family' }] }),
      JSON.stringify({ connection, rows: [{ ...row, family: 'servicePrincipals' }] }),
      JSON.stringify({ connection, rows: [{ ...row, id: 1 }] }),
      JSON.stringify({ connection, rows: [{ kind: 'group', groupId: null }] }),
    ];
    for (const text of wrong) assert.equal(draggedFrom(text), undefined, text);
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), text => assert.equal(draggedFrom(text), undefined)));
  });
});
