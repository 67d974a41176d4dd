import type { NetworkParts } from '../../../src/auth/connectivity.ts';
import { failure } from '../graph/fixture.ts';

/** How a transport behaves: the code that a connection fails with, or `answers`. */
type Behaviour = 'answers' | 'distrusts' | 'expired' | 'offline' | 'redirects' | 'wantsProxyUser';

/** A network by the way that is taken; each answers where nothing is said of it. */
export interface Network {
  readonly fetch?: Behaviour;
  readonly https?: Behaviour;
  readonly graph?: Behaviour;
  readonly additionalSupport?: boolean;
}

const failures: Readonly<Record<Exclude<Behaviour, 'answers'>, Error>> = {
  distrusts: failure('UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first certificate'),
  expired: failure('CERT_HAS_EXPIRED', 'certificate has expired'),
  offline: failure('ENOTFOUND', 'getaddrinfo ENOTFOUND login.microsoftonline.com'),
  wantsProxyUser: failure('UND_ERR_ABORTED', 'Proxy response (407) ?.== 200 when HTTP Tunneling'),
  redirects: new TypeError('fetch failed', { cause: new Error('unexpected redirect') }),
};

/** The network, with a list that grows by each request: the transport, the address, and its token, which none should have. */
export function networkOf({ fetch, https, graph, additionalSupport = true }: Network, asked: string[] = []): NetworkParts {
  const transport =
    (name: string, behaviour: Behaviour = 'answers') =>
    async (request: Request): Promise<Response> => {
      asked.push([name, request.method, request.url, request.headers.get('authorization') ?? ''].join(' ').trim());
      if (behaviour !== 'answers') throw failures[behaviour];
      return new Response('', { status: 401 });
    };
  return {
    fetch: transport('fetch', fetch),
    loadHttps: async () => transport('https', https),
    graph: transport('graph', graph),
    additionalSupport: () => additionalSupport,
  };
}
