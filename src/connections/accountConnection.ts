import { connectionKey, type Identity, isAppOnly } from '../auth/account.ts';
import type { SessionPort } from '../auth/sessionPort.ts';
import { createVSCodeCredential } from '../auth/vscodeCredential.ts';
import type { Clock } from '../base/clock.ts';
import { createGraphClient, type Fetch } from '../graph/client.ts';
import { clouds } from '../graph/clouds.ts';
import type { RequestLog } from '../graph/log.ts';
import type { Connection } from '../intune/read/connection.ts';
import { connect } from './connect.ts';
import { type Store, storedMemory } from './memory.ts';

export interface AccountConnectionParts {
  readonly sessions: SessionPort;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly store: Store;
  readonly log: RequestLog;
  readonly onName: () => void;
}

/** The tenant of a signed-in account. */
export function accountConnection(identity: Identity, parts: AccountConnectionParts): Connection {
  const { sessions, fetch, clock, store, log, onName } = parts;
  const cloud = clouds[identity.cloud];
  const key = connectionKey(identity);
  const credential = createVSCodeCredential({ settings: identity, account: identity.account, sessions });
  return connect({
    key,
    sample: false,
    cloud,
    tenantId: identity.tenantId,
    account: identity.account.label,
    appOnly: isAppOnly(identity.account),
    client: createGraphClient({ cloud, credential, fetch, clock, log }),
    memory: storedMemory(store, key),
    onName,
  });
}
