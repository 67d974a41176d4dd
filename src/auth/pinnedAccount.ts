import * as z from 'zod/mini';
import { type Account, type Registration, registrationKey } from './account.ts';

/** Where the choice of an account is kept: VS Code's `globalState` fits. */
export interface AccountStore {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const shape = z.object({ id: z.string().check(z.minLength(1)), label: z.string() });

const keyOf = (registration: Registration): string => `account:${registrationKey(registration)}`;

/** The account that the user chose for a registration. What the store holds is checked: it outlives versions. */
export const readPinnedAccount = (store: AccountStore, registration: Registration): Account | undefined =>
  shape.safeParse(store.get(keyOf(registration))).data;

/** Remembers the account, or forgets it. */
export const writePinnedAccount = async (store: AccountStore, registration: Registration, account: Account | undefined): Promise<void> =>
  store.update(keyOf(registration), account && { id: account.id, label: account.label });
