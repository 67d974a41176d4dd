import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../src', import.meta.url));

interface Import {
  readonly from: string;
  /** A file of src by its path, or a module by its name. */
  readonly to: string;
  readonly dynamic: boolean;
}

/** The text without comments, so that words in them count for nothing. Strings with `//` stay whole, except behind a colon. */
const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1');

const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .map(name => name.split(sep).join('/'));
const sources = new Map(files.map(name => [name, withoutComments(readFileSync(join(root, name), 'utf8'))]));

const pathOf = (from: string, name: string): string =>
  name.startsWith('.')
    ? relative(root, resolve(root, dirname(from), name))
        .split(sep)
        .join('/')
    : name;

function importsOf(from: string, text: string): readonly Import[] {
  const fixed = [...text.matchAll(/^(?:import|export)\s(?:[^;'"]*?\sfrom\s)?\s*['"]([^'"]+)['"]/gm)];
  const dynamic = [...text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)];
  return [
    ...fixed.map(([, name = '']) => ({ from, to: pathOf(from, name), dynamic: false })),
    ...dynamic.map(([, name = '']) => ({ from, to: pathOf(from, name), dynamic: true })),
  ];
}

const imports = [...sources].flatMap(([from, text]) => importsOf(from, text));

/** The part of the architecture that a file is in: its folder, or the file itself at the top. */
const partOf = (path: string): string => (path.includes('/') ? (path.split('/')[0] ?? '') : path);
const isSource = (path: string): boolean => sources.has(path);
const within = (part: string) => imports.filter(({ from }) => partOf(from) === part);
const show = (list: readonly Import[]): readonly string[] => list.map(({ from, to }) => `${from} -> ${to}`);

/** What each part may import of the others. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  graph: [],
  intune: ['graph'],
  sample: ['graph'],
  auth: ['graph', 'intune', 'host', 'contract.ts'],
  host: ['graph', 'intune', 'contract.ts'],
  connections: ['graph', 'intune', 'auth', 'host', 'sample'],
  views: ['graph', 'intune', 'host', 'auth', 'contract.ts'],
  editor: ['graph', 'intune', 'host', 'views', 'contract.ts'],
  commands: ['graph', 'intune', 'host', 'auth', 'views', 'editor', 'connections', 'contract.ts'],
  'contract.ts': [],
  'extension.ts': ['graph', 'intune', 'host', 'auth', 'views', 'editor', 'connections', 'commands', 'contract.ts'],
};

/** Single files that may be imported beyond that. */
const exceptions = new Set(['host/settings.ts -> auth/guid.ts']);

/** The files that ask VS Code to show something, with text that they make harmless, or that is all our own. */
const wrappers = new Set([
  'views/say.ts',
  'views/withViewProgress.ts',
  'views/withCancellableProgress.ts',
  'views/scriptPicker/quickPick.ts',
  'views/inputBox.ts',
  'views/groupPicker/pickGroups.ts',
  'views/signIn/askId.ts',
  'views/signIn/askTiers.ts',
  'views/signIn/askWay.ts',
  'views/signIn/credentialPrompts.ts',
  // Mentions what was copied.
  'extension.ts',
]);

/** These make text harmless by hand, at each call. Do not add to them. */
const wrappedByHand = new Set([
  'commands/changeAssignments.ts',
  'commands/writeProposal.ts',
  'views/review/askReview.ts',
  'views/write/writeWithProgress.ts',
]);

describe('the sources', () => {
  test('are read: every relative import leads to a file', () => {
    assert.ok(imports.length > 300);
    const lost = imports.filter(({ to }) => /^\.|\.ts$/.test(to) && !isSource(to));
    assert.deepEqual(show(lost), []);
  });

  for (const part of ['graph', 'intune', 'sample']) {
    test(`src/${part} knows neither VS Code, nor @azure/identity, nor Node`, () => {
      const outside = within(part).filter(({ to }) => !isSource(to) && !/^zod(\/|$)/.test(to));
      assert.deepEqual(show(outside), []);
    });
  }

  test('import only what their part may know', () => {
    assert.deepEqual(
      [...new Set(files.map(partOf))].filter(part => !(part in allowed)),
      [],
      'a new part wants a line in this test',
    );
    const wrong = imports.filter(({ from, to }) => {
      const [a, b] = [partOf(from), partOf(to)];
      return isSource(to) && a !== b && !allowed[a]?.includes(b) && !exceptions.has(`${from} -> ${to}`);
    });
    assert.deepEqual(show(wrong), []);
  });

  test('have no import cycle', () => {
    const next = new Map(files.map(file => [file, imports.filter(({ from, to, dynamic }) => from === file && isSource(to) && !dynamic)]));
    const done = new Set<string>();
    const visit = (file: string, trail: readonly string[]): void => {
      assert.ok(!trail.includes(file), [...trail.slice(trail.indexOf(file)), file].join(' -> '));
      if (done.has(file)) return;
      for (const { to } of next.get(file) ?? []) visit(to, [...trail, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
  });

  test('reach the sample tenant by dynamic import alone', () => {
    const fixed = imports.filter(({ from, to, dynamic }) => partOf(to) === 'sample' && partOf(from) !== 'sample' && !dynamic);
    assert.deepEqual(show(fixed), []);
    assert.ok(imports.some(({ to, dynamic }) => to === 'sample/index.ts' && dynamic));
  });

  test('load @azure/identity only when it is used', () => {
    assert.deepEqual(show(imports.filter(({ to, dynamic }) => to.startsWith('@azure/') && !dynamic)), []);
  });

  test('never import what must not be bundled', () => {
    const banned = /^(undici|keytar|@vscode\/vscode-azext|@microsoft\/vscode-azext|@azure\/identity-broker|@azure\/msal-node-extensions)/;
    assert.deepEqual(show(imports.filter(({ to }) => banned.test(to))), []);
  });

  test('attach Authorization in one place', () => {
    const places = [...sources].filter(
      ([name, text]) => partOf(name) !== 'sample' && /['"`]authorization['"`]|\bBearer \$\{|\bauthorization:/i.test(text),
    );
    assert.deepEqual(
      places.map(([name]) => name),
      ['graph/authorize.ts'],
    );
  });

  test('show text through the wrappers, so that text of a tenant becomes no link and no icon', () => {
    const asking =
      /\bwindow\s*\.\s*(show(Information|Warning|Error)Message|showInputBox|showQuickPick|createQuickPick|createInputBox|withProgress|setStatusBarMessage)\b|\}\s*=\s*(vscode\s*\.\s*)?window\b/;
    const found = [...sources].filter(([name, text]) => asking.test(text) && !wrappers.has(name) && !wrappedByHand.has(name));
    assert.deepEqual(
      found.map(([name]) => name),
      [],
      'use views/say.ts, views/showError.ts, views/withViewProgress.ts or views/scriptPicker/quickPick.ts',
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
