import { mkdir, readdir, symlink } from 'node:fs/promises';
import path from 'node:path';

/** A folder with links to VS Code's built-in extensions but for some. */
export async function builtinsWithout(vscode: string, dataDir: string, without: readonly string[]): Promise<string> {
  const folder = path.join(dataDir, 'builtin-extensions');
  await mkdir(folder);
  const all = path.join(vscode, 'extensions');
  const names = (await readdir(all)).filter(name => !without.includes(name));
  await Promise.all(names.map(name => symlink(path.join(all, name), path.join(folder, name))));
  return folder;
}
