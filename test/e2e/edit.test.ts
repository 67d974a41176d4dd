import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { rowsOf } from '../../src/sample/index.ts';
import { pictureOfFailure } from './fixtures/pictureOfFailure.ts';
import { openSignedIn, type SignedIn } from './fixtures/signedIn.ts';

const spooler = 'Restart Stopped Print Spooler';
const unassigned = 'Reset Stale Windows Update Policy';

interface SentRow {
  readonly target: Readonly<Record<string, unknown>>;
  readonly runSchedule?: Readonly<Record<string, unknown>> | null;
  readonly runRemediationScript?: boolean;
}

describe('schedules and filters, from the keyboard to the bytes', () => {
  let session: SignedIn;
  before(async () => {
    session = await openSignedIn();
  });
  after(() => session?.close());
  afterEach(pictureOfFailure(() => session));

  const remediation = (name: string) => session.tenant.state.scripts.byName('deviceHealthScripts', name) ?? assert.fail(name);
  const groupId = (name: string): string => session.tenant.state.groups.byName(name)?.id.toLowerCase() ?? assert.fail(name);
  const press = (key: string): Promise<void> => session.workbench.page.keyboard.press(key);

  /** The rows of the only write since a request. */
  function sentRows(from: number): readonly SentRow[] {
    const writes = session.cloud.graphRequests.slice(from).filter(({ method, path }) => method === 'POST' && /\/assign$/.test(path));
    assert.equal(writes.length, 1);
    const body = JSON.parse(writes[0]?.body.toString('utf8') ?? '') as { deviceHealthScriptAssignments: SentRow[] };
    return body.deviceHealthScriptAssignments;
  }

  /** Unfolds the row that has the focus; a key that comes while the tree is drawn anew is pressed again. */
  async function unfold(): Promise<void> {
    const focused = session.workbench.page.locator('.part.sidebar [role="treeitem"].focused');
    const unfolded = focused.and(session.workbench.page.locator('[aria-expanded="true"]'));
    for (let attempt = 1; ; attempt += 1) {
      if (!(await unfolded.isVisible())) await press('ArrowRight');
      try {
        return await unfolded.waitFor({ timeout: 5_000 });
      } catch (error) {
        if (attempt === 4) throw error;
      }
    }
  }

  /** Walks down the Scripts view until a row has the focus. */
  async function walkTo(label: string): Promise<void> {
    const focused = session.workbench.page.locator('.part.sidebar [role="treeitem"].focused');
    for (let rows = 0; rows < 60; rows += 1) {
      if ((await focused.getAttribute('aria-label'))?.startsWith(label)) return;
      await press('ArrowDown');
    }
    assert.fail(`the keyboard does not get to ${label}`);
  }

  it('edits a schedule by the keyboard alone, and leaves the other rows as they were', async () => {
    const { workbench, cloud } = session;
    const { quickInput } = workbench;
    const scripts = workbench.view('Scripts');
    const kept = rowsOf(remediation(spooler));
    await scripts.scrollTo('Platform scripts');
    await walkTo('Remediations');
    await unfold();
    await scripts.row(`Remediation '${spooler}'`).waitFor();
    await walkTo(`Remediation '${spooler}'`);
    await unfold();
    await scripts.row("Assigned to group 'HR Devices'").waitFor();
    await walkTo("Assigned to group 'HR Devices'");

    const before = cloud.graphRequests.length;
    await press('F2');
    await quickInput.waitFor('Choose what to change');
    await workbench.screenshot('edit-assignment');
    await press('Enter');
    await quickInput.waitFor('How often does it run?');
    await press('ArrowDown');
    await press('Enter');
    await quickInput.waitFor('Days from one run to the next');
    await press('2');
    await press('Enter');
    await quickInput.waitFor('Time of the day');
    await workbench.page.keyboard.type('25:00');
    await quickInput.waitFor('Enter a time, such as 09:00');
    await workbench.screenshot('edit-schedule');
    await press('Control+a');
    await workbench.page.keyboard.type('6:30 pm');
    await press('Enter');
    await quickInput.waitFor('Whose 18:30 is meant?');
    await press('ArrowDown');
    await press('Enter');
    await quickInput.waitFor('Choose what to change');
    await press('Enter');
    const review = await workbench.dialog.read();
    await workbench.screenshot('edit-review');
    assert.match(review.detail, /Every 2 days at 18:30 UTC/);
    assert.match(review.detail, /If the package has a remediation script, devices run it whichever tool assigned it/);
    await press('Enter');
    await workbench.notifications.item(spooler).waitFor();

    const rows = sentRows(before);
    assert.equal(rows.length, kept.length);
    const scheduleOf = (group: string) =>
      rows.find(({ target }) => String(target['groupId']).toLowerCase() === groupId(group))?.runSchedule;
    assert.deepEqual(scheduleOf('HR Devices'), {
      '@odata.type': '#microsoft.graph.deviceHealthScriptDailySchedule',
      interval: 2,
      time: '18:30:00',
      useUtc: true,
    });
    assert.deepEqual(scheduleOf('Finance – All Laptops'), {
      '@odata.type': '#microsoft.graph.deviceHealthScriptHourlySchedule',
      interval: 4,
    });
    await scripts.row(/^Assigned to group 'HR Devices', Every 2 days at 18:30 UTC/).waitFor();
  });

  it('assigns a remediation on an hourly schedule, to the devices that a filter lets through', async () => {
    const { workbench, cloud } = session;
    const { quickInput } = workbench;
    const scripts = workbench.view('Scripts');
    await scripts.scrollTo(`Remediation '${unassigned}'`);
    await scripts.contextMenu(`Remediation '${unassigned}'`, 'Assign to Group…');
    await quickInput.waitFor('Search groups by name');
    await quickInput.type('hr');
    await quickInput.check('HR Devices');
    await quickInput.accept();
    await quickInput.waitFor('How does it run?');
    assert.equal((await quickInput.labels())[0], 'Every day at 09:00, device time');
    await workbench.screenshot('assign-options');
    await quickInput.pick('Choose Another Schedule…');
    await quickInput.pick('Hourly');
    await quickInput.waitFor('Hours from one run to the next');
    await quickInput.type('4');
    await quickInput.accept();
    await quickInput.waitFor('How does it run?');
    await quickInput.pick('Choose a Filter…');
    await quickInput.waitFor('Search filters by name');
    await workbench.screenshot('pick-filter');
    await quickInput.pick('Virtual Machines');
    await quickInput.pick('All but devices that match');
    await quickInput.waitFor('How does it run?');
    const before = cloud.graphRequests.length;
    await quickInput.accept();
    const review = await workbench.dialog.read();
    await workbench.screenshot('assign-review');
    assert.match(review.detail, /Every 4 hours · filter: all but Virtual Machines/);
    assert.doesNotMatch(review.detail, /whichever tool assigned it/, 'said once in a tenant');
    await press('Enter');
    await workbench.notifications.item(unassigned).waitFor();

    const filter = session.tenant.state.filters.find(({ displayName }) => displayName === 'Virtual Machines');
    assert.deepEqual(sentRows(before), [
      {
        target: {
          '@odata.type': '#microsoft.graph.groupAssignmentTarget',
          groupId: groupId('HR Devices'),
          deviceAndAppManagementAssignmentFilterId: filter?.['id'],
          deviceAndAppManagementAssignmentFilterType: 'exclude',
        },
        runSchedule: { '@odata.type': '#microsoft.graph.deviceHealthScriptHourlySchedule', interval: 4 },
        runRemediationScript: true,
      },
    ]);
  });

  it('changes nothing where a question is left', async () => {
    const { workbench, cloud } = session;
    const { quickInput } = workbench;
    const before = cloud.graphRequests.length;
    await workbench.runCommand('Intune Scripts: Edit Assignment…');
    await quickInput.waitFor('Search scripts whose assignments');
    await quickInput.pick(spooler);
    await quickInput.waitFor('Choose the assignment');
    await workbench.screenshot('edit-pick-assignment');
    await quickInput.pick('Finance – All Laptops');
    await quickInput.waitFor('Choose what to change');
    await quickInput.pick('Schedule');
    await quickInput.waitFor('How often does it run?');
    await quickInput.cancel();
    await quickInput.waitForClosed();
    assert.deepEqual(
      cloud.graphRequests.slice(before).filter(({ method, path }) => method === 'POST' && !path.endsWith('/$batch')),
      [],
    );
  });
});
