// A small tenant with all that a write needs, in memory and in simulated time.
import { transientMemory } from '../../src/connections/memory.ts';
import { createGraphClient } from '../../src/graph/client.ts';
import type { Clock } from '../../src/graph/clock.ts';
import { clouds } from '../../src/graph/clouds.ts';
import type { Connection } from '../../src/intune/connection.ts';
import type { KnownGroup } from '../../src/intune/group.ts';
import type { Inventory } from '../../src/intune/inventory.ts';
import type { WriteParts } from '../../src/intune/write/job.ts';
import { createSampleTenant, type ObservedRequest, type SampleScript, type SampleTenant } from '../../src/sample/index.ts';
import { createFakeClock } from '../unit/graph/fakeClock.ts';
import { groupIds } from './arbitraryRows.ts';
import { createDisk, type Disk } from './disk.ts';
import type { History } from './history.ts';
import { scriptsOf, stateOf } from './state.ts';

export interface World {
  readonly tenant: SampleTenant;
  readonly clock: Clock;
  readonly connection: Connection;
  readonly disk: Disk;
  readonly parts: Omit<WriteParts, 'writeMethod'>;
  readonly scripts: readonly SampleScript[];
}

/** All names are known already: asking for them is no part of a history. */
const inventory: Inventory = {
  families: new Map(),
  groups: new Map(groupIds.map((id): [string, KnownGroup] => [id, { id, status: 'named', name: id }])),
  scripts: () => [],
  filters: () => undefined,
  readFilters: async () => new Map(),
  load: async () => undefined,
  reload: async () => undefined,
  setAssignments: () => undefined,
  onDidChange: () => ({ dispose: () => undefined }),
};

/** How long a sign-in takes and what it is good for, in milliseconds: waiting for it in the wrong place shows. */
const tokenMs = 30;
const tokenLifeMs = 900_000;

const credentialOf = (clock: Clock) => ({
  async getToken() {
    await clock.sleep(tokenMs);
    return { token: 'sample', expiresOnTimestamp: clock.now() + tokenLifeMs };
  },
});

export function createWorld(history: History, observe: (request: ObservedRequest) => void): World {
  const clock = createFakeClock();
  const disk = createDisk(clock);
  const memory = transientMemory();
  const made = scriptsOf(history);
  const scripts = made.map(([script]) => script);
  const state = stateOf(scripts);
  const tenant = createSampleTenant({ clock, state, behavior: history.manners, observe });
  const cloud = clouds.global;
  const client = createGraphClient({ cloud, credential: credentialOf(clock), fetch: tenant.handle, clock, random: () => 0.5 });
  const { tenantId, tenantName } = state;
  const account = state.user.userPrincipalName;
  const key = 'history';
  let ids = 0;
  return {
    tenant,
    clock,
    disk,
    scripts,
    connection: { key, sample: false, cloud, tenantId, tenantName, account, client, memory, inventory },
    parts: {
      client,
      memory,
      clock,
      account,
      connection: key,
      journal: disk.journal,
      newId: () => `id-${++ids}`,
      report: () => undefined,
    },
  };
}
