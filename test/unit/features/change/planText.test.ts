import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planText } from '../../../../src/features/change/planText.ts';
import { reviewText } from '../../../../src/features/change/review.ts';
import { GraphError } from '../../../../src/graph/client.ts';
import { scriptKey } from '../../../../src/intune/model/script.ts';
import { addGroups } from '../../../../src/intune/plan/addTargets.ts';
import { replaceGroup, replacementShortfalls } from '../../../../src/intune/plan/replaceGroup.ts';
import { createWorld, groupNamed, proposeFor, refOf, sampleScript } from '../../intune/support.ts';

test('a plan has no line that a diff beside the side bar would cut', async () => {
  const world = createWorld();
  const script = sampleScript(world, 'deviceHealthScripts', 'Restart Stopped Print Spooler');
  const replacement = { from: groupNamed(world, 'HR Devices'), to: groupNamed(world, 'Finance – All Laptops'), mode: 'replace' } as const;
  const proposal = await proposeFor(world, [script], (_, base = []) => replaceGroup(base, replacement));
  const shortfalls = proposal.plans.flatMap(({ base }) => replacementShortfalls(script, base, replacement));
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

test('a plan says what it leaves out: groups that are deleted, and scripts that could not be read', async () => {
  const world = createWorld();
  const script = sampleScript(world, 'deviceHealthScripts', 'Restart Stopped Print Spooler');
  const group = groupNamed(world, 'Cloud PCs');
  const proposal = await proposeFor(world, [script], ref => addGroups(ref, [group]));
  const request = { method: 'GET', path: '/' };
  const unreadable = [{ script: refOf(script), error: new GraphError({ kind: 'network', message: 'gone', request, sent: 'no' }) }];
  const said = planText({ ...proposal, gone: [group], unreadable }, 'after', 0);
  assert.match(said, /\n⚠ Cloud PCs is deleted and left out\.\n⚠ 1 script could not be read and will not be\n {2}changed\.\n/);
  assert.doesNotMatch(planText({ ...proposal, gone: [group], unreadable }, 'now', 0), /⚠/);
});

test('a plan, and the review, say of a script that stays as it is what it does not have as wanted', async () => {
  const world = createWorld();
  const [script, other] = ['Restart Stopped Print Spooler', 'Clear Teams Cache'].map(name =>
    sampleScript(world, 'deviceHealthScripts', name),
  );
  assert.ok(script && other);
  const group = groupNamed(world, 'HR Devices');
  const { unchanged } = await proposeFor(world, [script], () => []);
  const proposal = await proposeFor(world, [other], ref => addGroups(ref, [group]));
  const shortfalls = new Map([[scriptKey(refOf(script)), [{ kind: 'staysAsItIs', target: { kind: 'allDevices' } } as const]]]);
  const text = planText({ ...proposal, unchanged, shortfalls }, 'after', 0).replaceAll('\n  ', ' ');
  assert.match(text, /⚠ Restart Stopped Print Spooler is not changed\. All devices is there already with another schedule/);
  const { detail } = reviewText({ ...proposal, unchanged, shortfalls }, 0);
  assert.match(detail, /⚠ Restart Stopped Print Spooler is not changed\./);
});
