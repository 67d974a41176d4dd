import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { hostDir } from '../run/paths.mjs';

/**
 * Puts a folder into `.vscode-test` once. It is made beside its place and renamed at the end: what was interrupted is made
 * again, and of two runs at once the later one keeps what the earlier one made.
 *
 * @param name The folder's name, with the version of what is in it.
 * @param announcement Said before work begins.
 * @param make Fills an empty folder, and answers which folder in it is to be kept.
 * @returns The folder's path.
 */
export async function installOnce(name: string, announcement: string, make: (empty: string) => Promise<string>): Promise<string> {
  const target = path.join(hostDir, name);
  if (existsSync(target)) return target;
  console.log(announcement);
  await mkdir(hostDir, { recursive: true });
  const work = await mkdtemp(path.join(hostDir, 'unfinished-'));
  try {
    const made = await make(work);
    await rename(made, target).catch((error: unknown) => {
      if (!existsSync(target)) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true, maxRetries: 3 });
  }
  return target;
}
