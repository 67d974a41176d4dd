import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { clouds } from '../../src/graph/clouds.ts';
import { journalLimits } from '../../src/host/journalRetention.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const textOf = (name: string): string => readFileSync(join(root, name), 'utf8');
const security = textOf('SECURITY.md').replace(/\s+/g, ' ');
const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'));
const sources = new Map(files.map(name => [name.replaceAll('\\', '/'), textOf(join('src', name))]));
const using = (pattern: RegExp): readonly string[] => [...sources].filter(([, text]) => pattern.test(text)).map(([name]) => name);

describe('what SECURITY.md says', () => {
  test('names every host that is talked to or linked to', () => {
    const hosts = Object.values(clouds).flatMap(({ graph, authority, adminCenter }) => [graph, authority, adminCenter]);
    for (const host of new Set(hosts)) assert.ok(security.includes(`\`${new URL(host).host}\``), host);
  });

  test('is true of the retention of the journal', () => {
    assert.deepEqual(journalLimits, { age: 90 * 24 * 3_600_000, size: 50 * 1024 * 1024 });
    assert.ok(security.includes('Kept 90 days or 50 MB'));
  });

  test('is true of what is kept, and where: files by the journal alone, the rest in the global state', () => {
    assert.deepEqual(
      using(/from 'node:fs/).filter(name => name !== 'host/disk.ts'),
      [],
    );
    assert.deepEqual(using(/\b(globalState|globalStorageUri|workspaceState|storageUri)\b\s*[,}.]/), ['extension.ts']);
    assert.deepEqual(
      using(/\bsecrets\b\s*[,}.]/)
        .filter(name => name !== 'host/redact.ts')
        .toSorted(),
      ['auth/identity/identitySessions.ts', 'extension.ts'],
    );
    assert.doesNotMatch(sources.get('extension.ts') ?? '', /workspaceState|\bstorageUri|\.secrets\b/);
  });

  test('is true of what is not there: URI handlers, webviews, child processes, code from text, trusted Markdown', () => {
    const absent =
      /registerUriHandler|createWebview|registerWebview|registerCustomEditor|child_process|worker_threads|\beval\(|new Function\(/;
    assert.deepEqual(using(absent), []);
    assert.deepEqual(using(/isTrusted = true|supportHtml = true|isTrusted: /), []);
  });

  test('is true of workspaces: nothing reads files or settings of one', () => {
    // The one file is the certificate that the user picks.
    assert.deepEqual(using(/workspace\s*\.\s*fs\b/), ['features/signIn/credentialPrompts.ts']);
    assert.deepEqual(using(/workspace\s*\.\s*(findFiles|workspaceFolders|getWorkspaceFolder|rootPath)\b/), []);
    // `http` is VS Code's, and of a scope that a workspace cannot set.
    assert.deepEqual(using(/getConfiguration\(/).toSorted(), ['extension.ts', 'host/networkSettings.ts', 'host/settings.ts']);
    assert.equal(sources.get('host/networkSettings.ts')?.match(/getConfiguration\((?!'http'\))/g), null);
    assert.match(sources.get('extension.ts') ?? '', /getConfiguration\('http'\)\.get\('fetchAdditionalSupport'/);
    assert.equal(sources.get('extension.ts')?.match(/getConfiguration\(/g)?.length, 1);
  });

  test('is true of the network: one place sends, and refuses redirects', () => {
    assert.deepEqual(using(/globalThis\.fetch\(|from 'node:https?'|from 'node-fetch'|XMLHttpRequest|WebSocket/).toSorted(), [
      'host/fetch.ts',
      'host/nodeFetch.ts',
    ]);
    assert.deepEqual(
      using(/new Request\(/).filter(name => !name.startsWith('sample/')),
      ['auth/connectivity.ts', 'graph/send.ts'],
    );
    assert.match(sources.get('graph/send.ts') ?? '', /new Request\(url, \{[^}]*redirect: 'error'/);
    assert.match(sources.get('auth/connectivity.ts') ?? '', /new Request\(address, \{[^}]*redirect: 'error'/);
  });

  test('is true of the manifest: limited, not blocked, in Restricted Mode', () => {
    const { capabilities, activationEvents }: Record<string, unknown> = JSON.parse(textOf('package.json'));
    assert.deepEqual(capabilities, {
      untrustedWorkspaces: { supported: 'limited', description: '%capabilities.untrustedWorkspaces%' },
      virtualWorkspaces: true,
    });
    assert.ok(!String(activationEvents).includes('onUri'));
  });
});
