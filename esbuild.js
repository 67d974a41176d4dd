// Bundles the extension to CommonJS, which every supported VS Code loads. esbuild splits off what loads when it is used only in ES modules,
// so it builds these first, and each is made CommonJS after that.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { context, transform } from 'esbuild';

const watch = process.argv.includes('--watch');
const platform = { platform: 'node', target: 'node22' };

/** Source maps stay beside the package: with them, the stacks of a log that somebody sends can be read. */
const toCommonJS = async ({ path, text }) => {
  const options = { ...platform, format: 'cjs', supported: { 'dynamic-import': false }, minify: !watch };
  const { code, map } = await transform(text, { ...options, sourcemap: watch ? 'inline' : 'external', sourcefile: basename(path) });
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, code);
  if (!watch) await writeFile(`${path}.map`, map);
};

const commonJS = {
  name: 'common-js',
  setup(build) {
    build.onEnd(async ({ outputFiles = [], metafile }) => {
      await Promise.all(outputFiles.map(toCommonJS));
      if (metafile) await writeFile('dist/meta.json', JSON.stringify(metafile));
    });
  },
};

/** What `debug` takes where it happens to be installed, as it is here by tools of the tests. Nothing of those is to be shipped. */
const withoutColors = {
  name: 'without-colors',
  setup(build) {
    build.onResolve({ filter: /^supports-color$/ }, ({ path }) => ({ path, namespace: 'absent' }));
    build.onLoad({ filter: /.*/, namespace: 'absent' }, () => ({ contents: '' }));
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
  ...platform,
  entryPoints: ['src/extension.ts'],
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  minify: !watch,
  sourcemap: 'inline',
  external: ['vscode'],
  // The licences of what is bundled are in a file of their own.
  legalComments: 'none',
  metafile: true,
  logLevel: watch ? 'info' : 'warning',
  write: false,
  plugins: [withoutColors, commonJS, thirdPartyNotices],
};

await rm('dist', { recursive: true, force: true });
const bundler = await context(options);
if (watch) await bundler.watch();
else {
  await bundler.rebuild();
  await bundler.dispose();
}
