import { copyFile, mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from '../run/npm.mjs';
import { installOnce } from './installOnce.ts';

/** The version of the npm package `code-server`; 4.x.y holds VS Code 1.x.y. */
export const codeServerVersion = '4.139.1';

/**
 * Installs the VS Code server: the one in the npm package `code-server`, without that package's own server around it. No script
 * of any package runs: they would only compile native modules that VS Code does without (it then watches files more slowly), but for the
 * one that writes logs, which another stands in for.
 *
 * @returns The folder with `out/server-main.js`.
 */
export async function installVSCode(): Promise<string> {
  const version = `1.${codeServerVersion.split('.').slice(1).join('.')}`;
  const installed = await installOnce(
    `vscode-server-${version}`,
    `Installing VS Code ${version} into .vscode-test (once) …`,
    async work => {
      // A package of its own, so that npm leaves the checkout's alone.
      await writeFile(path.join(work, 'package.json'), '{ "private": true }');
      await install(work, [`code-server@${codeServerVersion}`]);
      const vscode = path.join(work, 'node_modules/code-server/lib/vscode');
      await mkdir(path.join(vscode, 'node_modules'), { recursive: true });
      await install(vscode, ['--omit=dev']);
      return vscode;
    },
  );
  await standInForLogs(installed);
  return installed;
}

/** By a renamed copy, for another run may start from the same installation now. */
async function standInForLogs(vscode: string): Promise<void> {
  const module = path.join(vscode, 'node_modules/@vscode/spdlog/index.js');
  const copy = `${module}.${process.pid}`;
  await copyFile(fileURLToPath(new URL('spdlog.cjs', import.meta.url)), copy);
  await rename(copy, module);
}

async function install(folder: string, args: readonly string[]): Promise<void> {
  if (await npm(folder, ['install', '--prefix', folder, '--ignore-scripts', ...args])) throw new Error('VS Code could not be installed.');
}
