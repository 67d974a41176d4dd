import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutProxyUser } from '../../../src/graph/failure.ts';

test('the value of a proxy setting is shown without a user name and password, in whatever form they stand there', () => {
  for (const [value, shown] of [
    ['http://ada:s3cret@proxy.test:8080', 'http://proxy.test:8080'],
    ['ada:s3cret@proxy.test:8080', 'proxy.test:8080'],
    ['http://ada:p@ss/w@rd@proxy.test', 'http://proxy.test'],
    ['ada@proxy.test', 'proxy.test'],
    ['http://proxy.test:8080', 'http://proxy.test:8080'],
    ['localhost,.contoso.test', 'localhost,.contoso.test'],
  ] as const)
    assert.equal(withoutProxyUser(value), shown);
});
