import { isDistrusted } from './failure.ts';

export interface TransportParts {
  /** VS Code's own `fetch`, which pools connections and knows proxy and system certificates. */
  readonly fetch: Fetch;
  /** Loads the transport over `https`, which also trusts NODE_EXTRA_CA_CERTS. */
  readonly loadFallback: () => Promise<Fetch>;
  /** Whether VS Code's `fetch` has its proxy and certificates: the setting `http.fetchAdditionalSupport`. */
  readonly additionalSupport: () => boolean;
}

/**
 * One `Fetch` of the two. The first read decides for good, and reads that start meanwhile wait for it, one round trip. It moves to the
 * fallback only where VS Code's `fetch` does not trust the certificate and the fallback gets an answer. A first read that fails decides
 * nothing. A write uses what is decided, or VS Code's `fetch`, and never goes to the other.
 */
export function createTransport({ fetch, loadFallback, additionalSupport }: TransportParts): Fetch {
  let chosen: Fetch | undefined;
  /** The first read under way; never rejects. */
  let probing: Promise<void> | undefined;

  const favourite = async (): Promise<Fetch> => (additionalSupport() ? fetch : loadFallback());

  const distrusted = async (request: Request, error: unknown): Promise<Response> => {
    try {
      const fallback = await loadFallback();
      const answer = await fallback(request);
      chosen ??= fallback;
      return answer;
    } catch {
      // Where both fail, what VS Code's fetch says is what the user can act on: the certificate.
      throw error;
    }
  };

  const probe = async (request: Request): Promise<Response> => {
    const first = await favourite();
    const spare = request.clone();
    try {
      const answer = await first(request);
      chosen ??= first;
      return answer;
    } catch (error) {
      if (first !== fetch || !isDistrusted(error)) throw error;
      return await distrusted(spare, error);
    }
  };

  const read = async (request: Request): Promise<Response> => {
    // Not awaited where there is none: reads that start in the same moment would all be the first.
    if (probing) await probing;
    if (chosen) return chosen(request);
    const answer = probe(request);
    const ended = (): void => {
      probing = undefined;
    };
    probing ??= answer.then(ended, ended);
    return answer;
  };

  return async request => (request.method === 'GET' ? read(request) : (chosen ?? (await favourite()))(request));
}

/** What sends a request and resolves to its answer; `globalThis.fetch`, the transport of the host and the sample tenant fit. */
export type Fetch = (request: Request) => Promise<Response>;
