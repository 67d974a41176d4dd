import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { redact } from '../../../src/host/redact.ts';

const body = 'V3JpdGUtT3V0cHV0ICdoaSc=';

const secrets: readonly (readonly [string, string, string])[] = [
  ['a header', 'Authorization: Bearer 0.AXoAopaque-token_1~2', '0.AXoAopaque-token_1~2'],
  ['a JWT', 'got eyJ0eXAiOiJKV1Qi.eyJhdWQiOiJ4.c2ln-_x here', 'eyJ0eXAiOiJKV1Qi'],
  ['a form', 'client_id=1&client_secret=abc~DEF.1&scope=x', 'abc~DEF.1'],
  ['an authorization code', 'GET /redirect?code=0.ABC-def&state=1', '0.ABC-def'],
  ['a refresh token in JSON', '{"refresh_token":"0.AXoAsecret","expires_in":1}', '0.AXoAsecret'],
  ['an access token in JSON, opaque', '{ "access_token" : "EwBopaque" }', 'EwBopaque'],
  ['a client secret in JSON', '{"client_secret":"p4ss\\"w0rd"}', 'w0rd'],
  ['a signed address', 'https://x.blob.core.windows.net/a?sv=1&sig=a%2Fb%3D', 'a%2Fb%3D'],
  ['the content of a script', `{"scriptContent":"${body}","id":"1"}`, body],
  ['the detection of a remediation', `{"detectionScriptContent": "${body}"}`, body],
  ['the remediation', `{"remediationScriptContent":"${body}"}`, body],
  ['content that was cut off', `{"scriptContent":"${body}`, body],
  ['content in JSON in JSON', JSON.stringify(JSON.stringify({ scriptContent: body })), body],
  ['content with quotes in it', JSON.stringify({ scriptContent: 'echo "secret thing"' }), 'secret thing'],
  ['a value in single quotes', "Set-Secret client_secret='abc def'", 'abc def'],
  ['a value in single quotes after a colon', "{ 'client_secret': 'abc~def' }", 'abc~def'],
  ['a header of a secret', 'client-secret: abc~def', 'abc~def'],
  ['a token of an address', 'wss://x.example/hub?id=1&token=opaque-1', 'opaque-1'],
  ['a form in an address', 'u=a%3Faccess_token%3Dopaque-1', 'opaque-1'],
  ['a header in an address', 'https://x.example/?authorization=Bearer%20opaque-1', 'opaque-1'],
  ['a header that is basic', 'Authorization: Basic YWRhOmh1bnRlcjI=', 'YWRhOmh1bnRlcjI'],
  ['a JWT behind letters', 'tokenIseyJhbGciOiJub25lIn0.eyJhdWQiOiJ4In0.c2ln', 'eyJhdWQiOiJ4In0'],
  ['a JWT whose dots are written otherwise', 'x=eyJhbGciOiJub25lIn0%2EeyJhdWQiOiJ4In0%2Ec2ln', 'c2ln'],
  ['an account of a domain', 'CONTOSO\\ada.lovelace was refused', 'ada.lovelace'],
  ['an account of a domain in JSON', JSON.stringify({ user: 'CONTOSO\\ada' }), 'ada'],
  ['the home of a user', 'at C:\\Users\\ada.l\\x.ts and /home/bob/x.ts', 'ada.l'],
  ['a user name', 'ada.lovelace+it@contoso.example signed in', 'ada.lovelace'],
  ['a guest', 'ada_fabrikam.com#EXT#@contoso.onmicrosoft.com', 'ada_fabrikam'],
  ['a user name in an address', 'GET /v1.0/users/ada%40contoso.example', 'ada%40'],
  ['a user name with letters of elsewhere', 'jürgen.größe@contoso.example', 'gen.gr'],
];

describe('redacting', () => {
  for (const [name, line, secret] of secrets) {
    test(name, () => {
      assert.doesNotMatch(redact(line), new RegExp(secret.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
      assert.match(redact(line), /\*\*\*/);
    });
  }

  test('leaves what helps: path, status, ids, and what stands behind a secret', () => {
    const line = 'POST /beta/deviceManagement/deviceHealthScripts/1b2c3d4e-0000-4000-8000-000000000001/assign 403 forbidden request-id=9f';
    assert.equal(redact(line), line);
    assert.match(redact(`{"scriptContent":"${body}","displayName":"Spooler"}`), /"displayName":"Spooler"/);
    assert.match(redact('client_secret=abc&scope=x'), /&scope=x$/);
  });

  test('cuts a long line, but not a name or a secret', () => {
    for (let length = 7_970; length < 8_030; length += 1) {
      const line = `${'x '.repeat(length / 2)}ada.lovelace@contoso.example client_secret=abc~def`;
      assert.doesNotMatch(redact(line), /ada|lovelace|abc|def/);
      assert.ok(redact(line).length < 8_100);
    }
    assert.equal(redact('x'.repeat(9_000)), '…');
  });

  test('takes the password out of the address of a proxy', () => {
    assert.equal(redact('http://ada:hunter2@proxy:8080 failed'), 'http://proxy:8080 failed');
  });

  test('leaves paths, codes of errors and what a regular expression holds', () => {
    for (const line of [
      'Error: ENOENT src\\graph\\client.ts, open C:\\app\\dist\\extension.cjs',
      '\\\\server\\share\\file.txt',
      '{"error":{"code":"BadRequest","message":"No"}}',
      'skip 5, top 10; keyJournal.append failed with the code 403',
    ]) {
      assert.equal(redact(line), line);
    }
  });

  describe('a secret of any look', () => {
    const secret = fc.string({ unit: fc.constantFrom(...'abcXYZ0189-._~'), minLength: 8, maxLength: 60 }).map(text => `s3${text}`);
    const before = fc.constantFrom('', 'GET /x?a=1&', '{"a":1,', 'failed: ', '%22', 'x ', '(');
    const after = fc.constantFrom('', '&b=2', ' and more', ', "b": 2}', ')', '\n');
    const name = fc.constantFrom(
      ...['token', 'access_token', 'id_token', 'refresh_token', 'accessToken', 'client-secret', 'client_secret', 'clientSecret'],
      ...['Client_Secret', 'client_assertion', 'password', 'api-key', 'x-functions-token'],
    );
    const form = fc.constantFrom(
      (key: string, value: string) => `${key}=${value}`,
      (key: string, value: string) => `${key}: ${value}`,
      (key: string, value: string) => `${key}='${value}'`,
      (key: string, value: string) => `${key} = "${value}"`,
      (key: string, value: string) => `"${key}": "${value}"`,
      (key: string, value: string) => `'${key}':'${value}'`,
      (key: string, value: string) => JSON.stringify(JSON.stringify({ [key]: value })),
      (_: string, value: string) => `Bearer ${value}`,
      (_: string, value: string) => `access=bearer%20${value}`,
      (_: string, value: string) => `authorization: ${value}`,
      (_: string, value: string) => `eyJhb.eyJ${value.replace(/[.~]/g, '-')}.${value}`,
    );
    const line = fc.record({ secret, before, after, name, form });

    test('does not reach the log, whatever stands around it', () => {
      fc.assert(
        fc.property(line, parts => {
          const text = `${parts.before}${parts.form(parts.name, parts.secret)}${parts.after}`;
          assert.ok(!redact(text).includes(parts.secret), text);
          assert.equal(redact(redact(text)), redact(text));
        }),
        { numRuns: 1_000 },
      );
    });

    test('and what stands behind it stays', () => {
      for (const text of ["password='a' and more", 'token=a&more=1', '{"client_secret":"a","more":1}', 'client-secret: a\nmore']) {
        assert.match(redact(text), /more/);
      }
    });
  });

  test('is the same when it is done twice', () => {
    for (const [, line] of secrets) assert.equal(redact(redact(line)), redact(line));
  });
});
