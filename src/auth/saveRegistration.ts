import type { Registration } from './account.ts';

const keys = ['cloud', 'clientId', 'tenantId'] as const;

/** Where the ids and the cloud of a registration are kept: the user's settings. */
export interface RegistrationSettings {
  readonly readSettings: () => Partial<Registration>;
  readonly updateSetting: (key: (typeof keys)[number], value: string | undefined) => Promise<void>;
}

/**
 * Writes what differs or, if one of it cannot be written, nothing: a client id with another tenant's id signs nobody in.
 *
 * @throws what `updateSetting` rejects with
 */
export async function saveRegistration({ readSettings, updateSetting }: RegistrationSettings, registration: Registration): Promise<void> {
  const before = readSettings();
  const written: (typeof keys)[number][] = [];
  try {
    for (const key of keys.filter(one => before[one] !== registration[one])) {
      await updateSetting(key, registration[key]);
      written.push(key);
    }
  } catch (error) {
    // The first error is the one to tell, whatever becomes of the way back.
    for (const key of written) await updateSetting(key, before[key]).catch(() => undefined);
    throw error;
  }
}
