import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import * as z from 'zod';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The folder of every package of which a file is reached from the extension. What loads only when used is reached too. */
async function foldersReached(): Promise<readonly string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['src/extension.ts'],
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    // The latter is a tool of the tests, which esbuild.js leaves out.
    external: ['vscode', 'supports-color'],
    write: false,
    metafile: true,
  });
  return [...new Set(Object.keys(metafile.inputs).flatMap(file => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []))];
}

async function nameOf(folder: string): Promise<string> {
  const { name, version }: Record<string, unknown> = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
  return `${name} ${version}`;
}

const lock = z.object({ packages: z.record(z.string(), z.looseObject({ dev: z.optional(z.boolean()) })) });

describe('third-party notices of the build', async () => {
  const notices = await readFile(join(root, 'dist/ThirdPartyNotices.txt'), 'utf8');
  const folders = await foldersReached();
  const packages = await Promise.all(folders.map(nameOf));

  test('name every package of the bundle with its licence', () => {
    assert.ok(packages.length > 1);
    for (const name of packages) {
      const [, text = ''] = notices.split(`${name} (`);
      assert.match(text.split('-'.repeat(80))[0] ?? '', /copyright[\s\S]+(permission|licensed|redistribution)/i, name);
    }
  });

  test('name the packages of every way to sign in and to send', () => {
    for (const name of ['@azure/identity', '@azure/msal-node', '@azure/msal-common', 'node-fetch', 'zod']) {
      assert.ok(
        packages.some(one => one.startsWith(`${name} `)),
        name,
      );
    }
  });

  test('and `npm audit --omit=dev` looks at every one of them', async () => {
    const { packages: locked } = lock.parse(JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')));
    for (const folder of folders) assert.deepEqual({ folder, dev: locked[folder]?.dev ?? false }, { folder, dev: false });
    for (const folder of folders) assert.ok(folder in locked, folder);
    assert.doesNotMatch(notices, /^(?:supports-color|has-flag) /m);
  });

  test('are packaged', async () => {
    assert.match(await readFile(join(root, '.vscodeignore'), 'utf8'), /^!dist\/ThirdPartyNotices\.txt$/m);
  });
});
