/** The ids of an app registration, GUIDs in lower case. */
export interface Ids {
  readonly clientId: string;
  readonly tenantId: string;
}

/** Writes both ids or, if the second cannot be written, neither: a client id with another tenant's id signs nobody in. */
export const saveIds = async (
  settings: {
    readonly readSettings: () => Partial<Ids>;
    readonly updateSetting: (key: keyof Ids, value: string | undefined) => Promise<void>;
  },
  ids: Ids,
): Promise<void> => {
  const before = settings.readSettings().clientId;
  await settings.updateSetting('clientId', ids.clientId);
  try {
    await settings.updateSetting('tenantId', ids.tenantId);
  } catch (error) {
    // The first error is the one to tell, whatever becomes of the way back.
    await settings.updateSetting('clientId', before).catch(() => undefined);
    throw error;
  }
};
