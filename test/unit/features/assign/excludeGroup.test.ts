import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { excludeGroup } from '../../../../src/features/assign/assign.ts';
import { groupNamed, writesIn } from '../../intune/support.ts';
import { type CommandWindowOptions, createCommandWindow } from '../commandWindow.ts';
import type { Turn } from '../conversation.ts';
import { assignmentRow, give, menuOn, rowsIn, scriptRow } from '../treeRows.ts';

const workstation = 'Configure Developer Workstation';
const bitLocker = 'Enable BitLocker on Data Volumes';
const spooler = 'Restart Stopped Print Spooler';
const compliance = 'Compliance: BIOS Version';

const open = (options: CommandWindowOptions = {}) =>
  createCommandWindow({ permitted: true, usedLately: ['HR Devices', 'Training Room A'], ...options });

const groupsOf = (script: string, ...groups: readonly string[]): Turn => [`Exclude Groups from “${script}”`, groups];
const reviewOf = (script: string, group: string): Turn => [`Exclude “${group}” from “${script}”?`, 'Exclude in Contoso'];

describe('Exclude Group', () => {
  test('on a script asks for the groups, of which everyone is none, has the exclusion reviewed and makes it', async () => {
    const one = await open();
    const [groups, review, result] = await one.talk(
      () => excludeGroup(one.parts)(scriptRow(one, workstation)),
      groupsOf(workstation, 'Cloud PCs'),
      reviewOf(workstation, 'Cloud PCs'),
      [`Cloud PCs is excluded from ${workstation}.`],
    );
    assert.deepEqual(groups?.lines, ['HR Devices', 'Training Room A']);
    assert.deepEqual(review?.lines, ['Contoso · ada@contoso.example', `${workstation}: adds 1 assignment, keeps 2`, 'Excludes Cloud PCs']);
    assert.deepEqual(result?.marked, ['Undo…', 'Show Log']);
    assert.deepEqual(rowsIn(one, workstation), ['Build Servers', 'Developer Workstations', 'not Cloud PCs']);
  });

  test('from the palette asks for the scripts first, and offers the groups that were excluded last time', async () => {
    const one = await open();
    const [scripts] = await one.talk(
      () => excludeGroup(one.parts)(),
      ['Exclude Group: Scripts', [workstation, bitLocker]],
      ['Exclude Groups from 2 scripts', ['Training Room A', 'HR Devices']],
      ['Exclude 2 groups from 2 scripts?', 'Exclude in Contoso'],
      ['2 scripts are changed in Contoso.'],
    );
    assert.ok(!scripts?.lines.includes(compliance));
    for (const name of [workstation, bitLocker]) {
      assert.deepEqual(
        rowsIn(one, name).filter(row => row.startsWith('not')),
        ['not HR Devices', 'not Training Room A'],
      );
    }
    const [groups] = await one.talk(() => excludeGroup(one.parts)(scriptRow(one, spooler)), [`Exclude Groups from “${spooler}”`]);
    assert.deepEqual(groups?.lines, ['Training Room A', 'HR Devices']);
  });

  test('on several rows takes the script of an assignment too, and leaves one of a compliance policy with words', async () => {
    const one = await open();
    await one.talk(
      () =>
        excludeGroup(one.parts)(
          ...menuOn(scriptRow(one, workstation), assignmentRow(one, bitLocker, 'Legal – Laptops'), scriptRow(one, compliance)),
        ),
      ['Custom compliance scripts are assigned through their compliance policy, so 1 script cannot be assigned here.'],
      ['Exclude Groups from 2 scripts', 'HR Devices'],
      ['Exclude “HR Devices” from 2 scripts?', 'Exclude in Contoso'],
      ['2 scripts are changed in Contoso.'],
    );
    assert.deepEqual(rowsIn(one, compliance), []);
  });

  test('asks for no schedule of a remediation, for an exclusion has none', async () => {
    const one = await open();
    await one.talk(
      () => excludeGroup(one.parts)(scriptRow(one, spooler)),
      groupsOf(spooler, 'Training Room A'),
      reviewOf(spooler, 'Training Room A'),
      [`Training Room A is excluded from ${spooler}.`],
    );
    assert.ok(rowsIn(one, spooler).includes('not Training Room A'));
  });

  test('writes nothing where any of its questions is left', async () => {
    const one = await open();
    const turns: readonly Turn[] = [
      ['Exclude Group: Scripts', workstation],
      groupsOf(workstation, 'HR Devices'),
      reviewOf(workstation, 'HR Devices'),
    ];
    for (const [index, [asked]] of turns.entries()) await one.talk(() => excludeGroup(one.parts)(), ...turns.slice(0, index), [asked]);
    assert.deepEqual(writesIn(one.world), []);
  });

  test('has nobody pick groups in vain who has no permission to write', async () => {
    const one = await open({ permitted: false });
    await one.talk(() => excludeGroup(one.parts)(scriptRow(one, workstation)));
    assert.deepEqual(one.happened(), ['permission: write']);
  });

  test('on one script excludes a group that is included, and the review says so first', async () => {
    const one = await open();
    give(one, workstation, 'HR Devices', 'Build Servers');
    const [, review] = await one.talk(
      () => excludeGroup(one.parts)(scriptRow(one, workstation)),
      groupsOf(workstation, 'HR Devices'),
      [`Exclude “HR Devices” from “${workstation}” instead of including it?`, 'Exclude in Contoso'],
      [`HR Devices is excluded from ${workstation}.`],
    );
    assert.deepEqual(review?.lines.slice(1, 3), [
      `${workstation}: changes 1 assignment, keeps 1`,
      'HR Devices will be excluded instead of included',
    ]);
    assert.deepEqual(rowsIn(one, workstation), ['Build Servers', 'not HR Devices']);
  });

  test('on several scripts leaves a group that is included in one of them, and says so in the review and at the end', async () => {
    const one = await open();
    give(one, workstation, 'HR Devices', 'Build Servers');
    const [, review, result] = await one.talk(
      () => excludeGroup(one.parts)(...menuOn(scriptRow(one, workstation), scriptRow(one, bitLocker))),
      ['Exclude Groups from 2 scripts', 'HR Devices'],
      reviewOf(bitLocker, 'HR Devices'),
      [`HR Devices is excluded from ${bitLocker}. 1 script is not changed: Show Report says why.`],
    );
    assert.equal(review?.lines.at(-1), `⚠ ${workstation} is not changed. HR Devices is included there, so it isn’t excluded.`);
    assert.deepEqual(result?.marked, ['Undo…', 'Show Report']);
    assert.deepEqual(rowsIn(one, workstation), ['Build Servers', 'HR Devices']);
  });

  test('of what is excluded already says that it is, and asks nothing more', async () => {
    const one = await open();
    give(one, workstation, 'Build Servers', 'not HR Devices');
    await one.talk(() => excludeGroup(one.parts)(scriptRow(one, workstation)), groupsOf(workstation, 'HR Devices'), [
      `${workstation} has these assignments already.`,
    ]);
    assert.deepEqual(writesIn(one.world), []);
  });

  test('asks nobody to type a number, but for the name of a protected group', async () => {
    const one = await open({ settings: { confirmAbove: 1 } });
    await one.talk(
      () => excludeGroup(one.parts)(scriptRow(one, workstation)),
      groupsOf(workstation, 'HR Devices'),
      reviewOf(workstation, 'HR Devices'),
      [`HR Devices is excluded from ${workstation}.`],
    );
    one.settings = { ...one.settings, protectedGroups: [groupNamed(one.world, 'Training Room A')] };
    await one.talk(
      () => excludeGroup(one.parts)(scriptRow(one, workstation)),
      groupsOf(workstation, 'Training Room A'),
      reviewOf(workstation, 'Training Room A'),
      [`Exclude “Training Room A” from “${workstation}”?`],
    );
    assert.ok(!rowsIn(one, workstation).includes('not Training Room A'), 'and without it writes nothing');
  });

  test('that somebody was quicker than writes nothing, and Plan Again starts from what they did', async () => {
    const one = await open();
    const [, , , again] = await one.talk(
      () => excludeGroup(one.parts)(scriptRow(one, workstation)),
      groupsOf(workstation, 'HR Devices'),
      [
        `Exclude “HR Devices” from “${workstation}”?`,
        () => {
          give(one, workstation, 'HR Devices', 'Build Servers');
          return 'Exclude in Contoso';
        },
      ],
      [`${workstation} was changed since the plan was made, and stays as it is.`, 'Plan Again'],
      [`Exclude “HR Devices” from “${workstation}” instead of including it?`, 'Exclude in Contoso'],
      [`HR Devices is excluded from ${workstation}.`],
    );
    assert.equal(again?.lines[1], `${workstation}: changes 1 assignment, keeps 1`);
    assert.deepEqual(rowsIn(one, workstation), ['Build Servers', 'not HR Devices']);
  });
});
