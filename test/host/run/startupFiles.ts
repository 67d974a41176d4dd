import { readFile } from 'node:fs/promises';
import type { Metafile } from 'esbuild';
import { inRoot } from './paths.mjs';

/** The built files that VS Code loads when it activates the extension, its entry first: absolute paths. All others load when they are used. */
export async function startupFiles(): Promise<readonly string[]> {
  const { outputs }: Metafile = JSON.parse(await readFile(inRoot('dist', 'meta.json'), 'utf8'));
  const found = new Set(Object.keys(outputs).filter(file => outputs[file]?.entryPoint === 'src/extension.ts'));
  // A set is walked to its end with what is added on the way.
  for (const file of found) {
    for (const { kind, path, external } of outputs[file]?.imports ?? []) if (kind === 'import-statement' && !external) found.add(path);
  }
  return [...found].map(file => inRoot(file));
}
