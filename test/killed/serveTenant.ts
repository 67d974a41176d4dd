import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SampleTenant } from '../../src/sample/index.ts';
import { readRequest, writeResponse } from '../host/cloud/serveFetch.ts';

/** Stands between a window and the tenant; one that rejects drops the connection. */
export type Between = (request: Request, body: string, serve: () => Promise<Response>) => Promise<Response>;

export interface ServedTenant {
  readonly url: string;
  /** Resolves when no request is at work any more. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Serves a tenant over HTTP, so that it outlives the processes that ask it. */
export async function serveTenant(tenant: SampleTenant, between: Between): Promise<ServedTenant> {
  const atWork = new Set<Promise<void>>();
  async function answer(message: http.IncomingMessage, out: http.ServerResponse): Promise<void> {
    const { request, body } = await readRequest(message);
    const { pathname, search } = new URL(request.url);
    // The service goes on with what it was asked, whoever waits for the answer.
    const asked = new Request(`https://graph.microsoft.com${pathname}${search}`, request);
    await writeResponse(await between(asked, body.toString('utf8'), () => tenant.handle(asked)), out);
  }
  const server = http.createServer((message, out) => {
    const work: Promise<void> = answer(message, out)
      .catch(() => void message.socket.destroy())
      .finally(() => atWork.delete(work));
    atWork.add(work);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    idle: async () => {
      while (atWork.size > 0) await Promise.all(atWork);
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
