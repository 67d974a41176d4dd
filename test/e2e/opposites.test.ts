// The service keeps one row for a group, and of an include and an exclude it keeps the include: nobody's exclusion may go by that.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { rowsOf, type SampleScript } from '../../src/sample/index.ts';
import { pictureOfFailure } from './fixtures/pictureOfFailure.ts';
import { openSignedIn, type SignedIn } from './fixtures/signedIn.ts';

const family = 'deviceManagementScripts';
const [included, excluded] = ['groupAssignmentTarget', 'exclusionGroupAssignmentTarget'] as const;

describe('a group that is included where it is to be excluded, and the other way round', () => {
  let session: SignedIn;
  before(async () => {
    session = await openSignedIn();
  });
  after(() => session?.close());
  afterEach(pictureOfFailure(() => session));

  const script = (name: string): SampleScript => session.tenant.state.scripts.byName(family, name) ?? assert.fail(name);
  const groupId = (name: string): string => session.tenant.state.groups.byName(name)?.id.toLowerCase() ?? assert.fail(name);
  const row = (kind: string, name: string) => ({ target: { '@odata.type': `#microsoft.graph.${kind}`, groupId: groupId(name) } });
  const given = (name: string, ...rows: readonly ReturnType<typeof row>[]): void =>
    session.tenant.admin.assign(family, script(name).id, rows);
  /** Whom a script reaches and leaves out in truth. */
  const targets = (name: string): readonly string[] =>
    rowsOf(script(name))
      .map(({ target }) => `${String(target['@odata.type']).split('.').at(-1)} ${String(target['groupId']).toLowerCase()}`)
      .toSorted();
  const are = (name: string, ...rows: readonly (readonly [string, string])[]): void =>
    assert.deepEqual(targets(name), rows.map(([kind, group]) => `${kind} ${groupId(group)}`).toSorted());

  async function pickGroup(search: string, name: string): Promise<void> {
    const { quickInput } = session.workbench;
    await quickInput.type(search);
    await quickInput.check(name);
    await quickInput.accept();
  }

  it('Exclude Group on an included one excludes it instead, and the review says so first', async () => {
    const { workbench } = session;
    const name = 'Outlook Signature';
    given(name, row(included, 'Cloud PCs'), row(included, 'Build Servers'));
    await workbench.view('Scripts').expand('Platform scripts');
    await workbench.view('Scripts').contextMenu(`Platform script '${name}'`, 'Exclude Group…');
    await workbench.quickInput.waitFor(`Exclude Groups from “${name}”`);
    await pickGroup('cloud', 'Cloud PCs');
    const { message, detail } = await workbench.dialog.read();
    await workbench.screenshot('opposite-exclude');
    assert.equal(message, `Exclude “Cloud PCs” from “${name}” instead of including it?`);
    assert.deepEqual(detail.split('\n').slice(1, 3), [
      `${name}: changes 1 assignment, keeps 1`,
      'Cloud PCs will be excluded instead of included',
    ]);
    await workbench.dialog.press('Exclude in Contoso');
    await workbench.notifications.item(`Cloud PCs is excluded from ${name}.`).waitFor();
    are(name, [excluded, 'Cloud PCs'], [included, 'Build Servers']);
  });

  it('Assign to Group on an excluded one includes it instead, which counts as widening', async () => {
    const { workbench } = session;
    const name = 'Remove Built-in Consumer Apps';
    given(name, row(excluded, 'All Windows 11 Devices'), row(included, 'Build Servers'));
    await workbench.view('Scripts').contextMenu(`Platform script '${name}'`, 'Assign to Group…');
    await workbench.quickInput.waitFor('Search groups by name');
    await pickGroup('all windows 11', 'All Windows 11 Devices');
    const { message, detail } = await workbench.dialog.read();
    await workbench.screenshot('opposite-assign');
    assert.equal(message, `Include “All Windows 11 Devices” in “${name}” instead of excluding it?`);
    assert.match(detail, /\nAll Windows 11 Devices will be included instead of excluded · [\d,]+ devices\n/);
    await workbench.dialog.press('Assign in Contoso');
    // So many devices have their number typed, as those of any group that is reached anew.
    await workbench.quickInput.waitFor('to go on');
    await workbench.screenshot('opposite-assign-typed');
    const devices = /([\d,]+) devices/.exec(detail)?.[1]?.replaceAll(',', '') ?? assert.fail(detail);
    await workbench.quickInput.type(devices);
    await workbench.quickInput.accept();
    await workbench.notifications.item(`${name} is assigned to All Windows 11 Devices.`).waitFor();
    are(name, [included, 'All Windows 11 Devices'], [included, 'Build Servers']);
  });

  it('Copy leaves what is excluded where it would assign it, and says so', async () => {
    const { workbench } = session;
    const { quickInput } = workbench;
    const [from, to] = ['Set Time Zone by Location', 'Install Corporate Root Certificate'];
    given(from, row(included, 'Cloud PCs'), row(included, 'Build Servers'));
    given(to, row(excluded, 'Cloud PCs'), row(included, 'Legal – Laptops'));
    await workbench.runCommand('Intune Scripts: Copy Assignments…');
    await quickInput.waitFor('Copy Assignments: From');
    await quickInput.type('Time Zone');
    await quickInput.pick(from);
    await quickInput.waitFor('Search scripts');
    await quickInput.type('Corporate Root');
    await quickInput.check(to);
    await quickInput.accept();
    await quickInput.pick('Add');
    const { detail } = await workbench.dialog.read();
    await workbench.screenshot('opposite-copy');
    assert.match(detail, /⚠ Cloud PCs is excluded there, so it isn’t assigned\./);
    await workbench.dialog.press('Assign in Contoso');
    await workbench.notifications.item(`${to} is assigned to Build Servers.`).waitFor();
    are(to, [excluded, 'Cloud PCs'], [included, 'Legal – Laptops'], [included, 'Build Servers']);
  });

  it('Replace Group leaves a script that excludes the new group with the old one, and says so', async () => {
    const { workbench } = session;
    const { quickInput } = workbench;
    const [stays, changes] = ['Enable BitLocker on Data Volumes', 'Configure Developer Workstation'];
    given(stays, row(included, 'HR Devices'), row(excluded, 'Cloud PCs'));
    given(changes, row(included, 'HR Devices'));
    await workbench.runCommand('Intune Scripts: Refresh');
    await workbench.view('Scripts').row(`Platform script '${changes}', assigned to 1 group`).waitFor();
    await workbench.runCommand('Intune Scripts: Replace Group…');
    await quickInput.waitFor('Replace Group');
    await quickInput.type('HR Devices');
    await quickInput.pick('HR Devices');
    await quickInput.waitFor('Replace “HR Devices” with');
    // It was used lately, and so is offered before a search.
    await quickInput.pick('Cloud PCs');
    await quickInput.pick('Replace “HR Devices” with “Cloud PCs”');
    await quickInput.waitFor('Scripts with “HR Devices”');
    await quickInput.accept();
    const { detail } = await workbench.dialog.read();
    await workbench.screenshot('opposite-replace');
    assert.match(detail, new RegExp(`⚠ ${stays} is not changed. Cloud PCs is excluded there, so it isn’t assigned.`));
    await workbench.dialog.press('Show Plan');
    await workbench.editors.waitFor('Plan ');
    await workbench.page.locator('.modified-in-monaco-diff-editor .line-insert').first().waitFor();
    await workbench.screenshot('opposite-replace-plan');
    await workbench.editors.pressTitleAction('Apply Plan');
    await workbench.notifications.item('changed').waitFor();
    are(stays, [included, 'HR Devices'], [excluded, 'Cloud PCs']);
    are(changes, [included, 'Cloud PCs']);
  });
});
