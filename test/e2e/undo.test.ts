import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { type FamilyName, rowsOf } from '../../src/sample/index.ts';
import { journalOnDisk } from './fixtures/journalOnDisk.ts';
import { pictureOfFailure } from './fixtures/pictureOfFailure.ts';
import { openSignedIn, type SignedIn, strictTenant } from './fixtures/signedIn.ts';

interface Row {
  readonly target: { readonly '@odata.type': string; readonly groupId: string };
  readonly runSchedule?: { readonly '@odata.type': string; readonly interval: number; readonly time?: string };
}

const names = ['Configure Developer Workstation', 'Enable BitLocker on Data Volumes', 'Install Corporate Root Certificate'];
const remediation = 'Restart Stopped Print Spooler';

describe('changes that are taken back', () => {
  let session: SignedIn;
  before(async () => {
    const tenant = strictTenant({ behavior: { assignmentLagMs: 0 } });
    session = await openSignedIn({ tenant, settings: { 'intuneScripts.confirmAbove': 1_000_000 } });
  });
  after(() => session?.close());
  afterEach(pictureOfFailure(() => session));

  const script = (name: string, family: FamilyName = 'deviceManagementScripts') =>
    session.tenant.state.scripts.byName(family, name) ?? assert.fail(name);
  const groupId = (name: string): string => session.tenant.state.groups.byName(name)?.id.toLowerCase() ?? assert.fail(name);
  const now = (): number => session.cloud.graphRequests.length;

  /** The sets that were written since a request, by the id of the script: alone or in a `$batch`. */
  function setsSince(from: number): ReadonlyMap<string, readonly Row[]> {
    const posts = session.cloud.graphRequests.slice(from).filter(({ method }) => method === 'POST');
    const writes = posts.flatMap(({ path, body }): readonly { readonly url: string; readonly body: unknown }[] => {
      const sent: unknown = JSON.parse(body.toString('utf8'));
      return path.endsWith('/$batch') ? (sent as { requests: { url: string; body: unknown }[] }).requests : [{ url: path, body: sent }];
    });
    return new Map(
      writes
        .filter(({ url }) => url.endsWith('/assign'))
        .map(({ url, body }) => [url.split('/').at(-2) ?? '', Object.values(body as Record<string, readonly Row[]>)[0] ?? []]),
    );
  }
  const targetsOf = (rows: readonly { readonly target: Readonly<Record<string, unknown>> }[]): readonly string[] =>
    rows.map(({ target }) => `${target['@odata.type']} ${String(target['groupId']).toLowerCase()}`).toSorted();

  it('a bulk as one step, from the notification', async () => {
    const { workbench } = session;
    const before = new Map(names.map(name => [script(name).id, targetsOf(rowsOf(script(name)))]));
    await workbench.runCommand('Intune Scripts: Assign to Group…');
    await workbench.quickInput.waitFor('Assign to Group: Scripts');
    for (const name of names) {
      await workbench.quickInput.type(name);
      await workbench.quickInput.check(name);
    }
    await workbench.quickInput.accept();
    await workbench.quickInput.waitFor('Search groups by name');
    await workbench.quickInput.type('FIN');
    await workbench.quickInput.check('FIN Pilot');
    await workbench.quickInput.accept();
    await workbench.dialog.press('Assign in Contoso');
    const done = '3 scripts are assigned in Contoso.';
    await workbench.notifications.item(done).waitFor();
    for (const name of names) assert.ok(targetsOf(rowsOf(script(name))).some(target => target.includes(groupId('FIN Pilot'))));
    await workbench.notifications.item(/\d of 3/).waitFor({ state: 'hidden' });
    await workbench.page.locator('.notification-toast.notification-fade-in-done').waitFor();
    await workbench.screenshot('bulk-result');
    const from = now();
    await workbench.notifications.press(done, 'Undo…');
    const { message, detail } = await workbench.dialog.read();
    await workbench.screenshot('bulk-undo');
    assert.equal(message, 'Remove 3 assignments from 3 scripts?');
    assert.match(detail, /What a script has done on a device stays as it is\./);
    await workbench.dialog.press('Remove in Contoso');
    await workbench.notifications.item('3 scripts are changed in Contoso.').waitFor();
    const sets = setsSince(from);
    assert.deepEqual(new Map([...sets].map(([id, rows]) => [id, targetsOf(rows)])), before);
  });

  it('tells each script in a report, from the notification', async () => {
    const { workbench } = session;
    await workbench.notifications.press('3 scripts are changed in Contoso.', 'Show Report');
    await workbench.editors.waitFor('Report');
    const text = await workbench.editors.text();
    await workbench.screenshot('bulk-report');
    assert.match(text, /^# Undo: Assign to FIN Pilot\n/);
    assert.match(text, /- Changed: 3 scripts\n/);
    for (const name of names) assert.ok(text.includes(`**${name}** (Platform script): removed FIN Pilot`), text);
  });

  it('leaves what somebody changed since, unless it is chosen', async () => {
    const { workbench, tenant } = session;
    const { quickInput } = workbench;
    const { family, id } = script(remediation, 'deviceHealthScripts');
    await workbench.view('Scripts').scrollTo('Remediations');
    await workbench.view('Scripts').expand('Remediations');
    await workbench.view('Scripts').scrollTo(`Remediation '${remediation}'`);
    await workbench.view('Scripts').contextMenu(`Remediation '${remediation}'`, 'Assign to Group…');
    await quickInput.waitFor('Search groups by name');
    await quickInput.type('cloud');
    await quickInput.check('Cloud PCs');
    await quickInput.accept();
    await quickInput.waitFor('How does it run?');
    await quickInput.accept();
    await workbench.dialog.press('Assign in Contoso');
    await workbench.notifications.item(`${remediation} is assigned to Cloud PCs.`).waitFor();
    const theirs = { '@odata.type': '#microsoft.graph.deviceHealthScriptHourlySchedule', interval: 7 };
    const isOurs = (row: { readonly target: Readonly<Record<string, unknown>> }): boolean =>
      String(row.target['groupId']).toLowerCase() === groupId('Cloud PCs');
    tenant.admin.assign(
      family,
      id,
      rowsOf(script(remediation, 'deviceHealthScripts')).map(({ target, runSchedule, runRemediationScript }) => ({
        target,
        runRemediationScript: runRemediationScript ?? false,
        ...(isOurs({ target }) ? { runSchedule: theirs } : runSchedule ? { runSchedule } : {}),
      })),
    );
    // Just after a write, what is not as it was written may be old as well, and nothing is planned on it.
    await (await journalOnDisk(session.server)).age(3_600_000);
    await workbench.runCommand('Intune Scripts: Undo Change…');
    await quickInput.waitFor('Choose a change');
    await workbench.screenshot('undo-choose');
    await quickInput.accept();
    await quickInput.waitFor('Changed Since');
    await workbench.screenshot('undo-changed-since');
    const from = now();
    await quickInput.accept();
    await workbench.notifications.item('1 assignment changed since').waitFor();
    await workbench.screenshot('undo-left');
    assert.equal(setsSince(from).size, 0);

    await workbench.runCommand('Intune Scripts: Undo Change…');
    await quickInput.waitFor('Choose a change');
    await quickInput.accept();
    await quickInput.waitFor('Changed Since');
    await quickInput.pick('Undo All the Same');
    await workbench.dialog.press('Remove in Contoso');
    await workbench.notifications.item(`${remediation} is no longer assigned to Cloud PCs.`).waitFor();
    const rows = setsSince(from).get(id) ?? assert.fail('nothing was written');
    assert.equal(rows.some(isOurs), false);
    assert.deepEqual(targetsOf(rows), targetsOf(rowsOf(script(remediation, 'deviceHealthScripts'))));
  });
});
