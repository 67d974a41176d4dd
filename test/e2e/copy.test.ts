import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { type FamilyName, rowsOf } from '../../src/sample/index.ts';
import { pictureOfFailure } from './fixtures/pictureOfFailure.ts';
import { openSignedIn, type SignedIn } from './fixtures/signedIn.ts';

const source = 'Configure Developer Workstation';
const target = 'Enable BitLocker on Data Volumes';
const include = '#microsoft.graph.groupAssignmentTarget';
const exclude = '#microsoft.graph.exclusionGroupAssignmentTarget';

interface Row {
  readonly target: { readonly '@odata.type': string; readonly groupId: string };
  readonly runSchedule?: { readonly '@odata.type': string; readonly interval: number };
  readonly runRemediationScript?: boolean;
}

describe('Assignments that are copied, and groups that are replaced, from the gesture to the bytes', () => {
  let session: SignedIn;
  before(async () => {
    session = await openSignedIn({ settings: { 'intuneScripts.confirmAbove': 1_000_000 } });
  });
  after(() => session?.close());
  afterEach(pictureOfFailure(() => session));

  const script = (name: string, family: FamilyName = 'deviceManagementScripts') =>
    session.tenant.state.scripts.byName(family, name) ?? assert.fail(name);
  const groupId = (name: string): string => session.tenant.state.groups.byName(name)?.id.toLowerCase() ?? assert.fail(name);
  const platform = (name: string): string => `Platform script '${name}'`;

  /** The set of the last write: whom it reaches, as type and group. */
  function lastWrite(name: string, family?: FamilyName): readonly Row[] {
    const write = session.cloud.graphRequests.findLast(({ method, path }) => method === 'POST' && path.endsWith('/assign'));
    assert.ok(write);
    assert.equal(write.path.split('/').at(-2), script(name, family).id);
    const [rows] = Object.values(JSON.parse(write.body.toString('utf8')) as Record<string, readonly Row[]>);
    return rows ?? assert.fail();
  }
  const reached = (rows: readonly Row[]): readonly (readonly string[])[] =>
    rows.map(({ target: to }) => [to['@odata.type'], to.groupId.toLowerCase()] as const).toSorted(([, a], [, b]) => (a < b ? -1 : 1));
  const groups = (type: string, ...names: readonly string[]) => names.map(name => [type, groupId(name)] as const);
  const sorted = (rows: readonly (readonly string[])[]) => rows.toSorted(([, a = ''], [, b = '']) => (a < b ? -1 : 1));

  it('adds to what another script is assigned to', async () => {
    const { workbench } = session;
    const { quickInput } = workbench;
    const scripts = workbench.view('Scripts');
    await scripts.expand('Platform scripts');
    await scripts.contextMenu(platform(source), 'Copy Assignments…');
    await quickInput.waitFor(`Copy Assignments of “${source}” to`);
    await quickInput.type('BitLocker');
    await quickInput.check(target);
    await workbench.screenshot('copy-targets');
    await quickInput.accept();
    await quickInput.entry('Replace').waitFor();
    await workbench.screenshot('copy-mode');
    await quickInput.pick('Add');
    const said = await workbench.dialog.read();
    await workbench.screenshot('copy-review');
    assert.equal(said.message, `Assign “${target}” to 2 groups?`);
    assert.match(said.detail, /adds 2 assignments, keeps 3/);
    await workbench.dialog.press('Assign in Contoso');
    await workbench.notifications.item(`${target} is assigned`).waitFor();
    assert.deepEqual(
      reached(lastWrite(target)),
      sorted(groups(include, 'Legal – Laptops', '**Executives**', 'أجهزة المالية', 'Developer Workstations', 'Build Servers')),
    );
  });

  it('replaces a set by that of another remediation', async () => {
    const { workbench } = session;
    const { quickInput } = workbench;
    const from = 'Restart Stopped Print Spooler';
    const to = 'Größe der Auslagerungsdatei prüfen';
    await workbench.runCommand('Intune Scripts: Copy Assignments…');
    await quickInput.waitFor('Copy Assignments: From');
    await quickInput.type('Spooler');
    await quickInput.pick(from);
    await quickInput.waitFor(`Copy Assignments of “${from}” to`);
    await quickInput.type('Auslagerung');
    await quickInput.check(to);
    await quickInput.accept();
    await quickInput.pick('Replace');
    const said = await workbench.dialog.read();
    await workbench.screenshot('copy-replace');
    assert.match(said.detail, /adds 3 assignments, removes 1/);
    await workbench.dialog.press('Change in Contoso');
    await workbench.notifications.item(`The assignments of ${to} are changed`).waitFor();
    const rows = lastWrite(to, 'deviceHealthScripts');
    assert.deepEqual(reached(rows), sorted([...groups(include, 'HR Devices', 'Finance – All Laptops'), ...groups(exclude, 'HR – Kiosks')]));
    const hours = rows.flatMap(({ runSchedule }) => (runSchedule ? [[runSchedule['@odata.type'], runSchedule.interval] as const] : []));
    assert.deepEqual(
      hours.toSorted(([, a], [, b]) => a - b),
      [1, 4].map(n => ['#microsoft.graph.deviceHealthScriptHourlySchedule', n]),
    );
    for (const row of rows) assert.equal(row.runRemediationScript, true);
  });

  it('leaves out a row with a filter where there are none, and says so', async () => {
    const { workbench } = session;
    const { quickInput } = workbench;
    await workbench.runCommand('Intune Scripts: Copy Assignments…');
    await quickInput.waitFor('Copy Assignments: From');
    await quickInput.type('Defender Signatures');
    await quickInput.pick('Defender Signatures Older Than 3 Days');
    await quickInput.waitFor('Search scripts');
    await quickInput.type('Developer Workstation');
    await quickInput.check(source);
    await quickInput.accept();
    await quickInput.pick('Add');
    const said = await workbench.dialog.read();
    await workbench.screenshot('copy-left-out');
    assert.match(said.detail, /1 assignment left out: Platform scripts \(Windows\) have no filters/);
    await workbench.dialog.press('Cancel');
  });

  it('replaces a group in the scripts that have it', async () => {
    const { workbench } = session;
    const { quickInput } = workbench;
    const view = workbench.view('Groups');
    await view.open();
    await (await view.scrollTo("Group 'Developer Workstations'")).waitFor();
    await view.contextMenu("Group 'Developer Workstations'", 'Replace Group…');
    await quickInput.waitFor('Replace “Developer Workstations” with');
    await quickInput.type('cloud');
    await quickInput.pick('Cloud PCs');
    await quickInput.entry('Add “Cloud PCs” wherever “Developer Workstations” is').waitFor();
    await workbench.screenshot('replace-mode');
    await quickInput.pick('Replace “Developer Workstations” with “Cloud PCs”');
    await quickInput.waitFor('Scripts with “Developer Workstations”');
    assert.deepEqual((await quickInput.checkedLabels()).toSorted(), [source, target].toSorted());
    await quickInput.check(target);
    await workbench.screenshot('replace-scripts');
    await quickInput.accept();
    const said = await workbench.dialog.read();
    await workbench.screenshot('replace-review');
    assert.match(said.detail, /adds 1 assignment, removes 1, keeps 1/);
    await workbench.dialog.press('Change in Contoso');
    await workbench.notifications.item(`The assignments of ${source} are changed`).waitFor();
    assert.deepEqual(reached(lastWrite(source)), sorted(groups(include, 'Cloud PCs', 'Build Servers')));
  });

  it('adds a group that is dragged from the Groups view onto a script', async () => {
    const { workbench } = session;
    const groupView = workbench.view('Groups');
    await (await groupView.scrollTo("Group 'Cloud PCs'")).waitFor();
    await groupView.drag("Group 'Cloud PCs'", workbench.view('Scripts').row(platform(target)));
    const said = await workbench.dialog.read();
    await workbench.screenshot('drop-group');
    assert.equal(said.message, `Assign “${target}” to “Cloud PCs”?`);
    const before = rowsOf(script(target)).length;
    await workbench.dialog.press('Assign in Contoso');
    await workbench.notifications.item(`${target} is assigned`).waitFor();
    assert.equal(lastWrite(target).length, before + 1);
  });

  it('adds an assignment that is dragged onto another script, and never moves it', async () => {
    const { workbench } = session;
    const scripts = workbench.view('Scripts');
    const kept = rowsOf(script(source)).length;
    await scripts.expand(platform(source));
    await scripts.drag("Assigned to group 'Build Servers'", scripts.row("Platform script 'Cleanup <Temp> Files"));
    const said = await workbench.dialog.read();
    await workbench.screenshot('drop-assignment');
    assert.match(said.message, /to “Build Servers”\?$/);
    await workbench.dialog.press('Assign in Contoso');
    await workbench.notifications.item(/Cleanup .* is assigned/).waitFor();
    const name = 'Cleanup <Temp> Files | *weekly* [draft](https://contoso.example)';
    assert.deepEqual(reached(lastWrite(name)), groups(include, 'Build Servers'));
    assert.equal(rowsOf(script(source)).length, kept);
  });

  it('takes no drop on a family', async () => {
    const { workbench, cloud } = session;
    const before = cloud.graphRequests.length;
    const scripts = workbench.view('Scripts');
    await scripts.drag("Assigned to group 'Build Servers'", scripts.row('Remediations'));
    await workbench.page.locator('.part.statusbar .statusbar-item', { hasText: 'Drop it on a script.' }).waitFor();
    assert.equal(cloud.graphRequests.length, before);
  });
});
