import type { Fetch } from '../graph/transport.ts';
import { createTransport } from '../graph/transport.ts';

/**
 * VS Code's `fetch`, looked up at each call, because VS Code replaces `globalThis.fetch`.
 * It gets an address and plain parts and not the `Request`, because with the setting `http.electronFetch` it is Electron's, which knows no `Request` of Node.
 */
export const globalFetch: Fetch = async request =>
  globalThis.fetch(request.url, {
    method: request.method,
    headers: request.headers,
    redirect: request.redirect,
    signal: request.signal,
    body: request.body === null ? null : await request.text(),
  });

/** Loads node-fetch, which goes over VS Code's `https`. */
export const loadNodeFetch = async (): Promise<Fetch> => (await import('./nodeFetch.ts')).nodeFetch;

/**
 * The transport of the product: VS Code's `fetch`, or node-fetch over VS Code's `https` where the former cannot be used.
 *
 * @param additionalSupport the value of the setting `http.fetchAdditionalSupport`
 */
export const createHostFetch = (additionalSupport: () => boolean): Fetch =>
  createTransport({ fetch: globalFetch, loadFallback: loadNodeFetch, additionalSupport });
