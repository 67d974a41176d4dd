import type { CloudId } from '../graph/clouds.ts';
import type { SignInMethod } from '../host/settings.ts';

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
