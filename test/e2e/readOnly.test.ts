import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { pictureOfFailure } from './fixtures/pictureOfFailure.ts';
import { openSignedIn, type SignedIn } from './fixtures/signedIn.ts';

const row = "Platform script 'Configure Developer Workstation'";

describe('where it is read only', () => {
  let session: SignedIn;
  before(async () => {
    session = await openSignedIn({ settings: { 'intuneScripts.readOnly': true } });
  });
  after(() => session?.close());
  afterEach(pictureOfFailure(() => session));

  it('no menu, key or palette entry changes anything', async () => {
    const { workbench } = session;
    const { page, quickInput } = workbench;
    const scripts = workbench.view('Scripts');
    await scripts.expand('Platform scripts');
    await scripts.expand(row);
    await scripts.contextMenu(row);
    const entries = await workbench.menu.entries();
    assert.ok(entries.includes('Copy ID'));
    assert.deepEqual(
      entries.filter(entry => /Assign to|Exclude|Remove/.test(entry)),
      [],
    );
    await page.keyboard.press('Escape');
    await scripts.select("Assigned to group 'Build Servers'");
    await page.keyboard.press('Delete');
    await workbench.openPalette('Intune Scripts: ', 'Intune Scripts: Refresh');
    await workbench.screenshot('read-only-palette');
    assert.ok((await workbench.statusBarItems()).some(text => text.includes('Contoso (read-only)')));
    assert.deepEqual(
      (await quickInput.labels()).filter(label => /Assign |Exclude|Remove/.test(label)),
      [],
    );
    await quickInput.cancel();
    await quickInput.waitForClosed();
  });

  it('consent is offered for what reads alone', async () => {
    const { workbench } = session;
    await workbench.runCommand('Intune Scripts: Open Consent Page');
    await workbench.quickInput.waitFor('Choose the permissions to consent to');
    const labels = await workbench.quickInput.labels();
    assert.ok(labels.length > 0);
    assert.deepEqual(
      labels.filter(label => /Change/.test(label)),
      [],
    );
    await workbench.quickInput.cancel();
  });

  it('no token that may write was ever asked for, and nothing was written', async () => {
    const { cloud } = session;
    assert.ok(cloud.entra.requests.some(({ kind }) => kind === 'authorize'));
    assert.deepEqual(
      cloud.entra.requests.flatMap(({ scopes }) => scopes).filter(scope => /Write/.test(scope)),
      [],
    );
    assert.deepEqual(
      cloud.graphRequests.filter(({ method, path }) => method !== 'GET' && !/\/\$batch$|\/getByIds$/.test(path)),
      [],
    );
  });
});
