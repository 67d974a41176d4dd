import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createGraphClient } from '../../../src/graph/client.ts';
import { clouds } from '../../../src/graph/clouds.ts';
import { systemClock } from '../../../src/host/clock.ts';
import { createJournalFile } from '../../../src/host/journalFile.ts';
import { isWritten } from '../../../src/intune/history/pastChange.ts';
import { readHistory } from '../../../src/intune/history/readHistory.ts';
import { settleInterrupted } from '../../../src/intune/history/settleInterrupted.ts';
import { rowsOf } from '../../../src/sample/index.ts';
import { startWindowService, type WindowService } from './service.ts';

const bulk = 200;
const hour = 3_600_000;
/** How often a window is killed, and the seed of the moments: the same seed gives the same ones. */
const kills = Number(process.env['KILLS'] ?? 4);
const seed = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000);

/** Numbers below a bound; Park and Miller's generator, https://doi.org/10.1145/63039.63042. */
function numbers(start: number): (below: number) => number {
  let state = start + 1;
  return below => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

describe(`a window that is killed at any request of a bulk (KILL_SEED=${seed} KILLS=${kills})`, () => {
  const next = numbers(seed);
  let service: WindowService;
  let folder: string;
  before(async () => {
    console.log(`KILL_SEED=${seed} KILLS=${kills}`);
    service = await startWindowService();
  });
  after(() => service.close());

  const client = () =>
    createGraphClient({
      cloud: clouds.global,
      credential: { getToken: async () => ({ token: 'ada', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) },
      fetch: service.tenant.handle,
      clock: systemClock,
    });
  const isAssigned = (scriptId: string, groupId: string): boolean => {
    const script = service.tenant.state.scripts.get('deviceManagementScripts', scriptId) ?? assert.fail(scriptId);
    return rowsOf(script).some(({ target }) => String(target['groupId']).toLowerCase() === groupId.toLowerCase());
  };

  for (let kill = 1; kill <= kills; kill += 1) {
    // The reads that plans are made from are ten requests; those of chunks come after them.
    const [request, done] = [8 + next(32), next(2) === 1];
    test(`request ${request}, ${done ? 'done' : 'not done'}: the journal accounts for every script`, async () => {
      folder = await mkdtemp(join(tmpdir(), 'journal-'));
      try {
        const { id: groupId } = service.tenant.admin.addGroup({ displayName: `Kill ${kill}` });
        const scripts = service.scripts.slice(0, bulk);
        const window = service.openWindow(folder, 'ada', groupId, scripts);
        const ended = once(window, 'exit');
        let count = 0;
        service.around = (_, __, over) => {
          if (!over) count += 1;
          if (count < request || (count === request && over !== done)) return;
          window.kill('SIGKILL');
          throw new Error('The client is gone.');
        };
        assert.deepEqual(await ended, [null, 'SIGKILL']);
        service.around = () => undefined;

        const journal = createJournalFile(folder, 'reader');
        const { ends, lookAgainIn } = await settleInterrupted(client(), await readHistory(journal), Date.now() + hour);
        await journal.append(ends);
        assert.equal(lookAgainIn, undefined);
        const [change, ...others] = await readHistory(journal);
        assert.deepEqual(others, []);
        // Without a change in the journal, nothing was begun.
        const outcomes = new Map(change?.writes.map(write => [write.script.id, write]));
        assert.equal(outcomes.size, change ? bulk : 0);
        for (const id of scripts) {
          const write = outcomes.get(id);
          assert.ok(!write || ['written', 'cancelled', 'notStarted'].includes(write.outcome), write?.outcome);
          assert.equal(isAssigned(id, groupId), write !== undefined && isWritten(write), id);
        }
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });
  }
});
