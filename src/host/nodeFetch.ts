import fetch from 'node-fetch';
import type { Fetch } from '../graph/transport.ts';

/** Statuses whose `Response` may have no body, by the Fetch standard. */
const bodiless = new Set([101, 204, 205, 304]);

/** What node-fetch has undone by the time the body is read, so that it must not be said of the body any longer. */
const undone = new Set(['content-encoding', 'content-length', 'transfer-encoding']);

/** node-fetch, which goes over `https` as VS Code patched it, with the types of the platform's `fetch`. */
export const nodeFetch: Fetch = async request => {
  const answer = await fetch(request.url, {
    method: request.method,
    headers: [...request.headers],
    redirect: request.redirect,
    signal: request.signal,
    body: request.body === null ? null : await request.text(),
  });
  // VS Code's https hands on as the host's what a proxy answers in its place. This one can only be a proxy's.
  if (answer.status === 407)
    throw new TypeError('fetch failed', { cause: new Error('Proxy response (407): Proxy Authentication Required') });
  const body = await answer.arrayBuffer();
  return new Response(bodiless.has(answer.status) ? null : body, {
    status: answer.status,
    statusText: answer.statusText,
    headers: [...answer.headers].filter(([name]) => !undone.has(name)),
  });
};
