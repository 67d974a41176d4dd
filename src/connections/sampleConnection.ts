import type { Clock } from '../base/clock.ts';
import { createGraphClient } from '../graph/client.ts';
import { clouds } from '../graph/clouds.ts';
import type { RequestLog } from '../graph/log.ts';
import { connect } from './connect.ts';
import { transientMemory } from './memory.ts';

const noRealToken = { getToken: async () => ({ token: 'sample', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) };

/** The built-in tenant, and who else works in it: needs no account and no network, and begins anew each time, so that each has a `key` of its own. */
export async function sampleConnection(parts: {
  readonly key: string;
  readonly clock: Clock;
  readonly log: RequestLog;
  readonly onName: () => void;
}) {
  const { createSampleTenant, gentleBehavior, secondAdministratorByHand } = await import('../sample/index.ts');
  const tenant = createSampleTenant({ clock: parts.clock, behavior: gentleBehavior() });
  const cloud = clouds.global;
  const connection = connect({
    key: parts.key,
    sample: true,
    cloud,
    tenantId: tenant.tenantId,
    account: 'sample@contoso.com',
    client: createGraphClient({ cloud, credential: noRealToken, fetch: tenant.handle, clock: parts.clock, log: parts.log }),
    memory: transientMemory(),
    onName: parts.onName,
  });
  return { connection, secondAdministrator: secondAdministratorByHand(tenant) };
}

/** Somebody else in the sample tenant, whom the user can play. */
export type SecondAdministrator = Awaited<ReturnType<typeof sampleConnection>>['secondAdministrator'];
