import * as z from 'zod/mini';
import { parseGuid } from '../../base/guid.ts';
import { type CloudId, clouds } from '../../graph/clouds.ts';
import { urlPart } from '../../graph/request.ts';
import type { Fetch } from '../../graph/transport.ts';
import { askWithoutToken, notReached } from '../connectivity.ts';

const metadata = z.looseObject({ issuer: z.string() });

/** Milliseconds after which nobody waits for the answer any more. */
const timeLimit = 15_000;

/**
 * The id of the tenant that a domain belongs to, from its public OpenID metadata: no account, no token. Undefined where the cloud has no
 * such tenant. A domain never goes to VS Code's provider, which would refresh its tokens with every call.
 * Source: https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc
 *
 * @throws NotReached where there is no answer
 */
export async function resolveTenant(fetch: Fetch, cloud: CloudId, domain: string): Promise<string | undefined> {
  const address = `${clouds[cloud].authority}/${urlPart(domain)}/v2.0/.well-known/openid-configuration`;
  const response = await askWithoutToken(fetch, address, timeLimit).catch((error: unknown) => {
    throw notReached(error, address);
  });
  if (!response.ok) return undefined;
  const { data } = metadata.safeParse(await response.json().catch(() => undefined));
  return data && parseGuid(URL.parse(data.issuer)?.pathname.split('/')[1] ?? '');
}
