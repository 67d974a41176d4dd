import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idProblem, parseGuid } from '../../../src/base/guid.ts';

const id = '0a1b2c3d-0000-4000-8000-00000000abcd';

test('a GUID is taken as people paste it', () => {
  for (const text of [id, id.toUpperCase(), `  ${id}\n`, `{${id}}`, ` { ${id} } `]) {
    assert.equal(parseGuid(text), id, text);
    assert.equal(idProblem(text), undefined, text);
  }
});

test('what is no GUID says why', () => {
  const problems = {
    '': 'empty',
    '   ': 'empty',
    'contoso.onmicrosoft.com': 'domain',
    'ada@contoso.com': 'domain',
    common: 'notGuid',
    [`${id}/../organizations`]: 'notGuid',
    [`{${id}`]: 'notGuid',
    '00000000-0000-0000-0000-000000000000': 'notGuid',
  };
  for (const [text, problem] of Object.entries(problems)) {
    assert.equal(idProblem(text), problem, text);
    assert.equal(parseGuid(text), undefined, text);
  }
});
