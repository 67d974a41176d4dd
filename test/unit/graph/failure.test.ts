import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { clouds } from '../../../src/graph/clouds.ts';
import { GraphError } from '../../../src/graph/errors.ts';
import { failureError, withoutUserInfo } from '../../../src/graph/failure.ts';
import { trustedUrl } from '../../../src/graph/send.ts';

const letters = fc.string({ unit: fc.constantFrom(...'abcXYZ0189-._~!$&*+%=;,()'), minLength: 3, maxLength: 12 });
const host = fc.constantFrom('graph.microsoft.com', 'proxy.contoso.example:8080', 'evil.example', '[::1]:3128', 'localhost:3128');
const path = fc.constantFrom('', '/', '/beta/x', '/beta/users/ada@contoso.example');
const scheme = fc.constantFrom('https://', 'http://', 'HTTPS://', 'socks5://');

/** A user name and a password that stand nowhere else in a text. */
const user = letters.map(text => `user-${text}`);
const password = letters.map(text => `pass-${text}`);

function errorOf(work: () => unknown): GraphError {
  try {
    work();
  } catch (error) {
    if (error instanceof GraphError) return error;
  }
  return assert.fail('nothing was refused');
}

describe('the user name and password of an address', () => {
  test('are taken out of a text, and host and path stay', () => {
    const address = fc.record({ scheme, user, password, host, path });
    fc.assert(
      fc.property(address, ({ scheme: start, user: name, password: secret, host: where, path: rest }) => {
        const text = `Could not connect to ${start}${name}:${secret}@${where}${rest} in time.`;
        assert.equal(withoutUserInfo(text), `Could not connect to ${start}${where}${rest} in time.`);
        assert.equal(withoutUserInfo(`${start}${name}@${where}`), `${start}${where}`);
      }),
    );
  });

  test('are taken out although they hold what they must not', () => {
    for (const secret of ['pa/ss', 'pa?ss', 'pa#ss', 'p@ss', 'p:a:ss']) {
      assert.equal(withoutUserInfo(`http://ada:${secret}@proxy:8080/x`), 'http://proxy:8080/x');
    }
  });

  test('leave other addresses as they are', () => {
    for (const text of [
      'https://graph.microsoft.com/beta/users/ada@contoso.example',
      'https://localhost:443/beta/users/ada@contoso.example',
      'mail ada@contoso.example, or see https://contoso.example',
    ]) {
      assert.equal(withoutUserInfo(text), text);
    }
  });

  for (const address of [
    'https://ada:hunter2@graph.microsoft.com/beta/x',
    'https://hunter2@evil.example/beta/x',
    'https://ada:hunter2@evil.example',
    '//ada:hunter2@evil.example/beta/x',
    '\\\\ada:hunter2@evil.example/beta/x',
    'http:ada:hunter2@evil.example/beta/x',
    'https://ada:hunter2/3@evil.example/beta/x',
    'mailto:hunter2@evil.example',
  ]) {
    test(`are not in the error that ${address} is refused with`, () => {
      const { kind, message, request } = errorOf(() => trustedUrl(clouds.global, { path: address, scopes: [] }));
      assert.equal(kind, 'untrustedHost');
      assert.doesNotMatch(`${message} ${request.path}`, /hunter2/);
    });
  }

  test('are not in the error of a proxy that cannot be reached', () => {
    const cause = new TypeError('fetch failed', { cause: new Error('Could not connect to http://ada:hunter2@proxy.contoso.example:8080') });
    const { message } = failureError(cause, { method: 'GET', path: '/' }, 'ours');
    assert.equal(message, 'Could not connect to http://proxy.contoso.example:8080');
  });
});
