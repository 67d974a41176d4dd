import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { AzureCliCredential } from '@azure/identity';
import { identityCredential } from '../../../../src/auth/identity/identityCredential.ts';
import { refusalOf } from '../../../../src/auth/signInError.ts';
import { makeToken } from '../../../host/cloud/tokens.ts';
import { registration } from '../fakes.ts';

const token = makeToken({ tid: registration.tenantId, oid: '44444444-4444-4444-8444-444444444444', scp: 'User.Read', upn: 'ada' });
const seconds = (fromNow: number): number => Math.floor(Date.now() / 1000) + fromNow;
const json = (fields: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({ accessToken: token, expires_on: seconds(3_600), ...fields });

/** Words of a program are needed, and on Windows that is another kind of file. */
describe('the Azure CLI', { skip: process.platform === 'win32' }, () => {
  const path = process.env['PATH'] ?? '';
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'az-'));
    process.env['PATH'] = [folder, path].join(delimiter);
  });
  after(async () => {
    process.env['PATH'] = path;
    await rm(folder, { recursive: true });
  });

  /** A token of a program `az` that says this. */
  async function tokenOf(stdout: string, { stderr = '', code = 0 } = {}) {
    await writeFile(join(folder, 'stdout'), stdout);
    await writeFile(join(folder, 'stderr'), stderr);
    const program = `#!/bin/sh\n/bin/cat '${join(folder, 'stdout')}'\n/bin/cat '${join(folder, 'stderr')}' >&2\nexit ${code}\n`;
    await writeFile(join(folder, 'az'), program, { mode: 0o755 });
    const prompts = { withDeviceCode: async (): Promise<never> => assert.fail('Nobody is asked.') };
    const credential = await identityCredential('azureCli', registration, undefined, prompts);
    return credential.silent({ scopes: ['User.Read'], claims: undefined });
  }

  const refused = async (...said: Parameters<typeof tokenOf>): Promise<string> => {
    const error = await tokenOf(...said).then(
      () => assert.fail('There is no token.'),
      (reason: unknown) => reason,
    );
    return refusalOf(error).message;
  };

  test('hands out the token of whoever is logged in', async () => {
    const found = await tokenOf(json());
    assert.equal(found?.token.token, token);
    assert.equal(found?.account.label, 'ada');
  });

  test('is named where its answer cannot be read, and nothing of the answer is told', async () => {
    for (const stdout of [
      '',
      `WARNING: be careful\n${json()}`,
      `${json()} WARNING`,
      'null',
      '[]',
      '{}',
      json({ accessToken: undefined }),
    ]) {
      assert.equal(await refused(stdout), 'The Azure CLI gave no token. Its answer is missing or cannot be read.', stdout);
    }
  });

  test('is named with what it says itself, whose code is still found', async () => {
    const said = await refused('', { stderr: 'ERROR: AADSTS53003: Blocked.', code: 1 });
    assert.equal(said, 'The Azure CLI gave no token. ERROR: AADSTS53003: Blocked.');
    const login = await refused('', { stderr: "Please run 'az login' to setup account.", code: 1 });
    assert.match(login, /^The Azure CLI gave no token\. Please run 'az login'/);
  });

  test('gives no token that has expired, or is of another tenant', async () => {
    assert.equal(await refused(json({ expires_on: seconds(-1) })), 'The Azure CLI gave a token that has expired.');
    assert.match(await refused(json({ accessToken: makeToken({}) })), /for another tenant/);
  });

  test('is not waited for longer than a minute', async t => {
    const limits: unknown[] = [];
    t.mock.method(AzureCliCredential.prototype, 'getToken', async function getToken(this: object) {
      limits.push(Object.entries(this).find(([name]) => name === 'timeout')?.[1]);
      return { token, expiresOnTimestamp: Date.now() + 60_000 };
    });
    await tokenOf('');
    assert.deepEqual(limits, [60_000]);
  });
});
