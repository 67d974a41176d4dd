import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { npm } from '../run/npm.mjs';
import { installOnce } from './installOnce.ts';

/** The version of the npm package `code-server`; 4.x.y holds VS Code 1.x.y. */
export const codeServerVersion = '4.139.1';

/**
 * Installs the VS Code server: the one in the npm package `code-server`, without that package's own server around it. No script
 * of any package runs: they would only compile native modules that VS Code does without (it then logs less and watches files
 * more slowly).
 *
 * @returns The folder with `out/server-main.js`.
 */
export function installVSCode(): Promise<string> {
  const version = `1.${codeServerVersion.split('.').slice(1).join('.')}`;
  return installOnce(`vscode-server-${version}`, `Installing VS Code ${version} into .vscode-test (once) …`, async work => {
    // A package of its own, so that npm leaves the checkout's alone.
    await writeFile(path.join(work, 'package.json'), '{ "private": true }');
    await install(work, [`code-server@${codeServerVersion}`]);
    const vscode = path.join(work, 'node_modules/code-server/lib/vscode');
    await mkdir(path.join(vscode, 'node_modules'), { recursive: true });
    await install(vscode, ['--omit=dev']);
    return vscode;
  });
}

async function install(folder: string, args: readonly string[]): Promise<void> {
  if (await npm(folder, ['install', '--prefix', folder, '--ignore-scripts', ...args])) throw new Error('VS Code could not be installed.');
}
