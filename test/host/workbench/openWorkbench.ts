import { format } from 'node:util';
import type { Browser } from 'playwright-core';
import type { VSCodeServer } from '../server/startServer.ts';
import { Workbench } from './workbench.ts';

export interface WorkbenchOptions {
  /** A folder to open instead of the server's default. */
  readonly folder?: string;
  readonly size?: { readonly width: number; readonly height: number };
  /** Parameters for the workbench. Those that lead to code count only where the server runs with the smoke test driver. */
  readonly payload?: readonly (readonly [string, string])[];
  /** Called with what the workbench and the extension host print, where the smoke test driver runs. */
  readonly onLog?: (text: string) => void;
  /** Called with the exit code of the tests in the extension host, where the smoke test driver runs. */
  readonly onExit?: (code: number) => void;
}

/** Milliseconds that a gesture waits for its target. Generous: the machine of a build may be slow. */
const patience = 30_000;

/** What VS Code says at each start about modules that are not compiled here, and that it does without. */
const aboutNativeModules = /Could not locate the bindings file|build\/Release\/watchdog/;

/** Opens the workbench of a server in a page of its own, with nothing remembered from others. */
export async function openWorkbench(browser: Browser, server: VSCodeServer, options: WorkbenchOptions = {}): Promise<Workbench> {
  const context = await browser.newContext({
    viewport: options.size ?? { width: 1280, height: 800 },
    colorScheme: 'dark',
    ignoreHTTPSErrors: true,
  });
  context.setDefaultTimeout(patience);
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(server.url).origin });
  const page = await context.newPage();
  await page.exposeFunction('codeAutomationLog', (_level: string, args: unknown[]) => {
    const text = format(...args);
    if (!aboutNativeModules.test(text)) options.onLog?.(text);
  });
  await page.exposeFunction('codeAutomationExit', (code: number) => options.onExit?.(code));
  const address = new URL(server.url);
  if (options.folder) address.searchParams.set('folder', options.folder);
  if (options.payload) address.searchParams.set('payload', JSON.stringify(options.payload));
  await page.goto(address.href);
  const workbench = new Workbench(page);
  await workbench.ready();
  return workbench;
}
