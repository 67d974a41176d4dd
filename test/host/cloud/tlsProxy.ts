import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Certificates } from './certificates.ts';
import { type RecordedRequest, recordRequest } from './recordedRequest.ts';
import { readRequest, type Service, writeResponse } from './serveFetch.ts';

/** Who may go through a proxy that wants to know. */
export interface ProxyUser {
  readonly name: string;
  readonly password: string;
}

/** A loopback proxy that answers for some hosts itself and lets nothing else out. */
export interface TlsProxy {
  /** Its address, with the user's name and password where it wants one. */
  readonly url: string;
  /** What arrived, in order. */
  readonly requests: readonly RecordedRequest[];
  /** Hosts that somebody asked for and that this proxy does not answer for. */
  readonly refused: ReadonlySet<string>;
  /** The host of each connection that was let through, in order, whether or not a request came by it. */
  readonly connected: readonly string[];
  /** Called with each request when it has been answered. */
  onAnswered(listener: (request: RecordedRequest) => void): () => void;
  close(): Promise<void>;
}

/**
 * Starts the proxy. A client asks it with `CONNECT host:443` and then speaks TLS to what it thinks is the host.
 *
 * @param services Who answers for which host. One that rejects drops the connection, as a network does.
 * @param keepBody Whether a host's bodies are recorded.
 * @param user Who may go through; anybody where there is none.
 */
export async function startTlsProxy(
  certificates: Certificates,
  services: ReadonlyMap<string, Service>,
  keepBody: (host: string) => boolean,
  user?: ProxyUser,
): Promise<TlsProxy> {
  const requests: RecordedRequest[] = [];
  const refused = new Set<string>();
  const connected: string[] = [];
  const listeners = new Set<(request: RecordedRequest) => void>();
  const sockets = new Set<Socket>();
  const allowed = user && `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}`;

  const answer = async (message: http.IncomingMessage, out: http.ServerResponse): Promise<void> => {
    const { request, body } = await readRequest(message);
    const host = new URL(request.url).host;
    const recorded = recordRequest(request, keepBody(host) ? body : Buffer.alloc(0));
    requests.push(recorded);
    const service = services.get(host);
    const response = service ? await service(request).catch(drop(recorded)) : new Response(null, { status: 421 });
    recorded.status = response.status;
    await writeResponse(response, out);
    for (const listener of listeners) listener(recorded);
  };
  const tls = https.createServer({ key: certificates.key, cert: certificates.certificate }, (message, out) => {
    answer(message, out).catch(() => message.socket.destroy());
  });
  // A client that does not trust the certificate ends the handshake; that is its answer, and none of ours.
  tls.on('tlsClientError', () => {});

  const proxy = http.createServer((message, out) => {
    refused.add(message.headers.host ?? String(message.url));
    out.writeHead(502).end();
  });
  proxy.on('connect', (message, socket: Socket, head) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    if (allowed !== undefined && message.headers['proxy-authorization'] !== allowed) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="Test"\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const host = String(message.url).replace(/:443$/, '');
    if (!services.has(host)) {
      refused.add(host);
      socket.end('HTTP/1.1 502 Not Served\r\n\r\n');
      return;
    }
    connected.push(host);
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    tls.emit('connection', socket);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const who = user ? `${encodeURIComponent(user.name)}:${encodeURIComponent(user.password)}@` : '';

  return {
    url: `http://${who}127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    requests,
    refused,
    connected,
    onAnswered: listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      const closed = once(proxy, 'close');
      proxy.close();
      for (const socket of sockets) socket.destroy();
      proxy.closeAllConnections();
      await closed;
    },
  };
}

const drop = (request: RecordedRequest) => (error: unknown) => {
  request.dropped = error;
  throw error;
};
