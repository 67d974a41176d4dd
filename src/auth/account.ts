import * as z from 'zod/mini';
import { parseGuid } from '../base/guid.ts';
import { type CloudId, clouds } from '../graph/clouds.ts';
import { type SignInMethod, signInMethods } from '../host/settings.ts';

/** An account of an authentication provider; the shape of VS Code's `AuthenticationSessionAccountInformation`. */
export interface Account {
  /** Stable: `<object id>.<home tenant id>` with VS Code's Microsoft provider. */
  readonly id: string;
  /** The user principal name, to be shown only. */
  readonly label: string;
}

/** The app registration that the user signs in with, and the tenant that it is used in. All ids are GUIDs in lower case. */
export interface Registration {
  readonly cloud: CloudId;
  readonly tenantId: string;
  readonly clientId: string;
  /** How somebody signs in with it; left out, it is VS Code's account. What was agreed to and chosen for one way holds for no other. */
  readonly signInMethod?: SignInMethod;
}

/** Who is signed in, and where. */
export interface Identity extends Registration {
  readonly account: Account;
}

/**
 * A registration from settings, or undefined while the ids are missing or not valid: sign-in is not set up then.
 * A cloud or a sign-in method that is not known counts as not set up, for nobody is to be signed in otherwise than was meant.
 */
export const registrationOf = (settings: {
  readonly clientId?: string;
  readonly tenantId?: string;
  readonly cloud: CloudId;
  readonly signInMethod?: SignInMethod;
  readonly problems?: readonly { readonly key: string }[];
}): Registration | undefined => {
  const { clientId, tenantId, cloud, signInMethod = 'vscode', problems = [] } = settings;
  const unclear = problems.some(({ key }) => key === 'cloud' || key === 'signInMethod');
  if (clientId === undefined || tenantId === undefined || unclear) return undefined;
  return { cloud, tenantId, clientId, signInMethod };
};

/**
 * What journal, caches and pending writes belong to: cloud, tenant and account. Stable between sessions.
 * The client id is not part of it: another app registration shows the same account the same tenant.
 */
export const connectionKey = (identity: Pick<Identity, 'cloud' | 'tenantId' | 'account'>): string =>
  [identity.cloud, identity.tenantId, identity.account.id].join('/').toLowerCase();

/** One key of a registration and the way to sign in with it, for what is remembered for them. */
export const registrationKey = ({ cloud, tenantId, clientId, signInMethod = 'vscode' }: Registration): string =>
  [cloud, tenantId, clientId, ...(signInMethod === 'vscode' ? [] : [signInMethod])].join('/').toLowerCase();

/** Whether two registrations are the same one. Undefined (not set up) equals undefined. */
export const sameRegistration = (one: Registration | undefined, other: Registration | undefined): boolean =>
  (one && registrationKey(one)) === (other && registrationKey(other));

const appPrefix = 'app:';

/** The account that stands for an app that signs in as itself. Its label is stored with what it changes, so that it is the same in every language. */
export const appAccount = (clientId: string): Account => ({ id: `${appPrefix}${clientId}`, label: `app-only ${clientId}` });

/** Whether an account is an app, and no person. */
export const isAppOnly = ({ id }: Pick<Account, 'id'>): boolean => id.startsWith(appPrefix);

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

const keys = ['cloud', 'clientId', 'tenantId', 'signInMethod'] as const;

/** Where the ids and the cloud of a registration are kept: the user's settings. */
export interface RegistrationSettings {
  /** With what stands in for a value that cannot be used, which `problems` name. */
  readonly readSettings: () => Partial<Registration> & { readonly problems?: readonly { readonly key: string }[] };
  readonly updateSetting: (key: (typeof keys)[number], value: string | undefined) => Promise<void>;
}

/**
 * Writes what differs, and a cloud in place of one that is not known, or, if one of it cannot be written, nothing: a client id with another
 * tenant's id signs nobody in.
 *
 * @throws what `updateSetting` rejects with
 */
export async function saveRegistration({ readSettings, updateSetting }: RegistrationSettings, registration: Registration): Promise<void> {
  const before = readSettings();
  const isUnknown = before.problems?.some(({ key }) => key === 'cloud') ?? false;
  // A cloud that is not known comes last: there is no way back to it, and until it is replaced nobody is signed in to a wrong one.
  const order = isUnknown ? [...keys].reverse() : keys;
  // The way to sign in stays where a registration names none.
  const isWanted = (key: (typeof keys)[number]): boolean => registration[key] !== undefined;
  const written: (typeof keys)[number][] = [];
  try {
    for (const key of order.filter(one => isWanted(one) && (before[one] !== registration[one] || (one === 'cloud' && isUnknown)))) {
      await updateSetting(key, registration[key]);
      written.push(key);
    }
  } catch (error) {
    // The first error is the one to tell, whatever becomes of the way back.
    for (const key of written) await updateSetting(key, before[key]).catch(() => undefined);
    throw error;
  }
}
