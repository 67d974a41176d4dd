import * as z from 'zod/mini';

const text = z.optional(z.string());
const payload = z.looseObject({ scp: text, roles: z.optional(z.array(z.string())), oid: text, upn: text, appid: text, tid: text });

/** What an access token says of itself. */
export type TokenClaims = z.infer<typeof payload>;

/**
 * What an access token says of itself, to explain and to tell accounts apart; what it allows is what Microsoft Graph answers.
 * Undefined for a token that cannot be read, which it need not be for a client
 * (https://learn.microsoft.com/entra/identity-platform/access-tokens).
 */
export function tokenClaims(token: string): TokenClaims | undefined {
  try {
    return payload.safeParse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))).data;
  } catch {
    // It is opaque.
    return undefined;
  }
}

/** The permissions that an access token names: those of a person, or the roles of an app. */
export function tokenScopes(token: string): readonly string[] | undefined {
  const claims = tokenClaims(token);
  return claims?.scp?.split(' ').filter(scope => scope !== '') ?? claims?.roles;
}
