import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { editAssignment } from '../../../../src/features/edit/editAssignment.ts';
import { rowsOf } from '../../../../src/sample/index.ts';
import { groupNamed, writesIn } from '../../intune/support.ts';
import { type CommandWindowOptions, createCommandWindow } from '../commandWindow.ts';
import { back, type Turn } from '../conversation.ts';
import { assignmentRow, give, menuOn, rowsIn, scriptRow, stored } from '../treeRows.ts';

const spooler = 'Restart Stopped Print Spooler';
const cache = 'Clear Teams Cache';
const untouched = ['Finance – All Laptops, hourly 4', 'HR Devices, hourly 1', 'not HR – Kiosks'];

const open = (options: CommandWindowOptions = {}) => createCommandWindow({ permitted: true, ...options });

const edit = `Edit Assignment of “${spooler}”: HR Devices`;
const choose = (...answers: readonly string[]): readonly Turn[] => answers.map(answer => [edit, answer]);
const everySixHours = choose('Schedule', 'Hourly', '6', 'Review the Change…');
const review: Turn = [`Change the assignments of “${spooler}”?`, 'Change in Contoso'];
const changed: Turn = [`The assignment of ${spooler} to HR Devices is changed.`];

describe('Edit Assignment', () => {
  test('on an assignment shows what there is, has the change reviewed, writes it and leaves the other rows', async () => {
    const one = await open();
    const all = await one.talk(
      () => editAssignment(one.parts)(assignmentRow(one, spooler, 'HR Devices')),
      ...everySixHours,
      review,
      changed,
    );
    const [first, , hours, last, asked, result] = all;
    assert.deepEqual(first?.lines, ['Schedule', 'Filter', 'Exclude This Group Instead']);
    assert.deepEqual(first?.beside, ['Every hour', 'no filter', '']);
    assert.deepEqual([hours?.lines, hours?.beside], [['Hours from one run to the next'], ['1']]);
    assert.deepEqual(last?.lines, ['Review the Change…', 'Schedule', 'Filter', 'Exclude This Group Instead']);
    assert.deepEqual(asked?.lines.slice(0, 3), [
      'Contoso · ada@contoso.example',
      `${spooler}: changes 1 assignment, keeps 2`,
      'Changes HR Devices · Every 6 hours',
    ]);
    assert.deepEqual(result?.marked, ['Undo…', 'Show Log']);
    assert.deepEqual(rowsIn(one, spooler), ['Finance – All Laptops, hourly 4', 'HR Devices, hourly 6', 'not HR – Kiosks']);
  });

  test('from the palette asks for the script and then for the assignment, from where a step leads back', async () => {
    const one = await open();
    const [scripts, , , rows] = await one.talk(
      () => editAssignment(one.parts)(),
      ['Edit Assignment: Script', cache],
      [`Edit Assignment of “${cache}”`, back],
      ['Edit Assignment: Script', spooler],
      [`Edit Assignment of “${spooler}”`, 'HR Devices'],
      ...everySixHours,
      review,
      changed,
    );
    assert.ok(!scripts?.lines.includes('Configure Developer Workstation'), 'a script whose assignments have neither schedule nor filter');
    assert.deepEqual(rows?.lines, ['Finance – All Laptops', 'HR Devices', 'HR – Kiosks']);
  });

  test('changes schedule and filter at once, and a step back in a question changes neither', async () => {
    const one = await open();
    await one.talk(
      () => editAssignment(one.parts)(assignmentRow(one, spooler, 'HR Devices')),
      ...choose('Schedule', back, 'Schedule', 'Once', '2027-03-01', '21:30', 'UTC'),
      ...choose('Filter', 'Virtual Machines', 'Only devices that match', 'Review the Change…'),
      review,
      changed,
    );
    assert.deepEqual(rowsIn(one, spooler), [
      'Finance – All Laptops, hourly 4',
      'HR Devices, once 2027-03-01 21:30:00 true, include Virtual Machines',
      'not HR – Kiosks',
    ]);
  });

  test('excludes the group instead, and takes back in the same dialog what was turned', async () => {
    const one = await open();
    const [, turned, backAgain, , asked] = await one.talk(
      () => editAssignment(one.parts)(assignmentRow(one, spooler, 'HR Devices')),
      ...choose('Exclude This Group Instead', 'Include This Group Instead', 'Exclude This Group Instead', 'Review the Change…'),
      [`Exclude “HR Devices” from “${spooler}” instead of including it?`, 'Exclude in Contoso'],
      [`HR Devices is excluded from ${spooler}.`],
    );
    assert.deepEqual(turned?.lines, ['Review the Change…', 'Include This Group Instead']);
    assert.deepEqual(backAgain?.beside, ['Every hour', 'no filter', ''], 'with the schedule that it had');
    assert.equal(asked?.lines[2], 'HR Devices will be excluded instead of included');
    assert.deepEqual(rowsIn(one, spooler), ['Finance – All Laptops, hourly 4', 'not HR Devices', 'not HR – Kiosks']);
  });

  test('of an exclusion offers nothing but to include the group, which starts with the defaults', async () => {
    const one = await open();
    const title = `Edit Assignment of “${spooler}”: HR – Kiosks · excluded`;
    const [first, , asked] = await one.talk(
      () => editAssignment(one.parts)(assignmentRow(one, spooler, 'not HR – Kiosks')),
      [title, 'Include This Group Instead'],
      [title, 'Review the Change…'],
      [`Include “HR – Kiosks” in “${spooler}” instead of excluding it?`, 'Assign in Contoso'],
      [`${spooler} is assigned to HR – Kiosks.`],
    );
    assert.deepEqual(first?.lines, ['Include This Group Instead']);
    assert.equal(asked?.lines[2], 'HR – Kiosks will be included instead of excluded · 24 devices · Every day at 09:00, device time');
    assert.deepEqual(rowsIn(one, spooler), [
      'Finance – All Laptops, hourly 4',
      'HR Devices, hourly 1',
      'HR – Kiosks, daily 1 09:00:00 false',
    ]);
  });

  test('on several rows, or on a row that is no assignment, says what to select', async () => {
    const one = await open();
    const rows = ['HR Devices', 'Finance – All Laptops'].map(target => assignmentRow(one, spooler, target));
    const [first = assert.fail(), ...more] = rows;
    for (const args of [menuOn(first, ...more), [scriptRow(one, spooler)]]) {
      await one.talk(() => editAssignment(one.parts)(...args), ['Select one assignment to edit it.']);
    }
    assert.deepEqual(one.happened(), []);
  });

  test('on an assignment without schedule and filter says that there is nothing to change', async () => {
    const one = await open();
    const row = assignmentRow(one, 'Configure Developer Workstation', 'Build Servers');
    await one.talk(() => editAssignment(one.parts)(row), ['This assignment has no schedule and no filter that could be changed here.']);
    assert.deepEqual(one.happened(), []);
  });

  test('writes nothing where any of its questions is left', async () => {
    const one = await open();
    const turns: readonly Turn[] = [
      ['Edit Assignment: Script', spooler],
      [`Edit Assignment of “${spooler}”`, 'HR Devices'],
      ...choose('Filter', 'Virtual Machines', 'Only devices that match'),
      ...everySixHours,
      review,
    ];
    for (const [index, [asked]] of turns.entries()) await one.talk(() => editAssignment(one.parts)(), ...turns.slice(0, index), [asked]);
    assert.deepEqual([writesIn(one.world), rowsIn(one, spooler)], [[], untouched]);
  });

  test('asks nothing of who has no permission to write', async () => {
    const one = await open({ permitted: false });
    await one.talk(() => editAssignment(one.parts)(assignmentRow(one, spooler, 'HR Devices')));
    assert.deepEqual(one.happened(), ['permission: write']);
  });

  test('shows what there is now, though the row is hours old, and says where it is gone', async () => {
    const one = await open();
    const row = assignmentRow(one, spooler, 'HR Devices');
    const { family, id } = stored(one, spooler);
    const [kept] = rowsOf(stored(one, spooler));
    one.world.tenant.admin.assign(family, id, [
      {
        target: kept?.target ?? assert.fail(),
        runSchedule: { '@odata.type': '#microsoft.graph.deviceHealthScriptHourlySchedule', interval: 12 },
      },
    ]);
    await one.talk(() => editAssignment(one.parts)(row), ...choose('Schedule', 'Hourly', '12'), [edit]);
    give(one, spooler, 'Build Servers');
    await one.talk(() => editAssignment(one.parts)(row), ['This assignment is not there any more. Refresh, and look again.']);
    assert.deepEqual(writesIn(one.world), []);
  });

  test('has a protected group’s name typed before its schedule changes', async () => {
    const one = await open();
    one.settings = { ...one.settings, protectedGroups: [groupNamed(one.world, 'HR Devices')] };
    await one.talk(
      () => editAssignment(one.parts)(assignmentRow(one, spooler, 'HR Devices')),
      ...everySixHours,
      review,
      [`Change the assignments of “${spooler}”?`, 'HR Devices'],
      changed,
    );
  });

  test('has everybody’s name typed where a filter goes that held some back', async () => {
    const one = await open();
    const name = 'Free Disk Space Below 10 GB';
    const title = `Edit Assignment of “${name}”: All devices`;
    const [first] = await one.talk(
      () => editAssignment(one.parts)(assignmentRow(one, name, 'All devices')),
      [title, 'Filter'],
      [title, 'No filter'],
      [title, 'Review the Change…'],
      [`Change the assignments of “${name}”?`, 'Change in Contoso'],
      [`Change the assignments of “${name}”?`, 'All devices'],
      [`The assignment of ${name} to All devices is changed.`],
    );
    assert.deepEqual(first?.lines, ['Schedule', 'Filter'], 'all devices cannot be excluded');
    assert.deepEqual(rowsIn(one, name), ['All devices, daily 1 03:00:00 true', 'not Build Servers']);
  });

  test('that somebody was quicker than writes nothing, and Plan Again says that the row is gone', async () => {
    const one = await open();
    await one.talk(
      () => editAssignment(one.parts)(assignmentRow(one, spooler, 'HR Devices')),
      ...everySixHours,
      [
        review[0],
        () => {
          give(one, spooler, 'Build Servers');
          return 'Change in Contoso';
        },
      ],
      [`${spooler} was changed since the plan was made, and stays as it is.`, 'Plan Again'],
      [`${spooler} is not changed. The assignment to HR Devices no longer exists.`],
    );
    assert.deepEqual(rowsIn(one, spooler), ['Build Servers']);
  });
});
