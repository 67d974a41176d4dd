import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { vsix } from '../host/run/paths.mjs';
import { startupFiles } from '../host/run/startupFiles.ts';

describe('The package', () => {
  it('makes VS Code load less than 200 kB at its start', async () => {
    const sizes = await Promise.all((await startupFiles()).map(async file => (await stat(file)).size));
    const bytes = sizes.reduce((sum, size) => sum + size);
    assert.ok(bytes < 200_000, `${bytes} bytes`);
  });

  it('is small, and holds no packages', async () => {
    const content = await readFile(vsix);
    assert.ok(content.length < 1_500_000, `${content.length} bytes`);
    assert.ok(!content.includes('node_modules/'));
  });

  it('holds the licences of what is bundled, and the words on security', async () => {
    // Names of files stand in an archive as they are.
    const content = await readFile(vsix);
    for (const name of ['dist/ThirdPartyNotices.txt', 'LICENSE.txt', 'SECURITY.md']) assert.ok(content.includes(`extension/${name}`), name);
  });
});
