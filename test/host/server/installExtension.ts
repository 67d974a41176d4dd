import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Installs a packaged extension into a server's data folder, as VS Code itself does it. */
export async function installExtension(vscode: string, dataDir: string, vsix: string): Promise<void> {
  const args = ['out/server-main.js', '--accept-server-license-terms', '--server-data-dir', dataDir, '--install-extension', vsix];
  await promisify(execFile)(process.execPath, args, { cwd: vscode });
}
