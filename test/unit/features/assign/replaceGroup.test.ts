import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { replaceGroup } from '../../../../src/features/assign/replaceGroup.ts';
import { groupNamed, writesIn } from '../../intune/support.ts';
import { type CommandWindowOptions, createCommandWindow } from '../commandWindow.ts';
import type { Turn } from '../conversation.ts';
import { assignmentRow, give, groupRow, menuOn, rowsIn, scriptRow } from '../treeRows.ts';

const workstation = 'Configure Developer Workstation';
const bitLocker = 'Enable BitLocker on Data Volumes';
const spooler = 'Restart Stopped Print Spooler';
const disk = 'Free Disk Space Below 10 GB';
const proxy = 'Linux – Configure Proxy';

const open = ({ settings, ...options }: CommandWindowOptions = {}) =>
  createCommandWindow({
    permitted: true,
    usedLately: ['HR Devices', 'Build Servers'],
    ...options,
    settings: { confirmAbove: 100_000, ...settings },
  });

const withGroup = (old: string, other: string): Turn => [`Replace “${old}” with`, other];
const replace = (old: string, other: string): Turn => ['Replace Group', `Replace “${old}” with “${other}”`];
const inScripts = (old: string, ...scripts: readonly string[]): Turn => [`Scripts with “${old}”`, scripts];
const reviewOf = (script: string): Turn => [`Change the assignments of “${script}”?`, 'Change in Contoso'];

describe('Replace Group', () => {
  test('on a group asks with which, how and in which scripts, all of them checked, and changes them', async () => {
    const one = await open();
    const [groups, modes, scripts, review, result] = await one.talk(
      () => replaceGroup(one.parts)(groupRow(one, 'Build Servers')),
      withGroup('Build Servers', 'Cloud PCs'),
      replace('Build Servers', 'Cloud PCs'),
      inScripts('Build Servers', workstation, disk),
      ['Change the assignments of 2 scripts?', 'Change in Contoso'],
      ['2 scripts are changed in Contoso.'],
    );
    assert.deepEqual(groups?.lines, ['HR Devices'], 'the group itself and everyone are not offered');
    assert.deepEqual(modes?.lines, ['Replace “Build Servers” with “Cloud PCs”', 'Add “Cloud PCs” wherever “Build Servers” is']);
    assert.deepEqual(scripts?.lines, [workstation, disk, proxy]);
    assert.deepEqual(scripts?.marked, [workstation, disk, proxy]);
    assert.deepEqual(review?.lines.slice(1, 7), [
      `${workstation}: adds 1 assignment, removes 1, keeps 1`,
      `${disk}: adds 1 assignment, removes 1, keeps 1`,
      'Cloud PCs · 350 devices',
      'No longer excludes Build Servers · 36 devices',
      'Removes Build Servers',
      'Excludes Cloud PCs',
    ]);
    assert.deepEqual(result?.marked, ['Undo…', 'Show Report']);
    assert.deepEqual(rowsIn(one, workstation), ['Cloud PCs', 'Developer Workstations']);
    assert.deepEqual(rowsIn(one, disk), ['All devices, daily 1 03:00:00 true, include Corporate Windows Devices', 'not Cloud PCs']);
    assert.ok(rowsIn(one, proxy).includes('not Build Servers'));
  });

  test('adds the other group beside it, where that is chosen', async () => {
    const one = await open();
    await one.talk(
      () => replaceGroup(one.parts)(groupRow(one, 'Build Servers')),
      withGroup('Build Servers', 'HR Devices'),
      ['Replace Group', 'Add “HR Devices” wherever “Build Servers” is'],
      inScripts('Build Servers', workstation),
      [`Assign “${workstation}” to “HR Devices”?`, 'Assign in Contoso'],
      [`${workstation} is assigned to HR Devices.`],
    );
    assert.deepEqual(rowsIn(one, workstation), ['Build Servers', 'Developer Workstations', 'HR Devices']);
  });

  test('from the palette asks for the old group first, among those that scripts target', async () => {
    const one = await open();
    const [old] = await one.talk(
      () => replaceGroup(one.parts)(),
      ['Replace Group', 'Developer Workstations'],
      withGroup('Developer Workstations', 'HR Devices'),
      replace('Developer Workstations', 'HR Devices'),
      inScripts('Developer Workstations', workstation),
      reviewOf(workstation),
      [`The assignments of ${workstation} are changed.`],
    );
    assert.ok(old?.lines.includes('Build Servers') && !old.lines.includes('Training Room A'));
    assert.deepEqual(rowsIn(one, workstation), ['Build Servers', 'HR Devices']);
  });

  test('on assignments, and by a key on those that are selected, checks their scripts alone', async () => {
    const one = await open();
    const [, , scripts] = await one.talk(
      () => replaceGroup(one.parts)(assignmentRow(one, workstation, 'Build Servers')),
      withGroup('Build Servers', 'HR Devices'),
      replace('Build Servers', 'HR Devices'),
      ['Scripts with “Build Servers”'],
    );
    assert.deepEqual([scripts?.lines, scripts?.marked], [[workstation, disk, proxy], [workstation]]);
    const rows = [assignmentRow(one, workstation, 'Build Servers'), assignmentRow(one, disk, 'not Build Servers')] as const;
    const parts = { ...one.parts, selectedNodes: () => rows };
    for (const args of [menuOn(...rows), ['selection']]) {
      const [, , both] = await one.talk(
        () => replaceGroup(parts)(...args),
        withGroup('Build Servers', 'HR Devices'),
        replace('Build Servers', 'HR Devices'),
        ['Scripts with “Build Servers”'],
      );
      assert.deepEqual(both?.marked, [workstation, disk]);
    }
  });

  test('on a script asks for the old group, as from the palette', async () => {
    const one = await open();
    await one.talk(() => replaceGroup(one.parts)(scriptRow(one, workstation)), ['Replace Group']);
    assert.deepEqual(one.happened(), []);
  });

  test('writes nothing where any of its questions is left', async () => {
    const one = await open();
    const turns: readonly Turn[] = [
      ['Replace Group', 'Developer Workstations'],
      withGroup('Developer Workstations', 'HR Devices'),
      replace('Developer Workstations', 'HR Devices'),
      inScripts('Developer Workstations', workstation),
      reviewOf(workstation),
    ];
    for (const [index, [asked]] of turns.entries()) await one.talk(() => replaceGroup(one.parts)(), ...turns.slice(0, index), [asked]);
    assert.deepEqual(writesIn(one.world), []);
  });

  test('asks for the permission once the scripts are known, and for nothing more without', async () => {
    const one = await open({ permitted: false });
    await one.talk(
      () => replaceGroup(one.parts)(groupRow(one, 'Developer Workstations')),
      withGroup('Developer Workstations', 'HR Devices'),
      replace('Developer Workstations', 'HR Devices'),
      inScripts('Developer Workstations', workstation),
    );
    assert.equal(one.happened()[0], 'permission: write');
    assert.deepEqual(writesIn(one.world), []);
  });

  test('takes no group that is deleted by the time that it is picked', async () => {
    const one = await open();
    await one.talk(
      () => replaceGroup(one.parts)(groupRow(one, 'Build Servers')),
      [
        'Replace “Build Servers” with',
        () => {
          one.world.tenant.admin.deleteGroup(groupNamed(one.world, 'HR Devices'));
          return 'HR Devices';
        },
      ],
      ['The group HR Devices is deleted.'],
    );
  });

  test('leaves a script that excludes the new group with the old one, and says so', async () => {
    const one = await open();
    give(one, bitLocker, 'Build Servers', 'not HR Devices');
    await one.world.connection.inventory.load();
    const [, , , review, result] = await one.talk(
      () => replaceGroup(one.parts)(groupRow(one, 'Build Servers')),
      withGroup('Build Servers', 'HR Devices'),
      replace('Build Servers', 'HR Devices'),
      inScripts('Build Servers', workstation, bitLocker),
      reviewOf(workstation),
      [`The assignments of ${workstation} are changed. 1 script is not changed: Show Report says why.`],
    );
    assert.equal(review?.lines.at(-1), `⚠ ${bitLocker} is not changed. HR Devices is excluded there, so it isn’t assigned.`);
    assert.deepEqual(result?.marked, ['Undo…', 'Show Report']);
    assert.deepEqual(rowsIn(one, bitLocker), ['Build Servers', 'not HR Devices']);
  });

  test('keeps the schedule that the new group has already, and says so', async () => {
    const one = await open();
    const old = 'Finance – All Laptops';
    const [, , , review] = await one.talk(
      () => replaceGroup(one.parts)(groupRow(one, old)),
      withGroup(old, 'HR Devices'),
      replace(old, 'HR Devices'),
      inScripts(old, spooler),
      [`Remove 1 assignment from “${spooler}”?`, 'Remove in Contoso'],
      [`${spooler} is no longer assigned to ${old}. Show Report says what was left out.`],
    );
    assert.ok(review?.lines.includes('⚠ HR Devices is there already with another schedule or filter, and stays as it is.'));
    assert.deepEqual(rowsIn(one, spooler), ['HR Devices, hourly 1', 'not HR – Kiosks']);
  });

  test('of a script that has lost the old group meanwhile says so and leaves it', async () => {
    const one = await open();
    const row = groupRow(one, 'Developer Workstations');
    give(one, workstation, 'Training Room A');
    await one.talk(
      () => replaceGroup(one.parts)(row),
      withGroup('Developer Workstations', 'HR Devices'),
      replace('Developer Workstations', 'HR Devices'),
      inScripts('Developer Workstations', workstation),
      [`${workstation} is not assigned like this any more.`],
    );
    assert.deepEqual(writesIn(one.world), []);
  });

  test('has the number typed where many are reached, and the name of a protected group that goes', async () => {
    const one = await open({ settings: { confirmAbove: 50 } });
    const turns = [
      withGroup('Build Servers', 'HR Devices'),
      replace('Build Servers', 'HR Devices'),
      inScripts('Build Servers', workstation),
      reviewOf(workstation),
    ];
    const typed: Turn = [`Change the assignments of “${workstation}”?`];
    const many = await one.talk(() => replaceGroup(one.parts)(groupRow(one, 'Build Servers')), ...turns, typed);
    assert.deepEqual(many.at(-1)?.lines, ['This reaches up to 86 devices. Type 86 to go on.']);
    one.settings = { ...one.settings, protectedGroups: [groupNamed(one.world, 'Build Servers')] };
    const guarded = await one.talk(() => replaceGroup(one.parts)(groupRow(one, 'Build Servers')), ...turns, typed);
    assert.deepEqual(guarded.at(-1)?.lines, ['Build Servers is a protected group. Type its name to go on.']);
    assert.deepEqual(writesIn(one.world), []);
  });

  test('that somebody was quicker than writes nothing, and Plan Again starts from what they did', async () => {
    const one = await open();
    const turns = [
      withGroup('Build Servers', 'HR Devices'),
      replace('Build Servers', 'HR Devices'),
      inScripts('Build Servers', workstation),
    ];
    const all = await one.talk(
      () => replaceGroup(one.parts)(groupRow(one, 'Build Servers')),
      ...turns,
      [
        `Change the assignments of “${workstation}”?`,
        () => {
          give(one, workstation, 'Build Servers', 'Training Room A');
          return 'Change in Contoso';
        },
      ],
      [`${workstation} was changed since the plan was made, and stays as it is.`, 'Plan Again'],
      reviewOf(workstation),
      [`The assignments of ${workstation} are changed.`],
    );
    assert.equal(all.at(-2)?.lines[1], `${workstation}: adds 1 assignment, removes 1, keeps 1`);
    assert.deepEqual(rowsIn(one, workstation), ['HR Devices', 'Training Room A']);
  });
});
