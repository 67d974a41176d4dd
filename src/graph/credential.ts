/** A bearer token, as in `@azure/core-auth`. */
export interface AccessToken {
  token: string;
  /** Milliseconds since the epoch. */
  expiresOnTimestamp: number;
}

/** What a credential may be told with a token request; the part of `GetTokenOptions` of `@azure/core-auth` that is used here. */
export interface GetTokenOptions {
  abortSignal?: AbortSignal;
  /** The claims of a challenge, as JSON text. A token with these claims is wanted, not a cached one. */
  claims?: string;
}

/**
 * The `TokenCredential` of `@azure/identity`, in the part that is used here, so that any of its credentials fits.
 * Resolves to null when a token cannot be had without asking the user.
 */
export interface TokenCredential {
  getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken | null>;
}
