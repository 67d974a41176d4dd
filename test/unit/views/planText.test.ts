import assert from 'node:assert/strict';
import { test } from 'node:test';
import { replaceGroup, replacementShortfalls } from '../../../src/intune/replaceGroup.ts';
import { planText } from '../../../src/views/review/planText.ts';
import { createWorld, groupNamed, proposeFor, sampleScript } from '../intune/support.ts';

test('a plan has no line that a diff beside the side bar would cut', async () => {
  const world = createWorld();
  const script = sampleScript(world, 'deviceHealthScripts', 'Restart Stopped Print Spooler');
  const replacement = { from: groupNamed(world, 'HR Devices'), to: groupNamed(world, 'Finance – All Laptops'), mode: 'replace' } as const;
  const proposal = await proposeFor(world, [script], (_, base = []) => replaceGroup(base, replacement, () => true));
  const shortfalls = proposal.plans.flatMap(({ base }) =>
    replacementShortfalls(
      script,
      base,
      replacement,
      () => true,
      () => true,
    ),
  );
  assert.equal(shortfalls.length, 1);
  const said = { ...proposal, shortfalls: new Map([[`${script.family}/${script.id}`, shortfalls]]) };
  for (const side of ['now', 'after'] as const) {
    const lines = planText(said, side, 0).split('\n');
    assert.deepEqual(
      lines.filter(line => line.length > 45),
      [],
    );
  }
});
