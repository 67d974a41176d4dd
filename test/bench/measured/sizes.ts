// What is built, and how large it is.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { inRoot, root, vsix } from '../../host/run/paths.mjs';
import { startupFiles } from '../../host/run/startupFiles.ts';

export interface Size {
  readonly name: string;
  readonly when: string;
  readonly bytes: number;
  readonly gzipped: number;
}

export const dist = inRoot('dist');

/** Builds where nothing is built. */
export async function ensureBundle(): Promise<void> {
  if (!existsSync(inRoot('dist', 'meta.json'))) await promisify(execFile)(process.execPath, [inRoot('esbuild.js')], { cwd: root });
}

async function sizeOf(file: string, when: string): Promise<Size> {
  const content = await readFile(file);
  return { name: path.basename(file), when, bytes: content.length, gzipped: gzipSync(content).length };
}

/** What loads when VS Code activates the extension, what loads when it is used, and the package if there is one. */
export async function sizes(): Promise<readonly Size[]> {
  const atStart = await startupFiles();
  const others = (await readdir(dist)).filter(name => name.endsWith('.cjs') && !atStart.includes(inRoot('dist', name))).sort();
  return [
    ...(await Promise.all(atStart.map(file => sizeOf(file, 'at activation')))),
    ...(await Promise.all(others.map(name => sizeOf(inRoot('dist', name), 'when used')))),
    ...(existsSync(vsix) ? [await sizeOf(vsix, 'downloaded once')] : []),
  ];
}
