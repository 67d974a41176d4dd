import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assignScriptsToGroup, assignToEveryone, assignToGroup } from '../../../../src/features/assign/assign.ts';
import { groupNamed, writesIn } from '../../intune/support.ts';
import { type CommandWindowOptions, createCommandWindow } from '../commandWindow.ts';
import type { Turn } from '../conversation.ts';
import { assignmentRow, give, groupRow, menuOn, rowsIn, scriptRow } from '../treeRows.ts';

const workstation = 'Configure Developer Workstation';
const bitLocker = 'Enable BitLocker on Data Volumes';
const spooler = 'Restart Stopped Print Spooler';
const unassigned = 'Reset Stale Windows Update Policy';
const compliance = 'Compliance: BIOS Version';

const open = (options: CommandWindowOptions = {}) =>
  createCommandWindow({ permitted: true, usedLately: ['HR Devices', 'Training Room A'], ...options });

const groupsOf = (script: string, ...groups: readonly string[]): Turn => [`Assign “${script}” to Groups`, groups];
const reviewOf = (script: string, target: string): Turn => [`Assign “${script}” to “${target}”?`, 'Assign in Contoso'];

describe('Assign to Group', () => {
  test('on a script asks for the groups, has the change reviewed, writes it and says so', async () => {
    const one = await open();
    const [groups, review, result] = await one.talk(
      () => assignToGroup(one.parts)(scriptRow(one, workstation)),
      groupsOf(workstation, 'HR Devices', 'Cloud PCs'),
      [`Assign “${workstation}” to 2 groups?`, 'Assign in Contoso'],
      [`${workstation} is assigned.`],
    );
    assert.deepEqual(groups?.lines, ['HR Devices', 'Training Room A', 'All devices', 'All users']);
    assert.deepEqual(review?.lines.slice(0, 4), [
      'Contoso · ada@contoso.example',
      `${workstation}: adds 2 assignments, keeps 2`,
      'HR Devices · 86 devices',
      'Cloud PCs · 350 devices',
    ]);
    assert.deepEqual(review?.marked, ['Assign in Contoso', 'Show Plan']);
    assert.deepEqual(result?.marked, ['Undo…', 'Show Log']);
    assert.deepEqual(rowsIn(one, workstation), ['Build Servers', 'Cloud PCs', 'Developer Workstations', 'HR Devices']);
    assert.equal(scriptRow(one, workstation).script.assignments.length, 4, 'the views show it');
  });

  test('from the palette asks for the scripts first, of which those of a compliance policy are none', async () => {
    const one = await open();
    const [scripts, , review] = await one.talk(
      () => assignToGroup(one.parts)(),
      ['Assign to Group: Scripts', [workstation, bitLocker]],
      ['Assign 2 scripts to Groups', 'HR Devices'],
      ['Assign 2 scripts to “HR Devices”?', 'Assign in Contoso'],
      ['2 scripts are assigned in Contoso.'],
    );
    assert.ok(scripts?.lines.includes(unassigned) && !scripts.lines.includes(compliance));
    assert.deepEqual(review?.lines.slice(1, 4), [
      `${workstation}: adds 1 assignment, keeps 2`,
      `${bitLocker}: adds 1 assignment, keeps 3`,
      'HR Devices · 86 devices',
    ]);
    for (const name of [workstation, bitLocker]) assert.ok(rowsIn(one, name).includes('HR Devices'), name);
  });

  test('on several rows takes each script once, that of an assignment too, and leaves one of a compliance policy with words', async () => {
    const one = await open();
    const rows = menuOn(
      scriptRow(one, workstation),
      assignmentRow(one, workstation, 'Build Servers'),
      assignmentRow(one, bitLocker, 'Legal – Laptops'),
      scriptRow(one, compliance),
    );
    await one.talk(
      () => assignToGroup(one.parts)(...rows),
      ['Custom compliance scripts are assigned through their compliance policy, so 1 script cannot be assigned here.'],
      ['Assign 2 scripts to Groups', 'HR Devices'],
      ['Assign 2 scripts to “HR Devices”?', 'Assign in Contoso'],
      ['2 scripts are assigned in Contoso.'],
    );
    assert.deepEqual(rowsIn(one, compliance), []);
  });

  test('on nothing but a script of a compliance policy says so and asks nothing', async () => {
    const one = await open();
    await one.talk(
      () => assignToGroup(one.parts)(scriptRow(one, compliance)),
      ['Custom compliance scripts are assigned through their compliance policy, so 1 script cannot be assigned here.'],
    );
    assert.deepEqual(one.happened(), []);
  });

  test('has nobody pick groups in vain who has no permission to write', async () => {
    const one = await open({ permitted: false });
    await one.talk(() => assignToGroup(one.parts)(scriptRow(one, workstation)));
    assert.deepEqual(one.happened(), ['permission: write']);
  });

  test('asks how a remediation is to run, and the review says it, with what is known of remediations the first time', async () => {
    const one = await open();
    const ask = `Assign “${unassigned}”: Schedule and Filter`;
    const [, how, , , , , , again, review] = await one.talk(
      () => assignToGroup(one.parts)(scriptRow(one, unassigned)),
      groupsOf(unassigned, 'HR Devices'),
      [ask, 'Choose Another Schedule…'],
      [ask, 'Hourly'],
      [ask, '4'],
      [ask, 'Choose a Filter…'],
      [ask, 'Virtual Machines'],
      [ask, 'All but devices that match'],
      [ask, 'Every 4 hours'],
      reviewOf(unassigned, 'HR Devices'),
      [`${unassigned} is assigned to HR Devices.`],
    );
    assert.deepEqual(how?.lines, ['Every day at 09:00, device time', 'Choose Another Schedule…', 'Choose a Filter…']);
    assert.equal(again?.lines[0], 'Every 4 hours');
    assert.equal(review?.lines[2], 'HR Devices · 86 devices · Every 4 hours · filter: all but Virtual Machines');
    assert.match(review?.lines.at(-1) ?? '', /devices run it whichever tool assigned it/);
    assert.deepEqual(rowsIn(one, unassigned), ['HR Devices, hourly 4, exclude Virtual Machines']);
  });

  test('writes nothing where any of its questions is left', async () => {
    const one = await open({ settings: { confirmAbove: 50 } });
    const ask = `Assign “${unassigned}”: Schedule and Filter`;
    const turns: readonly Turn[] = [
      ['Assign to Group: Scripts', unassigned],
      groupsOf(unassigned, 'HR Devices'),
      [ask, 'Every day at 09:00, device time'],
      reviewOf(unassigned, 'HR Devices'),
      [`Assign “${unassigned}” to “HR Devices”?`, '86'],
    ];
    for (const [index, [asked]] of turns.entries()) {
      await one.talk(() => assignToGroup(one.parts)(), ...turns.slice(0, index), [asked]);
    }
    assert.deepEqual([writesIn(one.world), rowsIn(one, unassigned)], [[], []]);
  });

  test('on one script includes a group that is excluded, and the review says so first', async () => {
    const one = await open();
    give(one, workstation, 'not HR Devices', 'Build Servers');
    const [, review] = await one.talk(
      () => assignToGroup(one.parts)(scriptRow(one, workstation)),
      groupsOf(workstation, 'HR Devices'),
      [`Include “HR Devices” in “${workstation}” instead of excluding it?`, 'Assign in Contoso'],
      [`${workstation} is assigned to HR Devices.`],
    );
    assert.deepEqual(review?.lines.slice(1, 3), [
      `${workstation}: changes 1 assignment, keeps 1`,
      'HR Devices will be included instead of excluded · 86 devices',
    ]);
    assert.deepEqual(rowsIn(one, workstation), ['Build Servers', 'HR Devices']);
  });

  test('on several scripts leaves a group that is excluded from one of them, and says so in the review and at the end', async () => {
    const one = await open();
    give(one, workstation, 'not HR Devices', 'Build Servers');
    const [, review, result] = await one.talk(
      () => assignToGroup(one.parts)(...menuOn(scriptRow(one, workstation), scriptRow(one, bitLocker))),
      ['Assign 2 scripts to Groups', 'HR Devices'],
      reviewOf(bitLocker, 'HR Devices'),
      [`${bitLocker} is assigned to HR Devices. 1 script is not changed: Show Report says why.`],
    );
    assert.equal(review?.lines.at(-1), `⚠ ${workstation} is not changed. HR Devices is excluded there, so it isn’t assigned.`);
    assert.deepEqual(result?.marked, ['Undo…', 'Show Report']);
    assert.deepEqual(rowsIn(one, workstation), ['Build Servers', 'not HR Devices']);
  });

  test('of what is there already says that it is, and asks nothing more', async () => {
    const one = await open();
    give(one, workstation, 'HR Devices');
    await one.talk(() => assignToGroup(one.parts)(scriptRow(one, workstation)), groupsOf(workstation, 'HR Devices'), [
      `${workstation} has these assignments already.`,
    ]);
    assert.deepEqual(writesIn(one.world), []);
  });

  test('leaves an assignment that runs otherwise as it is, and says so', async () => {
    const one = await open();
    await one.talk(
      () => assignToGroup(one.parts)(scriptRow(one, spooler)),
      groupsOf(spooler, 'HR Devices'),
      [`Assign “${spooler}”: Schedule and Filter`, 'Every day at 09:00, device time'],
      [`${spooler} is not changed. HR Devices is there already with another schedule or filter, and stays as it is.`],
    );
    assert.ok(rowsIn(one, spooler).includes('HR Devices, hourly 1'));
  });

  test('leaves out a group that is deleted while it is picked, and says so', async () => {
    const one = await open();
    await one.talk(
      () => assignToGroup(one.parts)(scriptRow(one, workstation)),
      [
        `Assign “${workstation}” to Groups`,
        () => {
          one.world.tenant.admin.deleteGroup(groupNamed(one.world, 'HR Devices'));
          return 'HR Devices';
        },
      ],
      ['The group HR Devices was deleted meanwhile. Nothing new is assigned to it.'],
    );
    assert.deepEqual(writesIn(one.world), []);
  });

  test('has the number typed where more are reached than the settings let through at a click', async () => {
    const one = await open({ settings: { confirmAbove: 100 } });
    const [, , typed] = await one.talk(
      () => assignToGroup(one.parts)(scriptRow(one, workstation)),
      groupsOf(workstation, 'HR Devices', 'Training Room A'),
      [`Assign “${workstation}” to 2 groups?`, 'Assign in Contoso'],
      [`Assign “${workstation}” to 2 groups?`, '106'],
      [`${workstation} is assigned.`],
    );
    assert.deepEqual(typed?.lines, ['This reaches up to 106 devices. Type 106 to go on.']);
  });

  test('has the name of a protected group typed, however small it is', async () => {
    const one = await open();
    one.settings = { ...one.settings, protectedGroups: [groupNamed(one.world, 'Training Room A')] };
    const [, , typed] = await one.talk(
      () => assignToGroup(one.parts)(scriptRow(one, workstation)),
      groupsOf(workstation, 'Training Room A'),
      reviewOf(workstation, 'Training Room A'),
      [`Assign “${workstation}” to “Training Room A”?`, 'training room a'],
      [`${workstation} is assigned to Training Room A.`],
    );
    assert.deepEqual(typed?.lines, ['Training Room A is a protected group. Type its name to go on.']);
  });

  test('that somebody was quicker than writes nothing, and Plan Again starts from what they did', async () => {
    const one = await open();
    const [, , conflict, again] = await one.talk(
      () => assignToGroup(one.parts)(scriptRow(one, workstation)),
      groupsOf(workstation, 'HR Devices'),
      [
        `Assign “${workstation}” to “HR Devices”?`,
        () => {
          give(one, workstation, 'Training Room A');
          return 'Assign in Contoso';
        },
      ],
      [`${workstation} was changed since the plan was made, and stays as it is.`, 'Plan Again'],
      reviewOf(workstation, 'HR Devices'),
      [`${workstation} is assigned to HR Devices.`],
    );
    assert.deepEqual(conflict?.marked, ['Plan Again', 'Show Changes', 'Show Log']);
    assert.equal(again?.lines[1], `${workstation}: adds 1 assignment, keeps 1`);
    assert.deepEqual(rowsIn(one, workstation), ['HR Devices', 'Training Room A']);
  });

  test('shows the plan in place of the review where that is wanted, and writes it when it is applied', async () => {
    const one = await open();
    await one.talk(() => assignToGroup(one.parts)(scriptRow(one, workstation)), groupsOf(workstation, 'HR Devices'), [
      `Assign “${workstation}” to “HR Devices”?`,
      'Show Plan',
    ]);
    assert.deepEqual(writesIn(one.world), []);
    await one.talk(one.documents.apply, [`${workstation} is assigned to HR Devices.`]);
    assert.equal(one.documents.shownPlan(), undefined);
  });
});

describe('Assign to All Devices and Assign to All Users', () => {
  const timeMachine = 'Last Time Machine Backup';

  test('from the palette ask for the scripts, and have the name of everyone typed', async () => {
    const one = await open();
    const [, , typed] = await one.talk(
      () => assignToEveryone(one.parts, 'allDevices')(),
      ['Assign to All Devices: Scripts', timeMachine],
      reviewOf(timeMachine, 'All devices'),
      [`Assign “${timeMachine}” to “All devices”?`, 'all devices'],
      [`${timeMachine} is assigned to All devices.`],
    );
    assert.deepEqual(typed?.lines, ['This reaches everybody in the tenant. Type “All devices” to go on.']);
    assert.deepEqual(rowsIn(one, timeMachine), ['All devices']);
  });

  test('on a remediation ask how it is to run', async () => {
    const one = await open();
    await one.talk(
      () => assignToEveryone(one.parts, 'allUsers')(scriptRow(one, unassigned)),
      [`Assign “${unassigned}”: Schedule and Filter`, 'Every day at 09:00, device time'],
      reviewOf(unassigned, 'All users'),
      [`Assign “${unassigned}” to “All users”?`, 'All users'],
      [`${unassigned} is assigned to All users.`],
    );
    assert.deepEqual(rowsIn(one, unassigned), ['All users, daily 1 09:00:00 false']);
  });

  test('write nothing where the name is not typed', async () => {
    const one = await open();
    await one.talk(() => assignToEveryone(one.parts, 'allUsers')(scriptRow(one, timeMachine)), reviewOf(timeMachine, 'All users'), [
      `Assign “${timeMachine}” to “All users”?`,
    ]);
    assert.deepEqual(rowsIn(one, timeMachine), []);
  });

  test('say of a script that is assigned so that it is', async () => {
    const one = await open();
    const name = 'Set Time Zone by Location';
    await one.talk(() => assignToEveryone(one.parts, 'allDevices')(scriptRow(one, name)), [`${name} has these assignments already.`]);
  });
});

describe('Assign Scripts to Group', () => {
  test('on a group asks for the scripts, and only then for the permission', async () => {
    const one = await open();
    const [scripts] = await one.talk(
      () => assignScriptsToGroup(one.parts)(groupRow(one, 'Kiosk Devices')),
      ['Assign Scripts to “Kiosk Devices”', [workstation, bitLocker]],
      ['Assign 2 scripts to “Kiosk Devices”?', 'Assign in Contoso'],
      ['2 scripts are assigned in Contoso.'],
    );
    assert.ok(!scripts?.lines.includes(compliance));
    for (const name of [workstation, bitLocker]) assert.ok(rowsIn(one, name).includes('Kiosk Devices'), name);
    const other = await open({ permitted: false });
    const row = groupRow(other, 'Kiosk Devices');
    await other.talk(() => assignScriptsToGroup(other.parts)(row), ['Assign Scripts to “Kiosk Devices”', workstation]);
    assert.equal(other.happened()[0], 'permission: write');
  });

  test('from the palette asks for groups first, and everyone is not among them', async () => {
    const one = await open();
    const [groups] = await one.talk(
      () => assignScriptsToGroup(one.parts)(),
      ['Assign Scripts to Groups', ['HR Devices', 'Training Room A']],
      ['Assign Scripts to 2 groups', workstation],
      [`Assign “${workstation}” to 2 groups?`, 'Assign in Contoso'],
      [`${workstation} is assigned.`],
    );
    assert.deepEqual(groups?.lines, ['HR Devices', 'Training Room A']);
  });

  test('on a group that is deleted says so and asks nothing', async () => {
    const one = await open();
    const row = groupRow(one, 'Build Servers');
    one.world.tenant.admin.deleteGroup(row.groupId);
    await one.talk(() => assignScriptsToGroup(one.parts)(row), ['The group Build Servers is deleted.']);
    assert.deepEqual(writesIn(one.world), []);
  });

  test('writes nothing where any of its questions is left', async () => {
    const one = await open();
    const turns: readonly Turn[] = [
      ['Assign Scripts to Groups', 'HR Devices'],
      ['Assign Scripts to “HR Devices”', workstation],
      reviewOf(workstation, 'HR Devices'),
    ];
    for (const [index, [asked]] of turns.entries()) {
      await one.talk(() => assignScriptsToGroup(one.parts)(), ...turns.slice(0, index), [asked]);
    }
    assert.deepEqual(writesIn(one.world), []);
  });
});
