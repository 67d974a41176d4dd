import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { inRoot } from '../run/paths.mjs';
import { installOnce } from './installOnce.ts';

/**
 * Unpacks the browser of the npm package `@sparticuz/chromium`.
 *
 * @returns The folder with the binary `chromium`, and with `fonts` for machines that have none.
 */
export async function installChromium(): Promise<string> {
  const { version } = JSON.parse(await readFile(inRoot('node_modules/@sparticuz/chromium/package.json'), 'utf8')) as { version: string };
  return installOnce(`chromium-${version}`, 'Unpacking Chromium into .vscode-test (once) …', async work => {
    const { default: packed } = await import('@sparticuz/chromium');
    // The package always unpacks into the system's temporary folder, where runs of other users and versions meet.
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = work;
    try {
      return path.dirname(await packed.executablePath());
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    }
  });
}
