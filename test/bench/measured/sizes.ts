// What is built, and how large it is.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { inRoot, root, vsix } from '../../host/run/paths.mjs';

export interface Size {
  readonly name: string;
  readonly when: string;
  readonly bytes: number;
  readonly gzipped: number;
}

export const bundle = inRoot('dist', 'extension.cjs');

/** Builds where nothing is built. */
export async function ensureBundle(): Promise<void> {
  if (!existsSync(bundle)) await promisify(execFile)(process.execPath, [inRoot('esbuild.js')], { cwd: root });
}

async function sizeOf(file: string, when: string): Promise<Size> {
  const content = await readFile(file);
  return { name: path.basename(file), when, bytes: content.length, gzipped: gzipSync(content).length };
}

/** The bundle, the chunks that load when they are used, and the package if there is one. */
export async function sizes(): Promise<readonly Size[]> {
  const files = (await readdir(path.dirname(bundle))).filter(name => name.endsWith('.cjs') && name !== path.basename(bundle)).sort();
  return [
    await sizeOf(bundle, 'at activation'),
    ...(await Promise.all(files.map(name => sizeOf(inRoot('dist', name), 'when used')))),
    ...(existsSync(vsix) ? [await sizeOf(vsix, 'downloaded once')] : []),
  ];
}
