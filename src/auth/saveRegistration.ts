import type { Registration } from './account.ts';

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
