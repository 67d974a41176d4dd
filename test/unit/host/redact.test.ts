import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
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

  test('is the same when it is done twice', () => {
    for (const [, line] of secrets) assert.equal(redact(redact(line)), redact(line));
  });
});
