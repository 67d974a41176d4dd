/**
 * Permissions are asked for in tiers, each by a token request of its own: one scope that lacks consent fails a whole token request.
 * `more` adds the settings catalog, which Linux scripts and assignment filters belong to.
 */
export type Tier = 'browse' | 'browseMore' | 'write' | 'writeMore';

const always = ['GroupMember.Read.All', 'User.Read'];

/**
 * The delegated scopes of each tier, by their names in Microsoft Graph. All but `User.Read` need an administrator's consent.
 * Source: the permissions that Microsoft Graph publishes, after the change of 2025 (Message Center MC1066336).
 */
export const tierScopes: Readonly<Record<Tier, readonly string[]>> = {
  browse: ['DeviceManagementScripts.Read.All', ...always],
  browseMore: ['DeviceManagementConfiguration.Read.All', ...always],
  write: ['DeviceManagementScripts.ReadWrite.All', ...always],
  writeMore: ['DeviceManagementConfiguration.ReadWrite.All', ...always],
};
