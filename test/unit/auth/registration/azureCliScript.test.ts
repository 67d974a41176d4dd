// The script runs in a real bash against an `az` that answers from the environment and writes down what it was told.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { registrationScript } from '../../../../src/auth/registration/registrationScript.ts';
import { redirectUris } from '../../../../src/auth/scopes.ts';

const az = `#!/usr/bin/env bash
printf '%s\\n' "$*" >>"$AZ_LOG"
case "$*" in
  'cloud show'*) echo "$AZ_CLOUD" ;;
  'account show'*) [ -n "$AZ_TENANT" ] && echo "$AZ_TENANT" ;;
  'ad sp show --id 00000003-'*"'$AZ_LACKS'"*) ;;
  'ad sp show --id 00000003-'*) all="$*"; value=\${all#*==\\'}; echo "id-of-\${value%%\\'*}" ;;
  'ad app list'*) printf "$AZ_FOUND" ;;
  'ad app create'*) echo new-client ;;
  'ad app show'*) printf "$AZ_URIS" ;;
  'ad app permission list'*) printf "$AZ_PERMISSIONS" ;;
  'ad sp show'*) exit 3 ;;
esac
`;

const run = (environment: Readonly<Record<string, string>> = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'register-'));
  try {
    const log = join(folder, 'log');
    writeFileSync(log, '');
    writeFileSync(join(folder, 'az'), az);
    chmodSync(join(folder, 'az'), 0o755);
    const given = {
      AZ_CLOUD: 'AzureCloud',
      AZ_TENANT: 'tenant-1',
      AZ_LACKS: 'none',
      AZ_FOUND: '',
      AZ_URIS: '',
      AZ_PERMISSIONS: '',
      ...environment,
    };
    const { status, stdout, stderr } = spawnSync('bash', ['-s'], {
      input: registrationScript('azureCli', 'global', ['browse']).text,
      encoding: 'utf8',
      env: { ...process.env, ...given, AZ_LOG: log, PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}` },
    });
    const told = readFileSync(log, 'utf8').split('\n');
    const changes = told.filter(line => /^ad (?:app (?:create|update|permission add)|sp create)/.test(line));
    return { status, stdout, stderr, changes };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const skip = process.platform === 'win32';

test('a new registration gets redirect URIs, permissions and a service principal', { skip }, () => {
  const { status, stdout, stderr, changes } = run();
  assert.equal(status, 0, stderr);
  assert.equal(stderr, '');
  const [create, update, ...rest] = changes;
  assert.match(create ?? '', /^ad app create --display-name Intune Scripts for VS Code --sign-in-audience AzureADMyOrg/);
  assert.deepEqual(
    update
      ?.match(/redirect-uris (.*) --only/)?.[1]
      ?.split(' ')
      .sort(),
    [...redirectUris('new-client')].sort(),
  );
  const permission = (name: string) =>
    `ad app permission add --id new-client --api 00000003-0000-0000-c000-000000000000 --api-permissions id-of-${name}=Scope --only-show-errors`;
  assert.deepEqual(rest, [
    ...['DeviceManagementScripts.Read.All', 'GroupMember.Read.All', 'User.Read'].map(permission),
    'ad sp create --id new-client --only-show-errors --output none',
  ]);
  assert.match(stdout, /Client ID: {2}new-client\nTenant ID: {2}tenant-1\n/);
  assert.match(stdout, /^https:\/\/login\.microsoftonline\.com\/tenant-1\/v2\.0\/adminconsent\?client_id=new-client&scope=https%3A/m);
});

test('a registration that is there is completed, and loses nothing', { skip }, () => {
  const { stdout, changes } = run({
    AZ_FOUND: 'old-client\\r\\n',
    AZ_URIS: 'http://localhost\\r\\nhttps://own.example\\r\\n',
    AZ_PERMISSIONS: 'id-of-User.Read\\nid-of-Other\\n',
  });
  assert.match(stdout, /Found the registration/);
  assert.ok(!changes.some(line => line.includes('app create')));
  const uris = changes[0]
    ?.match(/redirect-uris (.*) --only/)?.[1]
    ?.split(' ')
    .sort();
  assert.deepEqual(uris, [...redirectUris('old-client'), 'https://own.example'].sort());
  assert.ok(!changes.some(line => line.includes('id-of-User.Read=')));
  assert.ok(changes.some(line => line.includes('id-of-GroupMember.Read.All=')));
});

test('what is missing is said before anything is changed', { skip }, () => {
  for (const [environment, words] of [
    [{ AZ_CLOUD: 'AzureChinaCloud' }, /Choose the cloud first: az cloud set --name AzureCloud/],
    [{ AZ_TENANT: '' }, /Sign in first: az login/],
    [{ AZ_LACKS: 'User.Read' }, /does not offer the permission User\.Read/],
    [{ AZ_FOUND: 'one\\ntwo\\n' }, /several registrations/],
  ] as const) {
    const { status, stderr, changes } = run(environment);
    assert.deepEqual([status, changes], [1, []]);
    assert.match(stderr, words);
  }
});
