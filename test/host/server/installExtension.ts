import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { installOnce } from '../install/installOnce.ts';
import { hostDir } from '../run/paths.mjs';

const prefix = 'extension-';
const dayMs = 24 * 3_600_000;

/**
 * Installs a packaged extension into a server's data folder. VS Code itself does it, once for each package: that takes a second, and every
 * session of a test begins with it.
 */
export async function installExtension(vscode: string, dataDir: string, vsix: string): Promise<void> {
  const name = `${prefix}${createHash('sha256')
    .update(await readFile(vsix))
    .digest('hex')
    .slice(0, 16)}`;
  const installed = await installOnce(name, 'Installing the extension …', async work => {
    await forgetOld();
    const args = ['out/server-main.js', '--accept-server-license-terms', '--server-data-dir', work, '--install-extension', vsix];
    await promisify(execFile)(process.execPath, args, { cwd: vscode });
    return path.join(work, 'extensions');
  });
  // The place of each extension is kept relative to the folder too, and that is what counts.
  await cp(installed, path.join(dataDir, 'extensions'), { recursive: true });
}

/** Packages of before. */
async function forgetOld(): Promise<void> {
  for (const name of await readdir(hostDir)) {
    const folder = path.join(hostDir, name);
    if (name.startsWith(prefix) && Date.now() - (await stat(folder)).mtimeMs > dayMs) await rm(folder, { recursive: true, force: true });
  }
}
