import { connectionKey, type Identity } from '../auth/account.ts';
import { type AccountStore, pinnedAccounts } from '../auth/pinnedAccount.ts';
import { rememberedName } from './connect.ts';
import { type Store, storedMemory } from './memory.ts';

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
