import { type AccountStore, connectionKey, type Identity, isAppOnly, pinnedAccounts } from '../auth/account.ts';
import type { SessionPort } from '../auth/sessions.ts';
import { createVSCodeCredential } from '../auth/vscodeCredential.ts';
import type { Clock } from '../base/clock.ts';
import { createGraphClient, type Fetch } from '../graph/client.ts';
import { clouds } from '../graph/clouds.ts';
import type { RequestLog } from '../graph/log.ts';
import type { Connection } from '../intune/read/connection.ts';
import { connect, rememberedName } from './connect.ts';
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

/** A tenant that somebody signed in to here and did not sign out of. */
export interface KnownTenant extends Identity {
  /** The name that the tenant last had; its id where that was never read. */
  readonly name: string;
}

/** The tenants that somebody signed in to here, by name. Read from what is remembered, without the network. */
export const knownTenants = (store: Store & AccountStore): readonly KnownTenant[] =>
  pinnedAccounts(store)
    .map(identity => ({ ...identity, name: rememberedName(storedMemory(store, connectionKey(identity))) ?? identity.tenantId }))
    .sort((a, b) => a.name.localeCompare(b.name));
