/** The discovery document of a tenant, with what a public client reads of it. */
export function openIdConfiguration(origin: string, tenant: string): Readonly<Record<string, unknown>> {
  const oauth = `${origin}/${tenant}/oauth2/v2.0`;
  return {
    token_endpoint: `${oauth}/token`,
    authorization_endpoint: `${oauth}/authorize`,
    device_authorization_endpoint: `${oauth}/devicecode`,
    end_session_endpoint: `${oauth}/logout`,
    jwks_uri: `${origin}/${tenant}/discovery/v2.0/keys`,
    // The braces are Entra's own for tenants that are not named.
    issuer: `${origin}/{tenantid}/v2.0`,
  };
}
