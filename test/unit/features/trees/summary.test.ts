import assert from 'node:assert/strict';
import { test } from 'node:test';
import { summarize, summaryLine } from '../../../../src/features/trees/summary.ts';
import { readyFilters } from '../../../../src/ui/scriptFilters.ts';
import { allDevices, assigned, deleted, exclude, include, inventoryOf, loaded, now, once, script } from '../../ui/sampleInventory.ts';

const inventory = inventoryOf(
  {
    deviceManagementScripts: loaded(
      script('deviceManagementScripts', 'a', 'A'),
      script('deviceManagementScripts', 'b', 'B', assigned(include(1)), assigned(allDevices)),
    ),
    deviceHealthScripts: loaded(script('deviceHealthScripts', 'c', 'C', assigned(include(1), once('2026-01-01')))),
    deviceComplianceScripts: loaded(script('deviceComplianceScripts', 'd', 'D')),
  },
  [deleted(1)],
);

test('the summary counts scripts once and deleted groups once; compliance scripts are not unassigned', () => {
  assert.deepEqual(summarize(inventory), { scripts: 4, unassigned: 1, deletedGroups: 1, onAllDevices: 1 });
  assert.equal(summaryLine(summarize(inventory)), '4 scripts · 1 unassigned · 1 deleted group · 1 on all devices');
  const onlyExcluded = inventoryOf({ deviceShellScripts: loaded(script('deviceShellScripts', 'e', 'E', assigned(exclude(1)))) });
  assert.equal(summarize(onlyExcluded).unassigned, 1, 'an exclusion alone reaches nobody');
  assert.equal(summaryLine({ scripts: 1, unassigned: 0, deletedGroups: 0, onAllDevices: 0 }), '1 script');
});

test('ready filters let the same scripts through; one with nothing is left out', () => {
  assert.deepEqual(
    readyFilters(inventory, now).map(({ label, scripts }) => [label, scripts.map(({ id }) => id).join()]),
    [
      ['Not assigned', 'a'],
      ['On all devices', 'b'],
      ['A deleted group is targeted', 'b,c'],
      ['Date of a run-once schedule has passed', 'c'],
    ],
  );
  assert.deepEqual(readyFilters(inventoryOf({}), now), []);
});
