// Bundles the extension to CommonJS, which every supported VS Code loads. `splitting` needs ES modules, so what loads
// only when used (the sample tenant, the fallback transport) is an entry of its own that the main bundle requires by its file name.
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { context } from 'esbuild';

const watch = process.argv.includes('--watch');

/** Leaves `import('./sample/...')` and the like as a `require` of the chunk with that name. */
const chunks = { 'sample/index.ts': 'sample.cjs', 'host/nodeFetch.ts': 'nodeFetch.cjs' };
const lazyChunks = {
  name: 'lazy-chunks',
  setup(build) {
    build.onResolve({ filter: /\.ts$/ }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import') return;
      const chunk = Object.entries(chunks).find(([source]) => resolve(resolveDir, path) === resolve('src', source));
      if (!chunk) throw new Error(`No chunk is declared for import('${path}').`);
      return { path: `./${chunk[1]}`, external: true };
    });
  },
};

const options = {
  entryPoints: {
    extension: 'src/extension.ts',
    ...Object.fromEntries(Object.entries(chunks).map(([source, file]) => [file.replace('.cjs', ''), `src/${source}`])),
  },
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  minify: !watch,
  sourcemap: watch ? 'linked' : false,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  external: ['vscode'],
  legalComments: 'none',
  logLevel: watch ? 'info' : 'warning',
  plugins: [lazyChunks],
};

await rm('dist', { recursive: true, force: true });
const bundler = await context(options);
if (watch) await bundler.watch();
else {
  await bundler.rebuild();
  await bundler.dispose();
}
