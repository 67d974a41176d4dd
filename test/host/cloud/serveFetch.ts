import type { IncomingMessage, ServerResponse } from 'node:http';

/** A service as one function, which is also the shape of the sample tenant. */
export type Service = (request: Request) => Promise<Response>;

/** Reads a request of Node's server as the standard one. */
export async function readRequest(message: IncomingMessage): Promise<{ request: Request; body: Buffer }> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const method = message.method ?? 'GET';
  const headers = Object.entries(message.headers).map(([name, value]): [string, string] => [name, String(value)]);
  const request = new Request(`https://${message.headers.host}${message.url}`, {
    method,
    headers,
    // Even an empty body is refused by the standard for these two.
    ...(method === 'GET' || method === 'HEAD' ? {} : { body }),
  });
  return { request, body };
}

/** Writes a standard response through Node's server. */
export async function writeResponse(response: Response, out: ServerResponse): Promise<void> {
  out.writeHead(response.status, Object.fromEntries(response.headers));
  out.end(Buffer.from(await response.arrayBuffer()));
}
