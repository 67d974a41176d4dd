import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type InputBoxOptions, window } from 'vscode';
import { askConfirmation } from '../../../../src/features/change/review.ts';
import { createWorld, proposeFor } from '../../intune/support.ts';

const settings = { confirmAbove: 500, protectedGroups: [], protectedGroupsUnclear: false };

test('the number that is to be typed can be typed as it is shown', async () => {
  const proposal = await proposeFor(createWorld(), [], () => []);
  const reached = [{ target: { kind: 'group', groupId: 'g' }, reach: { devices: 1_024, users: 0 } }] as const;
  const confirms = (answer: string): Promise<boolean> => {
    Object.assign(window, {
      showInputBox: async ({ validateInput }: InputBoxOptions) => ((await validateInput?.(answer)) === undefined ? answer : undefined),
    });
    return askConfirmation({ ...proposal, reached }, settings, 'Assign?');
  };
  for (const answer of ['1024', '1,024', ' 1.024 ', '1 024', '1\u202f024']) assert.ok(await confirms(answer), answer);
  for (const answer of ['', '1025', 'a1024', '-1024', '10,24x']) assert.ok(!(await confirms(answer)), answer);
});
