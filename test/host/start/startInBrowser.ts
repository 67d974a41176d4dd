import { startServer } from '../server/startServer.ts';
import { startSettings } from './startSettings.ts';

export interface BrowserStart {
  readonly folder: string;
  readonly vsix: string;
  readonly port: number;
  readonly dataDir: string;
}

/** Serves VS Code with the extension until somebody ends it. */
export async function startInBrowser({ folder, vsix, port, dataDir }: BrowserStart): Promise<void> {
  // Before the server is there, too: whoever ends this process early must not leave one behind.
  const asked = endAsked();
  const server = await startServer({ settings: startSettings, vsix, folder, port, dataDir });
  console.log(`
  Intune Scripts is running on its sample tenant, in a VS Code of its own.

    Open    ${server.url}
    Press   the Intune Scripts icon in the activity bar on the left
    End it  with Ctrl+C
`);
  const result = await Promise.race([asked, server.ended.then(() => 'ended' as const)]);
  await server.close();
  if (result !== 'ended') return;
  console.error('VS Code has ended by itself.');
  process.exitCode = 1;
}

function endAsked(): Promise<'asked'> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve('asked'));
  });
}
