import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openSession, type Session } from './fixtures/openSession.ts';

describe('the packaged extension, installed and not set up', () => {
  let session: Session;
  before(async () => {
    session = await openSession();
  });
  after(() => session?.close());

  it('has its container in the activity bar, with a welcome that says what to do', async () => {
    const { workbench } = session;
    await workbench.openContainer('Intune Scripts');
    const welcome = workbench.view('Scripts').welcome();
    await welcome.getByText('Set Up Sign-In').first().waitFor();
    await workbench.screenshot('smoke');
  });

  it('has a log that says when requests are in it', async () => {
    const { workbench } = session;
    await workbench.runCommand('Intune Scripts: Show Log');
    await workbench.page.locator('.part.panel .view-line', { hasText: 'at the log level Debug' }).waitFor();
    await workbench.screenshot('smoke-log');
  });

  it('is installed with the licences of what is in it', async () => {
    const folder = path.join(session.server.dataDir, 'extensions/intune-scripts.intune-scripts-0.1.0');
    assert.match(await readFile(path.join(folder, 'dist/ThirdPartyNotices.txt'), 'utf8'), /^zod [\d.]+ \(MIT\)$/m);
  });

  it('asks Microsoft Graph nothing by itself', () => {
    assert.deepEqual(session.cloud.graphRequests, []);
  });
});
