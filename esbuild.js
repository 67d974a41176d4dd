// Bundles the extension to CommonJS, which every supported VS Code loads. `splitting` needs ES modules, so what loads
// only when used (the sample tenant, the fallback transport) is an entry of its own that the main bundle requires by its file name.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
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

/** A package with its licence: in files of their own, or at the end of what it says of itself. */
async function noticeOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const files = await readdir(folder);
  const textOf = async pattern =>
    (await Promise.all(files.filter(file => pattern.test(file)).map(file => readFile(join(folder, file), 'utf8')))).join('\n');
  const text = (await textOf(/^(licen[cs]e|copying|notice)/i)) || (await textOf(/^readme/i)).replace(/^.*\n(?=#* *licen[cs]e\s*\n)/is, '');
  if (!/copyright/i.test(text)) throw new Error(`${folder} has no licence that could be shipped with it.`);
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}

/** Names every package of which something is in the bundle, with its licence. */
const thirdPartyNotices = {
  name: 'third-party-notices',
  setup(build) {
    build.onEnd(async ({ metafile }) => {
      const folders = Object.keys(metafile?.inputs ?? {}).flatMap(file => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
      const notices = await Promise.all([...new Set(folders)].sort().map(noticeOf));
      await writeFile('dist/ThirdPartyNotices.txt', notices.join(`\n${'-'.repeat(80)}\n\n`));
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
  // The licences of what is bundled are in a file of their own.
  legalComments: 'none',
  metafile: true,
  logLevel: watch ? 'info' : 'warning',
  plugins: [lazyChunks, thirdPartyNotices],
};

await rm('dist', { recursive: true, force: true });
const bundler = await context(options);
if (watch) await bundler.watch();
else {
  await bundler.rebuild();
  await bundler.dispose();
}
