import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { hostDir, inRoot } from '../host/run/paths.mjs';

/**
 * Bundles the suite to CommonJS, which is what an extension host loads tests as.
 *
 * @returns The file to hand over as `extensionTestsPath`.
 */
export async function bundleSuite(): Promise<string> {
  const outdir = path.join(hostDir, 'integration');
  const sources = (await readdir(inRoot('test/integration'), { recursive: true })).filter(name => name.endsWith('.test.ts'));
  await rm(outdir, { recursive: true, force: true });
  await build({
    entryPoints: ['suite.ts', ...sources].map(name => inRoot('test/integration', name)),
    outbase: inRoot('test/integration'),
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    sourcemap: 'inline',
    // mocha is found from there by the ordinary rules: the folder is inside the checkout.
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return path.join(outdir, 'suite.cjs');
}
