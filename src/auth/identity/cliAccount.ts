import * as z from 'zod/mini';
import { parseGuid } from '../../base/guid.ts';
import { type Account, appAccount, type Registration } from '../account.ts';

/**
 * Who is logged in to the Azure CLI, which it says in no other way than by its token. Undefined where that is not told, or where the token is
 * for another tenant: what is remembered and written down belongs to a tenant and an account, and must not end up with somebody else's.
 */
export function cliAccount(token: string, { tenantId }: Pick<Registration, 'tenantId'>): Account | undefined {
  const { oid = '', upn, appid = '', scp, tid = '' } = tokenClaims(token) ?? {};
  if (parseGuid(tid) !== tenantId) return undefined;
  const app = parseGuid(appid);
  if (scp === undefined && app !== undefined) return appAccount(app);
  const user = parseGuid(oid);
  return user === undefined ? undefined : { id: `azureCli:${user}`, label: upn ?? 'Azure CLI' };
}

const text = z.optional(z.string());
const payload = z.looseObject({ scp: text, roles: z.optional(z.array(z.string())), oid: text, upn: text, appid: text, tid: text });

/** What an access token says of itself. */
type TokenClaims = z.infer<typeof payload>;

/**
 * What an access token says of itself, to explain and to tell accounts apart; what it allows is what Microsoft Graph answers.
 * Undefined for a token that cannot be read, which it need not be for a client
 * (https://learn.microsoft.com/entra/identity-platform/access-tokens).
 */
function tokenClaims(token: string): TokenClaims | undefined {
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
