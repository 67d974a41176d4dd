import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { pictureOfFailure } from './fixtures/pictureOfFailure.ts';
import { openSignedIn, type SignedIn } from './fixtures/signedIn.ts';

describe('run results, on the row below a script', () => {
  let session: SignedIn;
  before(async () => {
    session = await openSignedIn({ theme: 'light' });
  });
  after(() => session?.close());
  afterEach(pictureOfFailure(() => session));

  const summaries = (): number => session.cloud.graphRequests.filter(({ path }) => path.endsWith('/runSummary')).length;

  it('are asked for when the script is unfolded, and not before', async () => {
    const { workbench } = session;
    const scripts = workbench.view('Scripts');
    await scripts.expand('Platform scripts');
    await scripts.row("Platform script 'Configure Developer Workstation'").waitFor();
    assert.equal(summaries(), 0);
    await scripts.expand("Platform script 'Configure Developer Workstation'");
    await scripts.row(/^Ran: [\d,]+ succeeded/).waitFor();
    assert.equal(summaries(), 1);
    await scripts.row("Assigned to group 'Developer Workstations'").waitFor();
    await workbench.screenshot('run-results-light');
  });
});
