import { parseGuid } from '../../base/guid.ts';
import { type Account, appAccount, type Registration } from '../account.ts';
import { tokenClaims } from '../tokenClaims.ts';

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
