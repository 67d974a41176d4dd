import type { Clock } from './clock.ts';
import { GraphError } from './errors.ts';
import type { Scopes, SendOptions } from './request.ts';
import type { TokenSource } from './tokenSource.ts';

/** How long a prepared token lives on, in milliseconds: a review's last read and its write fit in. */
const minLife = 120_000;

/** What a token is asked for when no request is about to be sent. */
const request = { method: 'GET', path: '' };

/**
 * Has a token for these scopes ready that lives long enough for what follows.
 *
 * @throws GraphError `noToken`, also with the code `tokenExpiresSoon` where the credential gives none that lives so long
 */
export async function prepareToken(tokens: TokenSource, clock: Clock, scopes: Scopes, options: SendOptions): Promise<void> {
  const token = await tokens.get(scopes, { ...options, minLife, request });
  if (token.expiresOnTimestamp - clock.now() > minLife) return;
  const message = "The sign-in gives a token that expires at once. Is this computer's clock right?";
  throw new GraphError({ kind: 'noToken', code: 'tokenExpiresSoon', message, request, sent: 'no' });
}
