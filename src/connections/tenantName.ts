import * as z from 'zod/mini';
import type { GraphClient } from '../graph/client.ts';
import { tierScopes } from '../intune/model/families.ts';

const organizations = z.looseObject({ value: z.array(z.looseObject({ displayName: z.string().check(z.minLength(1)) })) });

/** The tenant's display name, or undefined where it cannot be read. */
export async function readTenantName(client: GraphClient): Promise<string | undefined> {
  const [answer] = await client.sendAll([{ path: '/v1.0/organization?$select=id,displayName', scopes: tierScopes.browse }]);
  if (!answer?.ok) return undefined;
  return organizations.safeParse(answer.value.body).data?.value[0]?.displayName;
}
