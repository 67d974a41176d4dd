import assert from 'node:assert/strict';
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

  it('asks Microsoft Graph nothing by itself', () => {
    assert.deepEqual(session.cloud.graphRequests, []);
  });
});
