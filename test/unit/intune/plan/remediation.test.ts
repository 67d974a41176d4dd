// `runRemediationScript` is no switch: the service reads back `false` whatever was written, and runs the remediation script all the same.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { pastChanges } from '../../../../src/intune/history/pastChanges.ts';
import { targetKey } from '../../../../src/intune/model/assignment.ts';
import { familyOf } from '../../../../src/intune/model/families.ts';
import { type Script, scriptFromWire } from '../../../../src/intune/model/script.ts';
import { addGroups, addTargets } from '../../../../src/intune/plan/addTargets.ts';
import { editAssignment } from '../../../../src/intune/plan/editAssignment.ts';
import { propose, rememberRemediationTold } from '../../../../src/intune/plan/propose.ts';
import { rowsOf } from '../../../../src/sample/index.ts';
import { openJournal } from '../../../killed/openJournal.ts';
import {
  type ChangesFor,
  createWorld,
  groupNamed,
  proposeFor,
  refOf,
  rowsSent,
  sampleScript,
  shownAlone,
  told,
  writeOne,
  writesIn,
} from '../support.ts';

const start = () => {
  const world = createWorld({ parts: { writeMethod: 'assign' } });
  return { world, script: sampleScript(world, 'deviceHealthScripts', 'Restart Stopped Print Spooler') };
};

describe('every row of a remediation is written as the admin center writes it, to remediate', () => {
  const changes: readonly (readonly [string, ChangesFor])[] = [
    ['a new row', ref => addTargets(ref, [{ kind: 'allDevices' }])],
    ['an exclusion', ref => addTargets(ref, [{ kind: 'exclusionGroup', groupId: 'a1b1c1d1-aaaa-4bbb-8ccc-000000000001' }])],
    ['a changed row', (_, base = []) => editAssignment(shownAlone(base[0] ?? assert.fail()), { filter: null, schedule: hourly })],
    ['what is left after a removal', (_, base = []) => [{ kind: 'remove', targetKey: targetKey((base[0] ?? assert.fail()).target) }]],
  ];
  for (const [name, changesFor] of changes) {
    test(`${name}, and the rows beside it`, async () => {
      const { world, script } = start();
      const [plan = assert.fail('no plan')] = (await proposeFor(world, [script], changesFor)).plans;
      assert.equal(told(await writeOne(world, plan)), 'written, visible');
      const flags = rowsSent(writesIn(world).at(-1) ?? assert.fail()).map(({ runRemediationScript }) => runRemediationScript);
      assert.ok(flags.length > 1);
      assert.deepEqual(new Set(flags), new Set([true]));
      assert.ok(rowsOf(script).every(({ runRemediationScript }) => runRemediationScript));
    });
  }
});

const hourly = { kind: 'hourly', interval: 2 } as const;

test('nothing but the assignments is read of a remediation to plan for it', async () => {
  const { world, script } = start();
  await proposeFor(world, [script], ref => addGroups(ref, [groupNamed(world, 'Cloud PCs')]));
  const read = world.requests.filter(({ path }) => path.includes(script.id)).map(({ path }) => path.split('/').at(-1));
  assert.deepEqual([...new Set(read)], ['assignments']);
});

test('the journal keeps what was read and what was sent', async () => {
  const { world, script } = start();
  const [plan = assert.fail()] = (await proposeFor(world, [script], ref => addGroups(ref, [groupNamed(world, 'Cloud PCs')]))).plans;
  await writeOne(world, plan);
  const written = world.records.find(record => record.type === 'start') ?? assert.fail();
  const flags = (rows: readonly object[]): unknown => [
    ...new Set(rows.map(row => 'runRemediationScript' in row && row.runRemediationScript)),
  ];
  assert.ok(written.type === 'start');
  assert.deepEqual([flags(written.before), flags(written.after)], [[false], [true]]);
});

test('a review says once in a tenant what was observed, and never of other scripts', async () => {
  const { world, script } = start();
  const others = sampleScript(world, 'deviceManagementScripts', 'Outlook Signature');
  const tells = async (...scripts: readonly (typeof script)[]): Promise<boolean> =>
    (await proposeFor(world, scripts, ref => addGroups(ref, [groupNamed(world, 'Cloud PCs')]))).tellsOfRemediation;
  assert.deepEqual([await tells(others), await tells(others, script)], [false, true]);
  const cloud = groupNamed(world, 'Cloud PCs');
  const excluding = await proposeFor(world, [script], ref => addTargets(ref, [{ kind: 'exclusionGroup', groupId: cloud }]));
  assert.deepEqual([excluding.plans.length, excluding.tellsOfRemediation], [1, false], 'nobody gets it who did not have it');
  await rememberRemediationTold(world.connection.memory);
  assert.equal(await tells(script), false);
});

describe('a package is said to only detect', () => {
  const read = (remediationScriptContent: unknown): Script['onlyDetects'] =>
    scriptFromWire(familyOf('deviceHealthScripts'), { id: 's', displayName: 'S', remediationScriptContent })?.onlyDetects;

  test('where it is known to have no remediation script, and not where a list tells no contents', () => {
    assert.deepEqual([read(''), read(null), read(undefined), read('RXhpdCAx')], [true, undefined, undefined, undefined]);
  });
});

describe('a journal of a version that could choose', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'journal-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('is still read, and what it chose counts for nothing', async () => {
    const { world, script } = start();
    const target = { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: groupNamed(world, 'Cloud PCs') };
    const common = { at: '2026-01-01T00:00:00.000Z', connection: 'c', account: 'a' };
    const assignment = { target, runRemediationScript: false };
    const records = [
      {
        type: 'change',
        id: 'change',
        ...common,
        assume: false,
        wanted: [
          {
            script: refOf(script),
            changes: [
              { kind: 'add', assignment, remediates: false },
              { kind: 'set', assignment, remediates: true, unknown: true },
            ],
          },
        ],
      },
      { type: 'start', id: 'start', changeId: 'change', ...common, script: refOf(script), before: [], after: [assignment] },
      { type: 'end', id: 'start', at: common.at, outcome: 'written', additive: true },
    ];
    await writeFile(join(folder, 'old.jsonl'), records.map(record => `${JSON.stringify(record)}\n`).join(''));
    const [past = assert.fail()] = pastChanges(await openJournal(folder, 'new').read());
    const [write = assert.fail()] = past.writes;
    assert.deepEqual([write.outcome, write.differences.map(({ kind }) => kind), write.wanted.length], ['written', ['added'], 2]);
    const { plans } = await propose(
      world.connection,
      { scripts: [refOf(script)], groups: [], changesFor: () => write.wanted },
      [],
      world.clock,
    );
    await writeOne(world, plans[0] ?? assert.fail());
    assert.ok(rowsOf(script).every(({ runRemediationScript }) => runRemediationScript));
  });
});
