import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { openSession, type Session } from './fixtures/openSession.ts';
import { pictureOfFailure } from './fixtures/pictureOfFailure.ts';

const name = 'Configure Developer Workstation';
const row = `Platform script '${name}'`;

describe('the second administrator of the sample tenant', () => {
  let session: Session;
  before(async () => {
    session = await openSession({ settings: { 'intuneScripts.useSampleTenant': true } });
    await session.workbench.openContainer('Intune Scripts');
    await session.workbench.view('Scripts').waitForMessage(/^\d+ scripts?/);
  });
  after(() => session?.close());
  afterEach(pictureOfFailure(() => session));

  async function act(label: string): Promise<void> {
    await session.workbench.runCommand('Intune Scripts: Act as Second Administrator…');
    await session.workbench.quickInput.waitFor('What does the second administrator do?');
    await session.workbench.quickInput.pick(label);
  }

  async function assign(group: string): Promise<void> {
    const { quickInput, dialog } = session.workbench;
    await session.workbench.view('Scripts').contextMenu(row, 'Assign to Group…');
    await quickInput.waitFor('Search groups by name');
    await quickInput.type(group);
    await quickInput.check(group);
    await quickInput.accept();
    await dialog.press('Assign in Contoso');
  }

  it('lets a change wait, and approves it', async () => {
    const { workbench } = session;
    await workbench.view('Scripts').expand('Platform scripts');
    await workbench.runCommand('Intune Scripts: Act as Second Administrator…');
    await workbench.quickInput.waitFor('What does the second administrator do?');
    await workbench.screenshot('second-administrator');
    await workbench.quickInput.pick('Require approval');
    await workbench.notifications.item('now wait for the second administrator').waitFor();
    await assign('Cloud PCs');
    await workbench.quickInput.waitFor('Say why it is needed');
    await workbench.quickInput.type('Change 4711');
    await workbench.quickInput.accept();
    const changes = workbench.view('Changes');
    await changes.open();
    await changes.expand(/^Assign to Cloud PCs/);
    await changes.row(`${row}, to add Cloud PCs, waits for approval`).waitFor();
    await act(`Approve the change of “${name}”`);
    await changes.row(`${row}, to add Cloud PCs, approved, to be finished`).waitFor();
    await changes.contextMenu(/^Assign to Cloud PCs/, 'Finish Approved Change…');
    await workbench.dialog.press('Finish in Contoso');
    await workbench.notifications.item(`${name} is assigned`).waitFor();
    await changes.row(`${row}, added Cloud PCs, written`).waitFor();
    await act('Stop requiring approval');
  });

  it('changes what is reviewed: nothing is written', async () => {
    const { workbench } = session;
    await act('Change the script of my next change while I review it');
    await assign('HR Devices');
    await workbench.notifications.item('changed since the plan was made').waitFor();
    await workbench.screenshot('second-administrator-conflict');
    await workbench.notifications.press('changed since the plan was made', 'Plan Again');
    await workbench.dialog.press('Assign in Contoso');
    await workbench.notifications.item(`${name} is assigned to HR Devices`).waitFor();
  });

  it('changes it in the gap: that is replaced, and said', async () => {
    const { workbench } = session;
    await act('Change the script of my next change in the unavoidable gap');
    await assign('HR – Kiosks');
    const words = await workbench.notifications.read('Your write replaced what the second administrator assigned in the gap:');
    assert.match(words, new RegExp(`: “${name}” to .*\\. Intune does not say so\\.$`));
    await workbench.notifications.item(`${name} is assigned to HR – Kiosks`).waitFor();
    await workbench.screenshot('second-administrator-gap');
  });

  it('is nobody to play outside of the sample tenant', async () => {
    const { workbench } = session;
    await workbench.runCommand('Intune Scripts: Leave the Sample Tenant');
    await workbench.view('Scripts').welcome().getByText('Set Up Sign-In').first().waitFor();
    await workbench.page.keyboard.press('F1');
    await workbench.quickInput.type('>Intune Scripts: Act as Second');
    await workbench.quickInput.entry('Intune Scripts: Assign Scripts to Group…').waitFor();
    assert.ok(!(await workbench.quickInput.labels()).some(label => label.includes('Act as')));
  });
});
