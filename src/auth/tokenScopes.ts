import * as z from 'zod/mini';

const payload = z.looseObject({ scp: z.string() });

/**
 * The permissions that an access token names, to explain and never to decide: what counts is what Microsoft Graph answers.
 * Undefined for a token that cannot be read, which it need not be for a client
 * (https://learn.microsoft.com/entra/identity-platform/access-tokens).
 */
export function tokenScopes(token: string): readonly string[] | undefined {
  try {
    const { data } = payload.safeParse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')));
    return data?.scp.split(' ').filter(scope => scope !== '');
  } catch {
    // It is opaque.
    return undefined;
  }
}
