export interface SampleTenantParts {
  /** Writes the user's setting; undefined takes it away. */
  readonly updateSetting: (key: 'useSampleTenant', value: true | undefined) => PromiseLike<void>;
  /** Puts the focus into the Scripts view. */
  readonly focusScripts: () => PromiseLike<unknown>;
}

const use =
  (value: true | undefined) =>
  ({ updateSetting, focusScripts }: SampleTenantParts) =>
  async (): Promise<void> => {
    await updateSetting('useSampleTenant', value);
    await focusScripts();
  };

/** Try the Sample Tenant: shows the built-in tenant instead of the user's own. */
export const useSampleTenant = use(true);

/** Leave the Sample Tenant: back to the user's own tenant, or to setting it up. */
export const leaveSampleTenant = use(undefined);
