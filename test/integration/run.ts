// Runs the suite in the extension host of a VS Code server. The build of the extension is there already.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { requireLinux } from '../host/install/requireLinux.ts';
import { resultsDir, root } from '../host/run/paths.mjs';
import { type ServerOptions, startServer, type VSCodeServer } from '../host/server/startServer.ts';
import { openBrowser } from '../host/workbench/openBrowser.ts';
import { openWorkbench } from '../host/workbench/openWorkbench.ts';
import { bundleSuite } from './bundleSuite.ts';
import { makeHostileWorkspace } from './hostileWorkspace.ts';

requireLinux('The integration suite', '`npm run test:desktop`');
const suite = await bundleSuite();
const log: string[] = [];
const total = { passed: 0, failed: 0, skipped: 0 };
const { parent, ...workspaces } = await makeHostileWorkspace();
try {
  await runIn('a folder', { folder: workspaces.flat });
  await runIn('several folders', { folder: workspaces.several });
  await runIn('Restricted Mode', { folder: workspaces.nested, workspaceTrust: true });
  await runIn('Restricted Mode with several folders', { folder: workspaces.severalRestricted, workspaceTrust: true });
  await mkdir(resultsDir, { recursive: true });
  await writeFile(path.join(resultsDir, 'integration.json'), JSON.stringify(total));
} finally {
  await rm(parent, { recursive: true, force: true });
  // Whatever went wrong, the reason is likely in there; where nothing did, nobody wants to read it.
  if (process.exitCode !== 0) console.error(log.join('\n'));
}

/** Runs the suite in a VS Code of its own, and adds up what it counted. */
async function runIn(what: string, options: ServerOptions): Promise<void> {
  const server = await startServer({ smokeTestDriver: true, ...options });
  try {
    process.exitCode = (await runSuite(server)) || process.exitCode || 0;
  } finally {
    await server.close();
  }
  const read = (name: string): Promise<string> => readFile(path.join(path.dirname(suite), name), 'utf8');
  console.log(`In ${what}:\n${await read('report.txt')}`);
  const counts: Record<string, unknown> = JSON.parse(await read('counts.json'));
  for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += Number(counts[key]);
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
      void server.ended.then(() => reject(new Error('The VS Code server ended before the tests did.')));
      openWorkbench(browser, server, { payload, onExit: resolve, onLog: text => log.push(text) }).catch(reject);
    });
  } finally {
    await browser.close();
  }
}
