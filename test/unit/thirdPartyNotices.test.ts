import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Every package of which a file is reached from the extension, with its version. What loads only when used is reached too. */
async function packagesReached(): Promise<readonly string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['src/extension.ts'],
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    external: ['vscode'],
    write: false,
    metafile: true,
  });
  const folders = new Set(Object.keys(metafile.inputs).flatMap(file => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []));
  return Promise.all(
    [...folders].map(async folder => {
      const { name, version }: Record<string, unknown> = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
      return `${name} ${version}`;
    }),
  );
}

describe('third-party notices of the build', async () => {
  const notices = await readFile(join(root, 'dist/ThirdPartyNotices.txt'), 'utf8');
  const packages = await packagesReached();

  test('name every package of the bundle with its licence', () => {
    assert.ok(packages.length > 1);
    for (const name of packages) {
      const [, text = ''] = notices.split(`${name} (`);
      assert.match(text.split('-'.repeat(80))[0] ?? '', /copyright[\s\S]+(permission|licensed|redistribution)/i, name);
    }
  });

  test('are packaged', async () => {
    assert.match(await readFile(join(root, '.vscodeignore'), 'utf8'), /^!dist\/ThirdPartyNotices\.txt$/m);
  });
});
