// Runs the suite in the extension host of a VS Code server. The build of the extension is there already.
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { requireLinux } from '../host/install/requireLinux.ts';
import { resultsDir, root } from '../host/run/paths.mjs';
import { startServer, type VSCodeServer } from '../host/server/startServer.ts';
import { openBrowser } from '../host/workbench/openBrowser.ts';
import { openWorkbench } from '../host/workbench/openWorkbench.ts';
import { bundleSuite } from './bundleSuite.ts';

requireLinux('The integration suite', '`npm run test:desktop`');
const suite = await bundleSuite();
const log: string[] = [];
try {
  const folder = await mkdtemp(path.join(tmpdir(), 'intune-scripts-folder-'));
  const server = await startServer({ smokeTestDriver: true, folder });
  try {
    process.exitCode = await runSuite(server);
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
  console.log(await readFile(path.join(path.dirname(suite), 'report.txt'), 'utf8'));
  await mkdir(resultsDir, { recursive: true });
  await copyFile(path.join(path.dirname(suite), 'counts.json'), path.join(resultsDir, 'integration.json'));
} finally {
  // Whatever went wrong, the reason is likely in there; where nothing did, nobody wants to read it.
  if (process.exitCode !== 0) console.error(log.join('\n'));
}

/** Opens a workbench whose extension host runs the suite, and answers the exit code. */
async function runSuite(server: VSCodeServer): Promise<number> {
  const remote = (file: string) => `vscode-remote://${server.authority}${pathToFileURL(file).pathname}`;
  const payload = [
    ['extensionDevelopmentPath', remote(root)],
    ['extensionTestsPath', remote(suite)],
  ] as const;
  const browser = await openBrowser();
  try {
    return await new Promise<number>((resolve, reject) => {
      server.ended.then(() => reject(new Error('The VS Code server ended before the tests did.')));
      openWorkbench(browser, server, { payload, onExit: resolve, onLog: text => log.push(text) }).catch(reject);
    });
  } finally {
    await browser.close();
  }
}
