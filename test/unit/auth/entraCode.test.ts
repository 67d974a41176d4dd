import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lookUpLink, pageCode } from '../../../src/auth/signInError.ts';

test('a code is found in what people copy from a page', () => {
  const texts = {
    AADSTS50011: 'AADSTS50011',
    '  aadsts65002. ': 'AADSTS65002',
    'Error Code: 53003\nRequest Id: 5f1f7a5a-12345-4d3c-8c1a-123456789abc': 'AADSTS53003',
    "Sorry, but we’re having trouble. AADSTS700016: Application '11111111-2222-3333-4444-555555555555' was not found.": 'AADSTS700016',
    '7000218': 'AADSTS7000218',
    'Timestamp: 2026-01-01T00:00:00Z': undefined,
    '5f1f7a5a-1234-4d3c-8c1a-123456789abc': undefined,
    '': undefined,
  };
  for (const [text, code] of Object.entries(texts)) assert.equal(pageCode(text), code, text);
});

test('the page that explains a code gets its number and nothing else', () => {
  assert.equal(lookUpLink('AADSTS50058'), 'https://login.microsoftonline.com/error?code=50058');
});
