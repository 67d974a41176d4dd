import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { copyAssignments } from '../../../../src/features/assign/copyAssignments.ts';
import { groupNamed, writesIn } from '../../intune/support.ts';
import { type CommandWindowOptions, createCommandWindow } from '../commandWindow.ts';
import type { Turn } from '../conversation.ts';
import { assignmentRow, give, menuOn, rowsIn, scriptRow } from '../treeRows.ts';

const workstation = 'Configure Developer Workstation';
const bitLocker = 'Enable BitLocker on Data Volumes';
const spooler = 'Restart Stopped Print Spooler';
const unassigned = 'Reset Stale Windows Update Policy';
const signature = 'Outlook Signature';
const compliance = 'Compliance: BIOS Version';

const open = ({ settings, ...options }: CommandWindowOptions = {}) =>
  createCommandWindow({ permitted: true, ...options, settings: { confirmAbove: 100_000, ...settings } });

const to = (from: string, ...scripts: readonly string[]): Turn => [`Copy Assignments of “${from}” to`, scripts];
const how = (from: string, answer: string, count = '1 script'): Turn => [`Copy Assignments of “${from}” to ${count}`, answer];

describe('Copy Assignments', () => {
  test('on a script asks to where and how, and adds to what is there', async () => {
    const one = await open();
    const [scripts, modes, review, result] = await one.talk(
      () => copyAssignments(one.parts)(scriptRow(one, workstation)),
      to(workstation, bitLocker),
      how(workstation, 'Add'),
      [`Assign “${bitLocker}” to 2 groups?`, 'Assign in Contoso'],
      [`${bitLocker} is assigned.`],
    );
    for (const name of [workstation, compliance]) assert.ok(!scripts?.lines.includes(name), name);
    assert.deepEqual(modes?.lines, ['Add', 'Replace']);
    assert.deepEqual(modes?.beside, [
      'What they are assigned to already stays as it is',
      `What “${workstation}” is not assigned to is removed`,
    ]);
    assert.deepEqual(review?.lines.slice(1, 4), [
      `${bitLocker}: adds 2 assignments, keeps 3`,
      'Build Servers · 36 devices',
      'Developer Workstations · 1,024 devices',
    ]);
    assert.deepEqual(result?.marked, ['Undo…', 'Show Log']);
    assert.deepEqual(rowsIn(one, bitLocker), [
      '**Executives**',
      'Build Servers',
      'Developer Workstations',
      'Legal – Laptops',
      'أجهزة المالية',
    ]);
    assert.deepEqual(rowsIn(one, workstation), ['Build Servers', 'Developer Workstations']);
  });

  test('replaces what is there, where that is chosen', async () => {
    const one = await open();
    const [, , review] = await one.talk(
      () => copyAssignments(one.parts)(scriptRow(one, spooler)),
      to(spooler, 'Größe der Auslagerungsdatei prüfen'),
      how(spooler, 'Replace'),
      ['Change the assignments of “Größe der Auslagerungsdatei prüfen”?', 'Change in Contoso'],
      ['The assignments of Größe der Auslagerungsdatei prüfen are changed.'],
    );
    assert.deepEqual(review?.lines.slice(1, 6), [
      'Größe der Auslagerungsdatei prüfen: adds 3 assignments, removes 1',
      'HR Devices · 86 devices · Every hour',
      'Finance – All Laptops · 412 devices · Every 4 hours',
      'Removes Größe & Straße – München',
      'Excludes HR – Kiosks',
    ]);
    assert.deepEqual(rowsIn(one, 'Größe der Auslagerungsdatei prüfen'), rowsIn(one, spooler));
  });

  test('from the palette asks from where first, among the scripts that are assigned', async () => {
    const one = await open();
    const [from] = await one.talk(
      () => copyAssignments(one.parts)(),
      ['Copy Assignments: From', workstation],
      to(workstation, bitLocker, signature),
      how(workstation, 'Add', '2 scripts'),
      ['Assign 2 scripts to 2 groups?', 'Assign in Contoso'],
      ['2 scripts are assigned in Contoso.'],
    );
    assert.ok(!from?.lines.includes(unassigned));
    assert.ok(rowsIn(one, signature).includes('Build Servers'));
  });

  test('on several rows asks from which, and on an assignment takes all of its script', async () => {
    const one = await open();
    await one.talk(
      () => copyAssignments(one.parts)(...menuOn(scriptRow(one, workstation), scriptRow(one, bitLocker))),
      ['Copy Assignments: From'],
    );
    await one.talk(
      () => copyAssignments(one.parts)(assignmentRow(one, workstation, 'Build Servers')),
      to(workstation, bitLocker),
      how(workstation, 'Add'),
      [`Assign “${bitLocker}” to 2 groups?`],
    );
    assert.deepEqual(writesIn(one.world), []);
  });

  test('writes nothing where any of its questions is left', async () => {
    const one = await open();
    const turns: readonly Turn[] = [
      ['Copy Assignments: From', workstation],
      to(workstation, bitLocker),
      how(workstation, 'Replace'),
      [`Change the assignments of “${bitLocker}”?`],
    ];
    for (const [index, [asked]] of turns.entries()) await one.talk(() => copyAssignments(one.parts)(), ...turns.slice(0, index), [asked]);
    assert.deepEqual(writesIn(one.world), []);
  });

  test('asks for the permission once it is known where to, and for nothing more without', async () => {
    const one = await open({ permitted: false });
    await one.talk(() => copyAssignments(one.parts)(scriptRow(one, workstation)), to(workstation, bitLocker));
    assert.deepEqual(one.happened(), ['permission: write']);
  });

  test('says what scripts of another kind do not have', async () => {
    const one = await open();
    const from = 'Defender Signatures Older Than 3 Days';
    const [, , review, result] = await one.talk(
      () => copyAssignments(one.parts)(scriptRow(one, from)),
      to(from, workstation),
      how(from, 'Add'),
      [`Assign “${workstation}” to “Windows 10 – End of Support”?`, 'Assign in Contoso'],
      [`${workstation} is assigned to Windows 10 – End of Support. Show Report says what was left out.`],
    );
    assert.equal(
      review?.lines.at(-2),
      '⚠ 1 assignment left out: Platform scripts (Windows) have no filters, and more would be reached without.',
    );
    assert.deepEqual(result?.marked, ['Undo…', 'Show Report']);
    assert.deepEqual(rowsIn(one, workstation), ['Build Servers', 'Developer Workstations', 'Windows 10 – End of Support']);
  });

  test('leaves a group that is excluded where it would be assigned, and says so', async () => {
    const one = await open();
    give(one, bitLocker, 'not Build Servers', 'Legal – Laptops');
    const [, , review] = await one.talk(
      () => copyAssignments(one.parts)(scriptRow(one, workstation)),
      to(workstation, bitLocker),
      how(workstation, 'Add'),
      [`Assign “${bitLocker}” to “Developer Workstations”?`, 'Assign in Contoso'],
      [`${bitLocker} is assigned to Developer Workstations. Show Report says what was left out.`],
    );
    assert.equal(review?.lines.at(-1), '⚠ Build Servers is excluded there, so it isn’t assigned.');
    assert.deepEqual(rowsIn(one, bitLocker), ['Developer Workstations', 'Legal – Laptops', 'not Build Servers']);
  });

  test('copies what the source has now, though the row is hours old, and says where that is nothing', async () => {
    const one = await open();
    const row = scriptRow(one, workstation);
    give(one, workstation, 'HR Devices');
    await one.talk(
      () => copyAssignments(one.parts)(row),
      to(workstation, bitLocker),
      how(workstation, 'Add'),
      [`Assign “${bitLocker}” to “HR Devices”?`, 'Assign in Contoso'],
      [`${bitLocker} is assigned to HR Devices.`],
    );
    give(one, workstation);
    await one.talk(() => copyAssignments(one.parts)(row), to(workstation, bitLocker), how(workstation, 'Replace'), [
      'There is nothing to copy: no such assignment is there now.',
    ]);
    assert.equal(rowsIn(one, bitLocker).length, 4, 'and nothing is removed');
  });

  test('of a policy set copies nothing, and says so', async () => {
    const one = await open();
    const from = 'Linux – Install Security Updates';
    const [, , review] = await one.talk(
      () => copyAssignments(one.parts)(scriptRow(one, from)),
      to(from, 'Linux – Collect Logs ("debug")'),
      how(from, 'Add'),
      ['Assign “Linux – Collect Logs ("debug")” to “Linux Workstations”?', 'Assign in Contoso'],
      ['Linux – Collect Logs ("debug") is assigned to Linux Workstations. Show Report says what was left out.'],
    );
    assert.equal(review?.lines.at(-1), '⚠ 1 assignment left out: from a policy set.');
    assert.deepEqual(rowsIn(one, 'Linux – Collect Logs ("debug")'), ['Linux Workstations']);
  });

  test('of what is there already says that it is', async () => {
    const one = await open();
    give(one, bitLocker, 'Developer Workstations', 'Build Servers', 'Legal – Laptops');
    await one.talk(() => copyAssignments(one.parts)(scriptRow(one, workstation)), to(workstation, bitLocker), how(workstation, 'Add'), [
      `${bitLocker} has these assignments already.`,
    ]);
    assert.deepEqual(writesIn(one.world), []);
  });

  test('has the number typed where many are reached, and the name of a protected group that goes', async () => {
    const one = await open({ settings: { confirmAbove: 1_000 } });
    const [, , , typed] = await one.talk(
      () => copyAssignments(one.parts)(scriptRow(one, workstation)),
      to(workstation, bitLocker),
      how(workstation, 'Add'),
      [`Assign “${bitLocker}” to 2 groups?`, 'Assign in Contoso'],
      [`Assign “${bitLocker}” to 2 groups?`],
    );
    assert.deepEqual(typed?.lines, ['This reaches up to 1,060 devices. Type 1060 to go on.']);
    one.settings = { ...one.settings, protectedGroups: [groupNamed(one.world, 'Legal – Laptops')] };
    const [, , , name] = await one.talk(
      () => copyAssignments(one.parts)(scriptRow(one, workstation)),
      to(workstation, bitLocker),
      how(workstation, 'Replace'),
      [`Change the assignments of “${bitLocker}”?`, 'Change in Contoso'],
      [`Change the assignments of “${bitLocker}”?`],
    );
    assert.deepEqual(name?.lines, ['Legal – Laptops is a protected group. Type its name to go on.']);
    assert.deepEqual(writesIn(one.world), []);
  });

  test('that somebody was quicker than writes nothing, and Plan Again starts from what they did', async () => {
    const one = await open();
    const [, , , , again] = await one.talk(
      () => copyAssignments(one.parts)(scriptRow(one, workstation)),
      to(workstation, bitLocker),
      how(workstation, 'Replace'),
      [
        `Change the assignments of “${bitLocker}”?`,
        () => {
          give(one, bitLocker, 'Build Servers', 'Training Room A');
          return 'Change in Contoso';
        },
      ],
      [`${bitLocker} was changed since the plan was made, and stays as it is.`, 'Plan Again'],
      [`Change the assignments of “${bitLocker}”?`, 'Change in Contoso'],
      [`The assignments of ${bitLocker} are changed.`],
    );
    assert.deepEqual(again?.lines.slice(1, 4), [
      `${bitLocker}: adds 1 assignment, removes 1, keeps 1`,
      'Developer Workstations · 1,024 devices',
      'Removes Training Room A',
    ]);
    assert.deepEqual(rowsIn(one, bitLocker), ['Build Servers', 'Developer Workstations']);
  });
});
