import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inRoot } from '../host/run/paths.mjs';

const root = fileURLToPath(new URL('../../src', import.meta.url));

/** The text without comments, so that words in them count for nothing. Strings with `//` stay whole, except behind a colon. */
const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1');

const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .map(name => name.split(sep).join('/'));
const sources = new Map(files.map(name => [name, withoutComments(readFileSync(join(root, name), 'utf8'))]));

/** The part of the architecture that a file is in: its folder, or the file itself at the top. */
const partOf = (path: string): string => (path.includes('/') ? (path.split('/')[0] ?? '') : path);

/** What `npm run check` says of the layers of other sources. */
async function brokenRules(others: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'layers-'));
  try {
    for (const [name, text] of Object.entries(others)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    const cruise = inRoot('node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
    const args = [cruise, 'src', '--config', inRoot('.dependency-cruiser.json'), '--output-type', 'err'];
    const said = await new Promise<string>(resolve =>
      execFile(process.execPath, args, { cwd: folder }, (_, stdout, stderr) => resolve(stdout + stderr)),
    );
    return [...said.matchAll(/error ([\w-]+):/g)].map(([, rule = '']) => rule).toSorted();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test('npm run check finds imports that are forbidden, types too, and none that are not', async () => {
  const good = {
    'src/graph/a.ts': 'export const a = 1;',
    'src/intune/b.ts': "import { a } from '../graph/a.ts';\nexport const b = a;",
    'src/sample/c.ts': 'export const c = 1;',
    'src/connections/d.ts': "export const d = () => import('../sample/c.ts');",
  };
  assert.deepEqual(await brokenRules(good), []);
  const bad = {
    ...good,
    'src/graph/a.ts': "import type { B } from '../intune/b.ts';\nexport const a: B | number = 1;",
    'src/intune/b.ts':
      "import { readFile } from 'node:fs';\nimport { a } from '../graph/a.ts';\nexport type B = 1;\nexport const b = [a, readFile];",
    'src/connections/d.ts': "import { c } from '../sample/c.ts';\nexport const d = c;",
  };
  assert.deepEqual(await brokenRules(bad), [
    'graph-knows-base',
    'no-cycle',
    'no-folder-cycle',
    'no-folder-cycle',
    'pure',
    'sample-when-used',
  ]);
});

/** The files that ask VS Code to show something, with text that they make harmless, or that is all our own. */
const wrappers = new Set([
  'ui/notifications.ts',
  'ui/progress.ts',
  'ui/quickPick.ts',
  'ui/inputBox.ts',
  'ui/groupPicker.ts',
  'features/signIn/setUpQuestions.ts',
  'features/signIn/credentialPrompts.ts',
  // Mentions what was copied.
  'extension.ts',
]);

/** These make text harmless by hand, at each call. Do not add to them. */
const wrappedByHand = new Set(['features/change/changeFlow.ts', 'features/change/review.ts', 'features/change/writeProgress.ts']);

describe('the sources', () => {
  test('attach Authorization in one place', () => {
    const places = [...sources].filter(
      ([name, text]) => partOf(name) !== 'sample' && /['"`]authorization['"`]|\bBearer \$\{|\bauthorization:/i.test(text),
    );
    assert.deepEqual(
      places.map(([name]) => name),
      ['graph/send.ts'],
    );
  });

  test('show text through the wrappers, so that text of a tenant becomes no link and no icon', () => {
    const asking =
      /\bwindow\s*\.\s*(show(Information|Warning|Error)Message|showInputBox|showQuickPick|createQuickPick|createInputBox|withProgress|setStatusBarMessage)\b|\}\s*=\s*(vscode\s*\.\s*)?window\b/;
    const found = [...sources].filter(([name, text]) => asking.test(text) && !wrappers.has(name) && !wrappedByHand.has(name));
    assert.deepEqual(
      found.map(([name]) => name),
      [],
      'use ui/notifications.ts, ui/progress.ts or ui/quickPick.ts',
    );
    const gone = [...wrappers, ...wrappedByHand].filter(name => !asking.test(sources.get(name) ?? ''));
    assert.deepEqual(gone, [], 'what asks nothing any longer leaves the list');
  });

  test('use no any, and silence no check', () => {
    const bad = [...sources].filter(([, text]) => /:\s*any\b|\bas any\b|<any>|any\[\]|as unknown as/.test(text)).map(([name]) => name);
    assert.deepEqual(bad, []);
    const silenced = files.filter(name =>
      /@ts-(ignore|expect-error|nocheck)|biome-ignore lint\/suspicious\/noExplicitAny/.test(readFileSync(join(root, name), 'utf8')),
    );
    assert.deepEqual(silenced, []);
  });

  test('have no way in for tests', () => {
    const hooks =
      /process\.env|\b(NODE_ENV|VSCODE_TEST|__TEST__|forTests?|isTest(ing)?|underTest|extensionTestsPath)\b|ExtensionMode\.Test/;
    assert.deepEqual(
      [...sources].filter(([, text]) => hooks.test(text)).map(([name]) => name),
      // Names the variables of proxies and certificates in a report, and decides nothing by them.
      ['host/networkSettings.ts'],
    );
  });

  test('wait by the clock that is handed in', () => {
    const waits = [...sources].filter(
      ([name, text]) =>
        ['graph', 'intune'].includes(partOf(name)) && /\bsetTimeout\(|\bsetInterval\(|\bDate\.now\(|\bnew Date\(\)/.test(text),
    );
    assert.deepEqual(
      waits.map(([name]) => name),
      [],
    );
  });
});
