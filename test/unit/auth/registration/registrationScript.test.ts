import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { registrationScript, type ScriptKind } from '../../../../src/auth/registration/registrationScript.ts';
import { consentLink, redirectUris } from '../../../../src/auth/scopes.ts';
import { type CloudId, clouds } from '../../../../src/graph/clouds.ts';

const kinds: readonly ScriptKind[] = ['azureCli', 'powerShell'];
const everyCloud = Object.values(clouds).map(({ id }) => id);
const textOf = (kind: ScriptKind, cloud: CloudId = 'global') => registrationScript(kind, cloud, ['write']).text;

test('the permissions are those of the chosen tiers and of browse, and no other', () => {
  for (const kind of kinds) {
    const names = [...textOf(kind).matchAll(/^ +"([A-Za-z]+(?:\.[A-Za-z]+)+)"$/gm)].map(match => match[1]);
    assert.deepEqual(
      names,
      ['DeviceManagementScripts.Read.All', 'DeviceManagementScripts.ReadWrite.All', 'GroupMember.Read.All', 'User.Read'],
      kind,
    );
  }
});

test('every redirect URI of VS Code is registered, the broker of Windows with the client id', () => {
  for (const [kind, id] of [
    ['azureCli', '$client_id'],
    ['powerShell', '$clientId'],
  ] as const) {
    for (const uri of redirectUris(id)) assert.ok(textOf(kind).includes(`"${uri}"\n`), `${kind} ${uri}`);
  }
});

test('the scripts print the consent link of their tiers', () => {
  for (const cloud of everyCloud) {
    const link = (tenantId: string, clientId: string) => consentLink({ cloud, tenantId, clientId, tiers: ['browse', 'write'] });
    assert.ok(textOf('azureCli', cloud).includes(`\n${link('$tenant_id', '$client_id')}\n`));
    assert.ok(textOf('powerShell', cloud).includes(`\n${link('$tenantId', '$clientId')}\n`));
  }
});

test('the scripts create a public client of one tenant, in the cloud', () => {
  assert.match(textOf('azureCli', 'china'), /az cloud set --name AzureChinaCloud/);
  assert.match(textOf('azureCli'), /--sign-in-audience AzureADMyOrg --is-fallback-public-client true/);
  assert.match(textOf('powerShell', 'usGovDoD'), /-Environment USGovDoD /);
  assert.match(textOf('powerShell'), /-SignInAudience 'AzureADMyOrg' -IsFallbackPublicClient/);
  assert.deepEqual(
    kinds.map(kind => registrationScript(kind, 'global', []).language),
    ['shellscript', 'powershell'],
  );
});

test('no permission id is written down: each cloud has its own answer', () => {
  const guids = kinds.flatMap(kind => textOf(kind).match(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g) ?? []);
  assert.deepEqual([...new Set(guids)], ['00000003-0000-0000-c000-000000000000']);
});

test('bash accepts the Azure CLI script', { skip: process.platform === 'win32' }, () => {
  for (const cloud of everyCloud) execFileSync('bash', ['-n'], { input: textOf('azureCli', cloud) });
});

test('PowerShell text closes what it opens', () => {
  // No PowerShell here: strings and comments away, then the brackets.
  const code = textOf('powerShell')
    .replace(/@"[\s\S]*?\n"@/g, '')
    .replace(/"(?:[^"]|"")*"|'[^']*'/g, '')
    .replace(/#.*$/gm, '');
  const open: string[] = [];
  for (const [bracket] of code.matchAll(/[()[\]{}]/g)) {
    if ('([{'.includes(bracket)) open.push(bracket);
    else assert.equal(open.pop(), { ')': '(', ']': '[', '}': '{' }[bracket]);
  }
  assert.deepEqual(open, []);
});
