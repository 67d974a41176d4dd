import { GraphError } from './errors.ts';
import { type Exchanged, type ExchangeParts, exchange, isRefusal } from './exchange.ts';
import type { GraphRequest, SendOptions } from './request.ts';

/**
 * Makes the tries of one read: each goes out once, and one of them all, if its token was refused, once more with a new token.
 * Never more, for a service that refuses every token would be asked for ever.
 */
export function createReader(parts: ExchangeParts, request: GraphRequest, options: SendOptions): () => Promise<Exchanged> {
  let mayRenew = true;
  return async () => {
    try {
      return await exchange(parts, request, options);
    } catch (error) {
      if (!mayRenew || !(error instanceof GraphError) || !isRefusal(error)) throw error;
      mayRenew = false;
      return exchange(parts, request, options);
    }
  };
}
