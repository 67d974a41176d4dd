import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { createSampleTenant, type SampleTenant } from '../../../src/sample/index.ts';
import { readRequest, writeResponse } from '../../host/cloud/serveFetch.ts';

/** A tenant of many scripts that outlives the windows which work in it. */
export interface WindowService {
  readonly tenant: SampleTenant;
  /** The ids of its platform scripts. */
  readonly scripts: readonly string[];
  readonly address: string;
  /** Called around each request, with its text: one that rejects drops the connection. The second time, it is done. */
  around: (request: Request, text: string, done: boolean) => Promise<void> | void;
  /** A process that assigns scripts to a group, and writes its journal into a folder. */
  openWindow(folder: string, account: string, groupId: string, scriptIds: readonly string[]): ChildProcess;
  groupId(name: string): string;
  close(): void;
}

export async function startWindowService(): Promise<WindowService> {
  const tenant = createSampleTenant({ size: 'large', behavior: { writeLimit: 100_000, requestLimit: 100_000, assignmentLagMs: 0 } });
  const server = createServer((message, out) => {
    readRequest(message)
      .then(async ({ request, body }) => {
        const asked = new Request(request.url.replace(/^https:\/\/[^/]+/, 'https://graph.microsoft.com'), request);
        await service.around(asked, body.toString('utf8'), false);
        const answer = await tenant.handle(asked);
        await service.around(asked, body.toString('utf8'), true);
        await writeResponse(answer, out);
      })
      .catch(() => message.socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  const service: WindowService = {
    tenant,
    scripts: tenant.state.scripts.list('deviceManagementScripts').map(({ id }) => id),
    address: `http://127.0.0.1:${address.port}`,
    around: () => undefined,
    openWindow(folder, account, groupId, scriptIds) {
      const file = fileURLToPath(new URL('./window.ts', import.meta.url));
      return spawn(process.execPath, [file, folder, service.address, account, groupId, ...scriptIds], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    },
    groupId: name => tenant.state.groups.byName(name)?.id ?? assert.fail(name),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return service;
}

/** The scripts whose assignments a request writes, by id. */
export const writtenBy = (text: string): readonly string[] =>
  [...text.matchAll(/deviceManagementScripts\/([^/"]+)\/assign"/g)].map(([, id = '']) => id);
