import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { removeAssignment } from '../../../../src/features/assign/removeAssignment.ts';
import { groupNamed, writesIn } from '../../intune/support.ts';
import { type CommandWindowOptions, createCommandWindow } from '../commandWindow.ts';
import type { Turn } from '../conversation.ts';
import { assignmentRow, give, groupRow, menuOn, rowsIn, scriptRow, stored, targetNamed } from '../treeRows.ts';

const workstation = 'Configure Developer Workstation';
const bitLocker = 'Enable BitLocker on Data Volumes';
const spooler = 'Restart Stopped Print Spooler';
const updates = 'Linux – Install Security Updates';
const compliance = 'Compliance: BIOS Version';

const open = (options: CommandWindowOptions = {}) => createCommandWindow({ permitted: true, ...options });

const reviewOf = (script: string, count = '1 assignment'): Turn => [`Remove ${count} from “${script}”?`, 'Remove in Contoso'];

describe('Remove Assignment', () => {
  test('on an assignment asks for nothing but the review, takes it away and says so', async () => {
    const one = await open();
    const [review, result] = await one.talk(
      () => removeAssignment(one.parts)(assignmentRow(one, workstation, 'Build Servers')),
      reviewOf(workstation),
      [`${workstation} is no longer assigned to Build Servers.`],
    );
    assert.deepEqual(review?.lines, [
      'Contoso · ada@contoso.example',
      `${workstation}: removes 1 assignment, keeps 1`,
      'Removes Build Servers',
      'What a script has done on a device stays as it is.',
    ]);
    assert.deepEqual(result?.marked, ['Undo…', 'Show Log']);
    assert.deepEqual(rowsIn(one, workstation), ['Developer Workstations']);
  });

  test('on the last assignment says that nobody is reached any more', async () => {
    const one = await open();
    const name = 'Set Time Zone by Location';
    const [review] = await one.talk(() => removeAssignment(one.parts)(assignmentRow(one, name, 'All devices')), reviewOf(name), [
      `${name} is no longer assigned to All devices.`,
    ]);
    assert.equal(review?.lines.at(-1), '⚠ It reaches nobody any more.');
    assert.deepEqual(rowsIn(one, name), []);
  });

  test('on several assignments takes all of them away at once, each once', async () => {
    const one = await open();
    const rows = menuOn(
      assignmentRow(one, workstation, 'Build Servers'),
      assignmentRow(one, bitLocker, 'Legal – Laptops'),
      assignmentRow(one, workstation, 'Build Servers'),
    );
    await one.talk(
      () => removeAssignment(one.parts)(...rows),
      ['Remove 2 assignments from 2 scripts?', 'Remove in Contoso'],
      ['2 scripts are changed in Contoso.'],
    );
    assert.deepEqual(rowsIn(one, workstation), ['Developer Workstations']);
    assert.deepEqual(rowsIn(one, bitLocker), ['**Executives**', 'أجهزة المالية']);
  });

  test('on a script asks which of its assignments', async () => {
    const one = await open();
    const [rows, review] = await one.talk(
      () => removeAssignment(one.parts)(scriptRow(one, spooler)),
      [`Remove Assignments of “${spooler}”`, ['HR Devices', 'HR – Kiosks']],
      reviewOf(spooler, '2 assignments'),
      [`The assignments of ${spooler} are changed.`],
    );
    assert.deepEqual(rows?.lines, ['Finance – All Laptops', 'HR Devices', 'HR – Kiosks']);
    assert.deepEqual(rows?.beside, ['Every 4 hours', 'Every hour', 'excluded']);
    assert.deepEqual(review?.lines.slice(1, 4), [
      `${spooler}: removes 2 assignments, keeps 1`,
      'No longer excludes HR – Kiosks · 24 devices',
      'Removes HR Devices',
    ]);
    assert.deepEqual(rowsIn(one, spooler), ['Finance – All Laptops, hourly 4']);
  });

  test('on a group asks for the scripts, and only then for the permission', async () => {
    const one = await open();
    const [scripts] = await one.talk(
      () => removeAssignment(one.parts)(groupRow(one, 'Build Servers')),
      ['Remove “Build Servers” from Scripts', workstation],
      reviewOf(workstation),
      [`${workstation} is no longer assigned to Build Servers.`],
    );
    assert.deepEqual(scripts?.lines, [workstation, 'Free Disk Space Below 10 GB', 'Linux – Configure Proxy']);
    assert.deepEqual(scripts?.beside, ['Platform script', 'Remediation · excluded', 'Bash script · excluded']);
    assert.ok(rowsIn(one, 'Linux – Configure Proxy').includes('not Build Servers'));
    const other = await open({ permitted: false });
    await other.talk(
      () => removeAssignment(other.parts)(groupRow(other, 'Build Servers')),
      ['Remove “Build Servers” from Scripts', workstation],
    );
    assert.deepEqual(other.happened(), ['permission: write']);
  });

  test('from the palette asks for the scripts that have assignments, and then which', async () => {
    const one = await open();
    const [scripts] = await one.talk(
      () => removeAssignment(one.parts)(),
      ['Remove Assignments: Scripts', [workstation, bitLocker]],
      ['Remove Assignments of 2 scripts', ['Build Servers', 'Legal – Laptops']],
      ['Remove 2 assignments from 2 scripts?', 'Remove in Contoso'],
      ['2 scripts are changed in Contoso.'],
    );
    assert.ok(scripts?.lines.includes(updates));
    for (const name of [compliance, 'Reset Stale Windows Update Policy']) assert.ok(!scripts?.lines.includes(name), name);
  });

  test('writes nothing where any of its questions is left', async () => {
    const one = await open();
    const turns: readonly Turn[] = [
      ['Remove Assignments: Scripts', workstation],
      [`Remove Assignments of “${workstation}”`, 'Build Servers'],
      reviewOf(workstation),
    ];
    for (const [index, [asked]] of turns.entries()) await one.talk(() => removeAssignment(one.parts)(), ...turns.slice(0, index), [asked]);
    assert.deepEqual(writesIn(one.world), []);
  });

  test('leaves what a policy set brought, with words', async () => {
    const one = await open();
    const words = 'One assignment comes from a policy set, so that it is removed there and not here.';
    await one.talk(() => removeAssignment(one.parts)(assignmentRow(one, updates, 'Developers')), [words]);
    const [, rows] = await one.talk(
      () => removeAssignment(one.parts)(scriptRow(one, updates)),
      [words],
      [`Remove Assignments of “${updates}”`, 'Linux Workstations'],
      reviewOf(updates),
      [`${updates} is no longer assigned to Linux Workstations.`],
    );
    assert.deepEqual(rows?.lines, ['Linux Workstations']);
    assert.deepEqual(rowsIn(one, updates), ['Developers, policy set']);
  });

  test('on a script that is not assigned says that there is nothing to remove', async () => {
    const one = await open();
    const row = scriptRow(one, 'Reset Stale Windows Update Policy');
    await one.talk(() => removeAssignment(one.parts)(row), ['There is no assignment to remove.']);
    assert.deepEqual(one.happened(), []);
  });

  test('of what somebody else has removed says that it is gone', async () => {
    const one = await open();
    const row = assignmentRow(one, workstation, 'Build Servers');
    give(one, workstation, 'Developer Workstations');
    await one.talk(() => removeAssignment(one.parts)(row), [`${workstation} is not assigned like this any more.`]);
    assert.deepEqual(writesIn(one.world), []);
  });

  test('leaves a row that has got a filter since it was shown, and says so', async () => {
    const one = await open();
    const row = assignmentRow(one, spooler, 'HR Devices');
    const { family, id } = stored(one, spooler);
    const filter = String(one.world.tenant.state.filters[0]?.['id']);
    const filtered = { deviceAndAppManagementAssignmentFilterId: filter, deviceAndAppManagementAssignmentFilterType: 'include' };
    one.world.tenant.admin.assign(family, id, [{ target: { ...targetNamed(one, 'HR Devices'), ...filtered } }]);
    await one.talk(() => removeAssignment(one.parts)(row), [`${spooler} is not changed. 1 assignment changed since: left as is.`]);
    assert.deepEqual(writesIn(one.world), []);
  });

  test('of an exclusion has the number typed of those who may be reached then', async () => {
    const one = await open({ settings: { confirmAbove: 20 } });
    const [review, typed] = await one.talk(
      () => removeAssignment(one.parts)(assignmentRow(one, spooler, 'not HR – Kiosks')),
      reviewOf(spooler),
      [`Remove 1 assignment from “${spooler}”?`, '24'],
      [`HR – Kiosks is no longer excluded from ${spooler}.`],
    );
    assert.equal(review?.lines.at(-1), '⚠ HR – Kiosks is not excluded any more, so more devices or users may be reached.');
    assert.deepEqual(typed?.lines, ['This reaches up to 24 devices. Type 24 to go on.']);
  });

  test('has the name of a protected group typed, whose assignment ends', async () => {
    const one = await open();
    one.settings = { ...one.settings, protectedGroups: [groupNamed(one.world, 'Build Servers')] };
    const row = assignmentRow(one, workstation, 'Build Servers');
    const typed: Turn = [`Remove 1 assignment from “${workstation}”?`, 'build servers'];
    await one.talk(() => removeAssignment(one.parts)(row), reviewOf(workstation), [typed[0]]);
    assert.deepEqual(writesIn(one.world), []);
    await one.talk(() => removeAssignment(one.parts)(row), reviewOf(workstation), typed, [
      `${workstation} is no longer assigned to Build Servers.`,
    ]);
  });

  test('that somebody was quicker than writes nothing, and Plan Again starts from what they did', async () => {
    const one = await open();
    const [, , again] = await one.talk(
      () => removeAssignment(one.parts)(assignmentRow(one, workstation, 'Build Servers')),
      [
        `Remove 1 assignment from “${workstation}”?`,
        () => {
          give(one, workstation, 'Build Servers', 'Training Room A');
          return 'Remove in Contoso';
        },
      ],
      [`${workstation} was changed since the plan was made, and stays as it is.`, 'Plan Again'],
      reviewOf(workstation),
      [`${workstation} is no longer assigned to Build Servers.`],
    );
    assert.equal(again?.lines[1], `${workstation}: removes 1 assignment, keeps 1`);
    assert.deepEqual(rowsIn(one, workstation), ['Training Room A']);
  });
});
