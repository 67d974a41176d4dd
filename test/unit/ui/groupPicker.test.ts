import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Choice, GroupSelection } from '../../../src/ui/groupPicker.ts';

const choice = (id: 'allDevices' | 'allUsers'): Choice => ({ id });
const [mine, other] = [choice('allDevices'), choice('allUsers')];

describe('what is picked in the group picker', () => {
  const picked = (selection: GroupSelection): readonly string[] => selection.choices.map(({ id }) => id);
  const withMine = (): GroupSelection => {
    const selection = new GroupSelection();
    selection.take([mine]);
    return selection;
  };

  test('outlives new rows, of which VS Code tells as if all checks were taken away', () => {
    const selection = withMine();
    selection.restore();
    selection.take([]);
    assert.deepEqual(picked(selection), ['allDevices']);
    selection.take([mine]);
    assert.equal(selection.restored(), false);
    selection.take([]);
    assert.deepEqual(picked(selection), []);
  });

  test('is not what a check names that was on its way while the rows changed; that is shown then', () => {
    const selection = withMine();
    selection.restore();
    selection.take([mine, other]);
    assert.deepEqual(picked(selection), ['allDevices']);
    assert.equal(selection.restored(), true);
    assert.equal(selection.restored(), false);
    selection.take([mine, other]);
    assert.deepEqual(picked(selection), ['allDevices', 'allUsers']);
  });

  test('is as the rows show it where VS Code has set the checks again since', () => {
    const selection = withMine();
    selection.restore();
    selection.take([other]);
    selection.take([mine]);
    assert.equal(selection.restored(), false);
    assert.deepEqual(picked(selection), ['allDevices']);
  });
});
