import * as z from 'zod/mini';
import { parseGuid } from '../base/guid.ts';
import { clouds } from '../graph/clouds.ts';
import { signInMethods } from '../host/settings.ts';
import { type Account, type Identity, type Registration, registrationKey } from './account.ts';

/** Where the choice of an account is kept: VS Code's `globalState` fits. */
export interface AccountStore {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const shape = z.object({ id: z.string().check(z.minLength(1)), label: z.string() });

const prefix = 'account:';
const keyOf = (registration: Registration): string => `${prefix}${registrationKey(registration)}`;

/** The account that the user chose for a registration. What the store holds is checked: it outlives versions. */
export const readPinnedAccount = (store: AccountStore, registration: Registration): Account | undefined =>
  shape.safeParse(store.get(keyOf(registration))).data;

/** Who signed in last with a registration, and was not signed out; undefined where nobody was, or none is set up. */
export function pinnedIdentity(store: AccountStore, registration: Registration | undefined): Identity | undefined {
  const account = registration && readPinnedAccount(store, registration);
  return account && { ...registration, account };
}

/** All accounts that were chosen here, each with its registration. */
export function pinnedAccounts(store: AccountStore & { keys(): readonly string[] }): readonly Identity[] {
  return store.keys().flatMap((key): readonly Identity[] => {
    const [name = '', tenant = '', client = '', way = 'vscode'] = key.startsWith(prefix) ? key.slice(prefix.length).split('/') : [];
    const cloud = Object.values(clouds).find(({ id }) => id.toLowerCase() === name)?.id;
    const [tenantId, clientId] = [parseGuid(tenant), parseGuid(client)];
    const signInMethod = signInMethods.find(method => method.toLowerCase() === way);
    if (cloud === undefined || tenantId === undefined || clientId === undefined || signInMethod === undefined) return [];
    const registration = { cloud, tenantId, clientId, signInMethod };
    const account = readPinnedAccount(store, registration);
    return account ? [{ ...registration, account }] : [];
  });
}

/** Remembers the account, or forgets it. */
export const writePinnedAccount = async (store: AccountStore, registration: Registration, account: Account | undefined): Promise<void> =>
  store.update(keyOf(registration), account && { id: account.id, label: account.label });
