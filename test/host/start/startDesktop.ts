import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { downloadAndUnzipVSCode, resolveCliPathFromVSCodeExecutablePath } from '@vscode/test-electron';
import { hostDir } from '../run/paths.mjs';
import { startSettings } from './startSettings.ts';

/** Opens desktop VS Code with the packaged extension and temporary user data, and waits until its window is closed. */
export async function startDesktop(folder: string, vsix: string): Promise<void> {
  const executable = await downloadAndUnzipVSCode({ version: 'stable', cachePath: hostDir });
  // Short, because VS Code puts sockets there and their paths have a limit.
  const home = await mkdtemp(path.join(tmpdir(), 'intune-'));
  const own = ['--user-data-dir', path.join(home, 'user'), '--extensions-dir', path.join(home, 'extensions')];
  try {
    await mkdir(path.join(home, 'user/User'), { recursive: true });
    await writeFile(path.join(home, 'user/User/settings.json'), JSON.stringify(startSettings, undefined, 2));
    // On Windows the command line is a .cmd file, which only a shell starts.
    const shell = process.platform === 'win32';
    const quoted = (text: string) => (shell ? `"${text}"` : text);
    const cli = resolveCliPathFromVSCodeExecutablePath(executable);
    await promisify(execFile)(quoted(cli), [...own, '--install-extension', vsix].map(quoted), { shell });
    const window = spawn(executable, [...own, '--disable-workspace-trust', '--new-window', folder], { stdio: 'ignore' });
    console.log('\n  VS Code opens. Press the Intune Scripts icon in the activity bar. Close the window or press Ctrl+C to end it.\n');
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => window.kill());
    await once(window, 'exit');
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}
