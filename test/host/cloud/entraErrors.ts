/** A refusal of the token endpoint. */
export interface EntraError {
  readonly code: number;
  readonly error: string;
  readonly suberror?: string;
  readonly description: string;
}

/** Refusals, worded as in https://learn.microsoft.com/entra/identity-platform/reference-error-codes. */
export const errors = {
  consent: (clientId: string, scope: string): EntraError => ({
    code: 65001,
    error: 'invalid_grant',
    suberror: 'consent_required',
    description:
      `AADSTS65001: The user or administrator has not consented to use the application with ID '${clientId}' named 'Test' (${scope}). ` +
      'Send an interactive authorization request for this user and resource.',
  }),
  noTenant: (domain: string): EntraError => ({
    code: 90002,
    error: 'invalid_tenant',
    description: `AADSTS90002: Tenant '${domain}' not found.`,
  }),
  adminApproval: {
    code: 90094,
    error: 'access_denied',
    description: 'AADSTS90094: The grant requires admin permission. Ask an administrator to grant permission to this app.',
  },
  declined: {
    code: 65004,
    error: 'access_denied',
    description: 'AADSTS65004: The resource owner or authorization server denied the request. User declined to consent to access the app.',
  },
  notPreauthorized: {
    code: 65002,
    error: 'invalid_request',
    description: 'AADSTS65002: Consent between first party application and first party resource must be configured via preauthorization.',
  },
  conditionalAccess: {
    code: 53003,
    error: 'access_denied',
    description: 'AADSTS53003: Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
  },
  redirectUri: {
    code: 50011,
    error: 'invalid_request',
    description: 'AADSTS50011: The redirect URI specified in the request does not match the redirect URIs configured for the application.',
  },
  badSecret: {
    code: 7000215,
    error: 'invalid_client',
    description: 'AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value.',
  },
  authorizationPending: {
    code: 70016,
    error: 'authorization_pending',
    description: 'AADSTS70016: OAuth 2.0 device flow error. Authorization is pending. Continue polling.',
  },
  badGrant: {
    code: 50173,
    error: 'invalid_grant',
    description: 'AADSTS50173: The provided grant has expired due to it being revoked, a fresh auth token is needed.',
  },
  noAccount: {
    code: 50058,
    error: 'login_required',
    description: 'AADSTS50058: Session information is not sufficient for single-sign-on.',
  },
} as const satisfies Record<string, EntraError | ((...args: never[]) => EntraError)>;
