import type { Cloud } from './clouds.ts';
import type { AccessToken } from './credential.ts';
import { GraphError } from './errors.ts';
import { type GraphRequest, methodOf, pathOf } from './request.ts';

const parsed = (path: string, base: string): URL | undefined => (URL.canParse(path, base) ? new URL(path, base) : undefined);

/**
 * The address of a request, if it is the cloud's Microsoft Graph: `https`, exactly its host, its port, no user info.
 * Paths and nextLinks are data, and a token that goes elsewhere is stolen.
 *
 * @throws GraphError `untrustedHost`, which names the host
 */
export function trustedUrl(cloud: Cloud, request: GraphRequest): URL {
  const url = parsed(request.path, cloud.graph);
  const graph = new URL(cloud.graph);
  const trusted = url?.protocol === 'https:' && url.origin === graph.origin && url.username === '' && url.password === '';
  if (url && trusted) return url;
  const where = url
    ? `${url.protocol}//${url.host}${url.username || url.password ? ' with a user name' : ''}`
    : 'something that is no address';
  throw new GraphError({
    kind: 'untrustedHost',
    message: `A request would have gone to ${where} and not to ${graph.host}. It was not sent.`,
    request: { method: methodOf(request), path: pathOf(request) },
    sent: 'no',
  });
}

/** The one place that attaches a token: gives the address of a request, checked, and its headers with `Authorization`. */
export function authorize(cloud: Cloud, request: GraphRequest, token: AccessToken): { url: URL; headers: Headers } {
  const url = trustedUrl(cloud, request);
  const headers = new Headers(request.headers);
  headers.set('authorization', `Bearer ${token.token}`);
  return { url, headers };
}
